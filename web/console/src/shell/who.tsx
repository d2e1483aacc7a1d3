import { credential, signOut } from '../api/credential.js';
import { forget } from '../live/watch.js';
import { you } from '../live/state.js';
import { t } from '../text/index.js';

export const Who = () => {
  const who = you.value;
  if (who === null) return <div class="who" />;
  const leave = (): void => {
    signOut();
    forget();
  };
  return (
    <div class="who">
      <strong>{who.name ?? t('app.local')}</strong>
      <span class="soft" data-role={who.role}>
        {t(`app.role.${who.role}`)}
      </span>
      {credential() !== '' && (
        <button class="quiet" type="button" onClick={leave}>
          {t('app.signOut')}
        </button>
      )}
    </div>
  );
};
