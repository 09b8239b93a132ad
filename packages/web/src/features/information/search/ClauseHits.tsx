import { useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useClauses } from './queries.js';
import type { SearchState } from './state.js';

function ClauseList({ state }: { state: SearchState }) {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useClauses(state);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  return (
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
          {withKeys(data.clauses, ({ clause }) => clause).map(({ key, item: { clause, hits } }) => (
            <tr key={key} className={hits === 0 ? 'clauses__empty' : undefined}>
              <td className="code">{clause}</td>
              <td className="amount">{formatNumber(hits, tag)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** How many documents every part of the query finds on its own, counted when the reader asks. */
export function ClauseHits({ state }: { state: SearchState }) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="note" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('answers:clauses')}</summary>
      {isOpen ? <ClauseList state={state} /> : null}
    </details>
  );
}
