import type { LoadJob } from '@quanlian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatBytes, formatClock, formatNumber, formatTime } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Failures } from './Failures.js';
import { JobError } from './JobError.js';
import { UnknownElements } from './UnknownElements.js';
import { stopLoad } from './upload.js';

const COUNTS = ['read', 'added', 'merged', 'unchanged', 'stale', 'failed'] as const;

/** How far a running load is, how fast, how long still, and the button that stops it. */
function Progress({ job }: { job: LoadJob }) {
  const { t, tag } = useLanguage();
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopLoad(job.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['loads'] }),
  });
  const facts = [
    job.bytesTotal === null
      ? formatBytes(job.bytesDone, tag)
      : `${formatBytes(job.bytesDone, tag)} / ${formatBytes(job.bytesTotal, tag)}`,
    job.recordsPerSecond === null
      ? undefined
      : t('loads:rate', { records: formatNumber(Math.round(job.recordsPerSecond), tag) }),
    job.secondsLeft === null ? t('loads:leftUnknown') : t('loads:left', { time: formatClock(job.secondsLeft) }),
  ];
  return (
    <>
      <div className="row">
        <progress
          aria-label={t('loads:progress', { name: job.name })}
          {...(job.bytesTotal === null ? {} : { max: Math.max(1, job.bytesTotal), value: job.bytesDone })}
        />
        {job.state === 'running' ? (
          <span className="note figures">{facts.filter((fact) => fact !== undefined).join(' · ')}</span>
        ) : null}
        <button type="button" className="button button--small" disabled={stop.isPending} onClick={() => stop.mutate()}>
          {t('loads:stop')}
        </button>
      </div>
      {stop.error === null ? null : <ErrorNotice error={stop.error} />}
    </>
  );
}

function Counts({ job }: { job: LoadJob }) {
  const { t, tag } = useLanguage();
  return (
    <dl className="counts">
      {COUNTS.map((name) => (
        <div key={name} className={name === 'failed' && job.summary.failed > 0 ? 'counts__wrong' : undefined}>
          <dt title={t(`loads:countAbout.${name}`)}>{t(`loads:count.${name}`)}</dt>
          <dd className="figures">{formatNumber(job.summary[name], tag)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One load: where it came from, how it stands, what it did, and what it could not take. */
export function LoadItem({ job }: { job: LoadJob }) {
  const { t, tag } = useLanguage();
  const isOpen = job.state === 'running' || job.state === 'waiting';
  return (
    <li className="load">
      <h3 className="load__name">{job.name}</h3>
      <p className="note">
        <span className={`load__state load__state--${job.state}`}>{t(`loads:state.${job.state}`)}</span>
        {' · '}
        {t(`loads:origin.${job.origin}`)}
        {' · '}
        <span className="figures">{formatTime(job.startedAt, tag)}</span>
        {job.sequence === null ? null : ` · ${t('loads:sequence', { sequence: formatNumber(job.sequence, tag) })}`}
      </p>
      {isOpen ? <Progress job={job} /> : null}
      <Counts job={job} />
      {job.error === null ? null : <JobError error={job.error} />}
      {job.summary.failed > 0 ? <Failures job={job} /> : null}
      <UnknownElements elements={job.summary.unknownElements} />
    </li>
  );
}
