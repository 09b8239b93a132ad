import { useLanguage } from '../../i18n/useLanguage.js';

/** Shown while an answer is on its way. */
export function Waiting() {
  const { t } = useLanguage();
  return (
    <p className="waiting" role="status">
      {t('common:waiting')}
    </p>
  );
}
