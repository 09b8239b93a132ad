import type { LoadFailure, LoadJob } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { saveFile, toCsv } from '../../../app/saveFile.js';
import { ErrorNotice, useErrorSentence } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { failuresUrl, fetchFailures } from './upload.js';

/** More rows than this help nobody on a page; the file has them all. */
const SHOWN = 200;

interface Shown {
  readonly key: string;
  readonly item: LoadFailure;
}

function FailureTable({ failures }: { failures: readonly LoadFailure[] }) {
  const { t, tag } = useLanguage();
  const sentenceOf = useErrorSentence();
  const columns: Column<Shown>[] = [
    {
      name: 'code',
      title: t('loads:failure.code'),
      show: ({ item: { code } }) => (
        <>
          <span className="code">{code}</span>
          <span className="note load__sentence">{sentenceOf(code)}</span>
        </>
      ),
    },
    {
      name: 'file',
      title: t('loads:failure.file'),
      show: ({ item }) => <span className="code load__file">{item.file}</span>,
    },
    {
      name: 'offset',
      title: t('loads:failure.offset'),
      amount: true,
      show: ({ item }) => formatNumber(item.offset, tag),
    },
    { name: 'message', title: t('loads:failure.message'), show: ({ item }) => <span lang="en">{item.message}</span> },
  ];
  return (
    <RecordTable
      caption={t('loads:failure.code')}
      columns={columns}
      rows={withKeys(failures.slice(0, SHOWN), ({ file, offset }) => `${file}|${offset}`)}
      keyOf={({ key }) => key}
      cards
    />
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
