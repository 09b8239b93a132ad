import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../app/api/client.js';
import { formatNumber } from '../../../app/format.js';
import { saveFile } from '../../../app/saveFile.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { HitList } from '../search/HitList.js';
import { QueryFaults } from '../search/QueryFaults.js';
import { fetchPdf, fetchRecord, hitsOptions, PAGE_HITS } from './queries.js';
import type { Asked } from './sets.js';

/** Makes the signed record of the search and hands it out as JSON or PDF. */
function RecordTools({ asked }: { asked: Asked }) {
  const { t, language } = useLanguage();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const give = async (format: 'json' | 'pdf') => {
    setBusy(true);
    setError(undefined);
    try {
      const record = await fetchRecord(asked);
      const name = `quanlian-search-${record.signed.made.slice(0, 10)}-${record.signed.corpus.sequence}`;
      if (format === 'json') saveFile(`${name}.json`, JSON.stringify(record), 'application/json');
      else saveFile(`${name}.pdf`, await fetchPdf('/records/pdf', record, language), 'application/pdf');
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <div className="query-page__record">
      <div className="row note">
        <span>{t('query:record.label')}</span>
        <button type="button" className="text-button" disabled={busy} onClick={() => void give('json')}>
          {t('query:record.json')}
        </button>
        <button type="button" className="text-button" disabled={busy} onClick={() => void give('pdf')}>
          {t('query:record.pdf')}
        </button>
      </div>
      {error === undefined ? null : <ErrorNotice error={error} />}
    </div>
  );
}

interface Props {
  asked: Asked;
  page: number;
  onPage: (page: number) => void;
}

/** What a query that was run finds, page by page. */
export function Found({ asked, page, onPage }: Props) {
  const { t, tag } = useLanguage();
  const { data, error, refetch, isPlaceholderData } = useQuery(hitsOptions(asked, page));
  if (error instanceof ApiError && error.queryErrors.length > 0) {
    return <QueryFaults query={asked.text} faults={error.queryErrors} />;
  }
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const pages = Math.max(1, Math.ceil(data.total / PAGE_HITS));
  return (
    <section aria-label={t('search:hits')} className="query-page__found">
      <h2>{t('search:total', { count: data.total, total: formatNumber(data.total, tag) })}</h2>
      <p className="code quiet">{asked.text}</p>
      <RecordTools asked={asked} />
      <HitList hits={data.hits} busy={isPlaceholderData} start={(page - 1) * PAGE_HITS + 1} />
      {pages > 1 ? (
        <nav className="row pager" aria-label={t('search:pager.label')}>
          <button type="button" className="button" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t('search:pager.previous')}
          </button>
          <span className="figures">
            {formatNumber(page, tag)} / {formatNumber(pages, tag)}
          </span>
          <button type="button" className="button" disabled={page >= pages} onClick={() => onPage(page + 1)}>
            {t('search:pager.next')}
          </button>
        </nav>
      ) : null}
    </section>
  );
}
