import type { ExplainedClause, Explanation } from '@quanlian/contract';
import { formatNumber } from '../../../app/format.js';
import { fieldName } from '../../../app/names.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

function depthOf(clauses: readonly ExplainedClause[], { parent }: ExplainedClause): number {
  const above = parent === null ? undefined : clauses[parent];
  return above ? depthOf(clauses, above) + 1 : 0;
}

function FieldCounts({ fields }: Pick<ExplainedClause, 'fields'>) {
  const { t, tag } = useLanguage();
  const found = fields.filter(({ hits }) => hits > 0);
  if (found.length === 0) return null;
  return (
    <p className="note">
      {found
        .map(({ field, hits }) => `${fieldName(field, t)} ${formatNumber(hits, tag)}`)
        .join(t('common:listSeparator'))}
    </p>
  );
}

function ClauseRow({ clause, depth }: { clause: ExplainedClause; depth: number }) {
  const { t, tag } = useLanguage();
  return (
    <tr className={clause.hits === 0 && clause.role === 'required' ? 'clauses__empty' : undefined}>
      <td>
        <div className={`clause clause--${Math.min(depth, 6)}`}>
          <span className="code">{clause.text === '' ? '*' : clause.text}</span>
          <FieldCounts fields={clause.fields} />
        </div>
      </td>
      <td className="note">{t(`query:role.${clause.role}`)}</td>
      <td className="amount">{formatNumber(clause.hits, tag)}</td>
    </tr>
  );
}

interface Props {
  explanation: Explanation | undefined;
  error: Error | null;
  /** True while newer counts are on their way. */
  busy: boolean;
}

/** How many documents each clause finds by itself, while the query is typed. */
export function ClauseCounts({ explanation, error, busy }: Props) {
  const { t, tag } = useLanguage();
  if (error !== null) return <ErrorNotice error={error} />;
  if (explanation === undefined) return null;
  const { clauses, total } = explanation;
  return (
    <section className="query-page__counts" aria-label={t('query:counts.title')} aria-busy={busy}>
      <p role="status" className="results__total">
        <strong className="figures">
          {t('query:counts.total', { count: total, total: formatNumber(total, tag) })}
        </strong>
      </p>
      <ScrollFrame label={t('query:counts.title')}>
        <table className="clauses">
          <thead>
            <tr>
              <th scope="col">{t('query:counts.clause')}</th>
              <th scope="col">{t('query:counts.role')}</th>
              <th scope="col" className="amount">
                {t('query:counts.hits')}
              </th>
            </tr>
          </thead>
          <tbody>
            {clauses.map((clause) => (
              <ClauseRow key={clause.index} clause={clause} depth={depthOf(clauses, clause)} />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
