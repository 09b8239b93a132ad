import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  /** The last day, or none. */
  due: string | null;
  overdue?: boolean;
}

/** A last day; what is past it says so in words, not by colour alone. */
export function Due({ due, overdue = false }: Props) {
  const { t } = useLanguage();
  if (due === null) return <span className="quiet">–</span>;
  return (
    <span className="figures">
      <time dateTime={due}>{due}</time> {overdue ? <span className="tag tag--wrong">{t('work:overdue')}</span> : null}
    </span>
  );
}
