import type { ReplayReport } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber, formatTime } from '../../../app/format.js';
import { saveFile } from '../../../app/saveFile.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { fetchPdf, replay } from './queries.js';

/** Documents shown of one kind of change; the report as PDF and the command show more. */
const MOST_SHOWN = 200;

function Changes({ title, ids, gone = [] }: { title: string; ids: readonly string[]; gone?: readonly string[] }) {
  const { t, tag } = useLanguage();
  return (
    <div>
      <h3>
        {title}: {formatNumber(ids.length, tag)}
      </h3>
      <ul className="plain-list row code">
        {ids.slice(0, MOST_SHOWN).map((id) => (
          <li key={id}>
            {gone.includes(id) ? (
              <span title={t('query:replay.gone')}>{id}</span>
            ) : (
              <Link to="/publications/$id" params={{ id }}>
                {id}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Report({ report }: { report: ReplayReport }) {
  const { t, tag } = useLanguage();
  const { recorded, now, added, removed, changed } = report;
  return (
    <div role="status">
      <p>
        <span className="code">{report.query.input}</span>
      </p>
      <p>
        {t('query:replay.then', {
          total: formatNumber(recorded.total, tag),
          at: formatTime(recorded.at, tag),
          sequence: recorded.sequence,
        })}{' '}
        {t('query:replay.now', { total: formatNumber(now.total, tag), sequence: now.sequence })}
      </p>
      <p>
        <strong>{report.sameDocuments ? t('query:replay.same') : t('query:replay.different')}</strong>{' '}
        {report.sameOrder ? t('query:replay.sameOrder') : t('query:replay.otherOrder')}
      </p>
      {report.listed ? (
        <>
          <Changes title={t('query:replay.added')} ids={added} />
          <Changes
            title={t('query:replay.removed')}
            ids={removed.map(({ id }) => id)}
            gone={removed.filter(({ inCorpus }) => !inCorpus).map(({ id }) => id)}
          />
          <Changes title={t('query:replay.changed')} ids={changed} />
        </>
      ) : (
        <p>{t('query:replay.unlisted')}</p>
      )}
      <p className="note">{t('query:replay.key', { key: report.keyId })}</p>
    </div>
  );
}

/** Takes a record's file, checks it, repeats its search and shows what is different now. */
export function ReplayPanel() {
  const { t, language } = useLanguage();
  const id = useId();
  const [outcome, setOutcome] = useState<{ report: ReplayReport; record: unknown }>();
  const [error, setError] = useState<unknown>();
  const guarded = async (work: () => Promise<void>) => {
    setError(undefined);
    await work().catch(setError);
  };
  const take = (file: File) =>
    guarded(async () => {
      setOutcome(undefined);
      let record: unknown;
      try {
        record = JSON.parse(await file.text());
      } catch {
        throw new Error(t('query:replay.noRecord'));
      }
      setOutcome({ record, report: await replay(record) });
    });
  const print = (record: unknown) =>
    guarded(async () => {
      saveFile('quanlian-replay.pdf', await fetchPdf('/records/replay/pdf', record, language), 'application/pdf');
    });
  return (
    <div className="query-replay">
      <p className="row">
        <label htmlFor={id}>{t('query:replay.file')}</label>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void take(file);
          }}
        />
      </p>
      {error === undefined ? null : <ErrorNotice error={error} />}
      {outcome === undefined ? null : (
        <>
          <Report report={outcome.report} />
          <button type="button" className="button button--small" onClick={() => void print(outcome.record)}>
            {t('query:replay.pdf')}
          </button>
        </>
      )}
    </div>
  );
}
