import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLanguage } from '../../i18n/useLanguage.js';
import { DamageBanner } from './DamageBanner.js';
import { DemoBanner } from './DemoBanner.js';
import { Header } from './Header.js';
import './shell.css';

/** Moves the focus to a page that was reached by a link, as a browser does for pages it loads. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

/** What every page stands in: skip link, header, the label of generated data, the page itself, footer. */
export function Shell() {
  const { t } = useLanguage();
  const main = useFocusOnNewPage();
  return (
    <>
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <Header />
      <DemoBanner />
      <DamageBanner />
      <main id="main" ref={main} className="page" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="foot">
        <p className="page">
          {t('common:footer')} <a href="/api">{t('common:apiDocs')}</a>
        </p>
      </footer>
    </>
  );
}
