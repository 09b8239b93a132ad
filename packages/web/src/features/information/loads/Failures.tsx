import type { LoadFailure, LoadJob } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { saveFile, toCsv } from '../../../app/saveFile.js';
import { ErrorNotice, useErrorSentence } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { failuresUrl, fetchFailures } from './upload.js';

/** More rows than this help nobody on a page; the file has them all. */
const SHOWN = 200;

function FailureTable({ failures }: { failures: readonly LoadFailure[] }) {
  const { t, tag } = useLanguage();
  const sentenceOf = useErrorSentence();
  return (
    <ScrollFrame label={t('loads:failure.code')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('loads:failure.code')}</th>
            <th scope="col">{t('loads:failure.file')}</th>
            <th scope="col" className="amount">
              {t('loads:failure.offset')}
            </th>
            <th scope="col">{t('loads:failure.message')}</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(failures.slice(0, SHOWN), ({ file, offset }) => `${file}|${offset}`).map(
            ({ key, item: failure }) => (
              <tr key={key}>
                <td>
                  <span className="code">{failure.code}</span>
                  <span className="note load__sentence">{sentenceOf(failure.code)}</span>
                </td>
                <td className="code">{failure.file}</td>
                <td className="amount">{formatNumber(failure.offset, tag)}</td>
                <td lang="en">{failure.message}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function FailureReport({ job }: { job: LoadJob }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['loads', job.id, 'failures', job.summary.failed],
    queryFn: ({ signal }) => fetchFailures(job.id, signal),
  });
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const { failures } = data;
  const saveCsv = () => {
    const head = [
      t('loads:failure.code'),
      t('loads:failure.file'),
      t('loads:failure.offset'),
      t('loads:failure.message'),
    ];
    const rows = failures.map(({ code, file, offset, message }) => [code, file, offset, message]);
    saveFile(`${job.name}-failures.csv`, toCsv([head, ...rows]), 'text/csv');
  };
  return (
    <>
      <p className="row note">
        <button type="button" className="text-button" onClick={saveCsv}>
          {t('loads:failure.csv')}
        </button>
        <a href={failuresUrl(job.id)} download={`${job.name}-failures.json`}>
          {t('loads:failure.json')}
        </a>
        {failures.length > SHOWN ? <span>{t('loads:failure.first', { shown: SHOWN })}</span> : null}
      </p>
      <FailureTable failures={failures} />
    </>
  );
}

/** The records a load could not take, fetched when the reader opens the report. */
export function Failures({ job }: { job: LoadJob }) {
  const { t, tag } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('loads:failure.title', { failed: formatNumber(job.summary.failed, tag) })}</summary>
      {open ? <FailureReport job={job} /> : null}
    </details>
  );
}
