import { useLanguage } from '../../i18n/useLanguage.js';
import { useCorpus } from '../api/queries.js';

/** Says on every page that a file of the corpus is damaged, so that what is missing is not taken for not there. */
export function DamageBanner() {
  const { t } = useLanguage();
  const { data } = useCorpus();
  const damaged = data?.damaged ?? [];
  if (damaged.length === 0) return null;
  return (
    <aside className="page" aria-label={t('answers:damage.label')}>
      <p className="notice notice--wrong" role="alert">
        {t('answers:damage.text', { files: damaged.join(t('common:listSeparator')) })}
      </p>
    </aside>
  );
}
