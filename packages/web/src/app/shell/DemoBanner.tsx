import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import { useCorpus } from '../api/queries.js';

/** Says on every page that the corpus holds generated documents, while it does. */
export function DemoBanner() {
  const { t } = useLanguage();
  const { data } = useCorpus();
  if (data?.demo !== true) return null;
  return (
    <aside className="demo-banner" aria-label={t('common:demo')}>
      <p className="page">
        {t('common:demoBanner')} <Link to="/demo-city">{t('common:demoBannerLink')}</Link>
      </p>
    </aside>
  );
}
