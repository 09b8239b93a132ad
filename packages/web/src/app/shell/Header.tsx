import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import { ChainNav } from './ChainNav.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { WhoIsThere, WorkNav } from './WorkNav.js';

export function Header() {
  const { t } = useLanguage();
  return (
    <header className="head">
      <div className="page">
        <div className="head__row">
          <Link className="brand" to="/">
            <svg viewBox="0 0 32 18" aria-hidden="true">
              <rect x="2" y="3" width="16" height="12" rx="6" />
              <rect x="14" y="3" width="16" height="12" rx="6" />
            </svg>
            全链 <small>Quanlian</small>
          </Link>
          <nav aria-label={t('common:nav.pages')}>
            <ul className="head__pages">
              <li>
                <Link to="/search">{t('common:nav.search')}</Link>
              </li>
              <li>
                <Link to="/query">{t('common:nav.query')}</Link>
              </li>
              <li>
                <Link to="/numbers">{t('common:nav.numbers')}</Link>
              </li>
              <li>
                <Link to="/loads">{t('common:nav.loads')}</Link>
              </li>
              <li>
                <Link to="/classes">{t('common:nav.classes')}</Link>
              </li>
              <li>
                <Link to="/names">{t('common:nav.names')}</Link>
              </li>
              <li>
                <Link to="/coverage">{t('common:nav.coverage')}</Link>
              </li>
              <li>
                <Link to="/demo-city">{t('common:nav.demoCity')}</Link>
              </li>
            </ul>
          </nav>
          <div className="head__who row">
            <WhoIsThere />
            <LanguageSwitch />
          </div>
        </div>
        <WorkNav />
        <ChainNav />
      </div>
    </header>
  );
}
