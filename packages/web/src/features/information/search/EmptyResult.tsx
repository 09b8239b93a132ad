import { Link } from '@tanstack/react-router';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { requiredClauses } from './clauses.js';
import { useClauses } from './queries.js';
import type { SearchState } from './state.js';

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
}

/** How many documents each clause finds alone, so that the one that emptied the result shows. */
function ClauseTable({ state }: { state: SearchState }) {
  const { t, tag } = useLanguage();
  const { data } = useClauses(state);
  if (data === undefined || data.clauses.length === 0) return null;
  const clauses = requiredClauses(data.clauses, data.query.ast, state.filters);
  const someEmpty = clauses.some(({ hits }) => hits === 0);
  return (
    <>
      <p>{someEmpty ? t('search:empty.someClause') : t('search:empty.noClause')}</p>
      <ScrollFrame label={t('search:empty.clause')}>
        <table className="clauses">
          <thead>
            <tr>
              <th scope="col">{t('search:empty.clause')}</th>
              <th scope="col" className="amount">
                {t('search:empty.hits')}
              </th>
            </tr>
          </thead>
          <tbody>
            {withKeys(clauses, ({ clause }) => clause).map(({ key, item: { clause, hits } }) => (
              <tr key={key} className={hits === 0 ? 'clauses__empty' : undefined}>
                <td className="code">{clause}</td>
                <td className="amount">{formatNumber(hits, tag)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </>
  );
}

/** The corpus itself is empty: no query can find anything. */
export function EmptyCorpus() {
  const { t } = useLanguage();
  return (
    <p className="empty">
      {t('search:start.empty')} <Link to="/loads">{t('search:start.load')}</Link>
    </p>
  );
}

/** Nothing was found: why, clause by clause, and what to try. */
export function EmptyResult({ state, go }: Props) {
  const { t } = useLanguage();
  return (
    <section className="empty" aria-label={t('search:empty.title')}>
      <h2>{t('search:empty.title')}</h2>
      <ClauseTable state={state} />
      <h3>{t('search:empty.try')}</h3>
      <ul className="empty__tips">
        {state.filters.length > 0 ? (
          <li>
            <button type="button" className="text-button" onClick={() => go({ ...state, filters: [], page: 1 })}>
              {t('search:empty.dropFilters')}
            </button>
          </li>
        ) : null}
        <li>{t('search:empty.fewerWords')}</li>
        <li>{t('search:empty.noField')}</li>
        <li>{t('search:empty.otherLanguage')}</li>
        <li>{t('search:empty.number')}</li>
      </ul>
    </section>
  );
}
