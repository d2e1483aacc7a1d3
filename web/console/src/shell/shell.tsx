import { useEffect, useRef } from 'preact/hooks';
import { ActionDialog } from '../actions/action-dialog.js';
import { Said } from '../actions/said.js';
import { Logo, PageIcon } from '../parts/icons.js';
import { linkTo, pages, place } from '../route.js';
import { t } from '../text/index.js';
import { LiveState } from './live-state.js';
import { CurrentPage } from './page.js';
import { Preferences } from './preferences.js';
import { Who } from './who.js';

const PageLinks = () => (
  <nav aria-label={t('app.menu')}>
    {pages.map((page) => (
      <a key={page} href={linkTo(page)} aria-current={place.value.page === page ? 'page' : undefined}>
        <PageIcon page={page} />
        <span>{t(`page.${page}`)}</span>
      </a>
    ))}
  </nav>
);

/** The frame of every page: where one is, whether it is live, who one is. */
export const Shell = () => {
  const main = useRef<HTMLElement>(null);
  const { page } = place.value;
  useEffect(() => {
    document.title = `${t(`page.${page}`)} · Doorbuster`;
    scrollTo(0, 0);
  }, [page]);
  const skip = (event: Event): void => {
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skip}>
        {t('app.skip')}
      </a>
      <header class="side">
        <div class="brand">
          <Logo />
          <span>Doorbuster</span>
          <LiveState />
        </div>
        <PageLinks />
        <div class="foot">
          <Who />
          <Preferences />
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <CurrentPage />
      </main>
      <ActionDialog />
      <Said />
    </div>
  );
};
