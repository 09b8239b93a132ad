import { Outlet } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import { DemoBanner } from './DemoBanner.js';
import { Header } from './Header.js';
import './shell.css';

/** What every page stands in: skip link, header, the label of generated data, the page itself, footer. */
export function Shell() {
  const { t } = useLanguage();
  return (
    <>
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <Header />
      <DemoBanner />
      <main id="main" className="page" tabIndex={-1}>
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
