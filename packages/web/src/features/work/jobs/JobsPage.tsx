import type { WorkJob } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatClock, formatNumber, formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { ActionForm } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { ChoiceField } from '../parts/fields.js';
import { RecordTable } from '../parts/RecordTable.js';
import { useTold } from '../parts/useWords.js';
import { useJobs } from '../queries.js';
import { progressOf } from './progress.js';

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

function Progress({ job }: { job: WorkJob }) {
  const { t, tag } = useLanguage();
  const progress = progressOf(job, Date.now());
  if (progress === undefined) return <>–</>;
  const { done, total, rate, left } = progress;
  const shown = total === null ? formatNumber(done, tag) : `${formatNumber(done, tag)} / ${formatNumber(total, tag)}`;
  return (
    <>
      {total === null ? null : <progress value={done} max={Math.max(total, 1)} aria-label={t('desk:job.progress')} />}{' '}
      <span className="figures">{shown}</span>{' '}
      {rate === null ? null : (
        <span className="note">{t('desk:job.rate', { shown: formatNumber(Math.round(rate * 10) / 10, tag) })}</span>
      )}{' '}
      {left === null ? null : <span className="note">{t('desk:job.left', { time: formatClock(left) })}</span>}
    </>
  );
}

function Steer({ job: { id, state, mayManage } }: { job: WorkJob }) {
  const { t } = useLanguage();
  if (!mayManage) return <>–</>;
  return (
    <div className="row">
      {state === 'waiting' || state === 'running' ? (
        <ActionForm quiet label={t('desk:job.stop')} submit={() => sendApi('DELETE', `/jobs/${id}`)} />
      ) : null}
      {state === 'failed' || state === 'cancelled' || state === 'waiting' ? (
        <ActionForm quiet label={t('desk:job.retry')} submit={() => sendApi('POST', `/jobs/${id}/retry`)} />
      ) : null}
    </div>
  );
}

/** Work in the background: how far it is, what went wrong, and stopping or trying it again. */
export function JobsPage() {
  const { t, tag } = useLanguage();
  const told = useTold();
  const nameOf = useOrganizationName();
  const [state, setState] = useState('');
  const jobs = useJobs({ state: state || undefined, limit: 200 });
  usePageTitle(t('desk:job.title'));
  const jobName = (name: string) => told(`desk:jobName.${name.replaceAll('.', '-')}`, name);
  return (
    <>
      <h1>{t('desk:job.title')}</h1>
      <p className="prose">{t('desk:job.lead')}</p>
      <ChoiceField
        name="state"
        label={t('work:case.state')}
        none={t('work:all')}
        value={state}
        onChange={setState}
        choices={STATES.map((value) => ({ value, label: t(`desk:jobState.${value}`) }))}
      />
      <Answered query={jobs}>
        {({ jobs: rows }) => (
          <RecordTable
            caption={t('desk:job.title')}
            rows={rows}
            keyOf={({ id }) => id}
            file="jobs"
            columns={[
              { name: 'name', title: t('desk:job.one'), show: ({ name }) => jobName(name), text: ({ name }) => name },
              {
                name: 'state',
                title: t('work:case.state'),
                show: ({ state: is }) => (
                  <span className={is === 'failed' ? 'tag tag--wrong' : 'tag'}>{t(`desk:jobState.${is}`)}</span>
                ),
                text: ({ state: is }) => t(`desk:jobState.${is}`),
              },
              { name: 'progress', title: t('desk:job.progress'), show: (job) => <Progress job={job} /> },
              {
                name: 'attempts',
                title: t('desk:job.attempts'),
                amount: true,
                show: ({ attempts, mostAttempts }) => `${attempts} / ${mostAttempts}`,
                text: ({ attempts }) => attempts,
              },
              {
                name: 'organization',
                title: t('identity:organization'),
                show: ({ organizationId }) => (organizationId === null ? t('work:program') : nameOf(organizationId)),
                text: ({ organizationId }) => (organizationId === null ? '' : nameOf(organizationId)),
              },
              {
                name: 'due',
                title: t('desk:job.due'),
                show: ({ dueAt }) => formatTime(dueAt, tag),
                text: ({ dueAt }) => dueAt,
              },
              {
                name: 'ended',
                title: t('desk:job.ended'),
                show: ({ endedAt }) => (endedAt === null ? '–' : formatTime(endedAt, tag)),
                text: ({ endedAt }) => endedAt ?? '',
              },
              {
                name: 'error',
                title: t('desk:job.error'),
                show: ({ error }) => (error === null ? '–' : <span lang="en">{error}</span>),
                text: ({ error }) => error ?? '',
              },
              { name: 'steer', title: t('desk:job.steer'), show: (job) => <Steer job={job} /> },
            ]}
          />
        )}
      </Answered>
    </>
  );
}
