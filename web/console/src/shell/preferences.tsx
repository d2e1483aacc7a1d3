import { MoonIcon, SunIcon } from '../parts/icons.js';
import { language, speak, t } from '../text/index.js';
import { changeTheme, theme } from '../theme.js';

export const Preferences = () => (
  <div class="preferences">
    <button
      class="quiet"
      type="button"
      lang={language.value === 'en' ? 'ko' : 'en'}
      onClick={() => speak(language.value === 'en' ? 'ko' : 'en')}
    >
      {t('app.language')}
    </button>
    <button
      class="quiet icon"
      type="button"
      aria-label={t(theme.value === 'dark' ? 'app.theme.light' : 'app.theme.dark')}
      onClick={changeTheme}
    >
      {theme.value === 'dark' ? <SunIcon /> : <MoonIcon />}
    </button>
  </div>
);
