import type { Batch, Enrolment, IssueReport } from '@quanlian/contract';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { apiUrl } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { ActionForm, numberOrNone, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { Attendance } from './Attendance.js';
import { BulkTable } from './BulkTable.js';
import { Certificates } from './Certificates.js';
import { useTrainingNames } from './names.js';
import { type EnrolmentList, useBatch, useEnrolments } from './queries.js';
import { Trainers } from './Trainers.js';
import { TrainingNav } from './TrainingNav.js';

function ChangeBatch({ batch, onDone }: { batch: Batch; onDone: () => void }) {
  const { t } = useLanguage();
  const change = (data: FormData) =>
    sendApi('PATCH', `/training/batches/${batch.id}`, {
      expectedVersion: batch.version,
      quota: numberOrNone(data, 'quota'),
      place: textOf(data, 'place'),
      enrolUntil: textOf(data, 'enrolUntil'),
      state: textOf(data, 'state'),
      reason: textOrNone(data, 'reason'),
    });
  return (
    <ActionForm label={t('identity:org.change')} submit={change} onDone={onDone}>
      <TextField name="quota" type="number" min={1} label={t('governance:batch.quota')} value={batch.quota} required />
      <TextField name="place" label={t('governance:batch.place')} value={batch.place} />
      <TextField
        name="enrolUntil"
        type="date"
        label={t('governance:batch.enrolUntil')}
        value={batch.enrolUntil}
        required
      />
      <ChoiceField
        name="state"
        label={t('work:case.state')}
        value={batch.state}
        choices={(['open', 'closed', 'cancelled'] as const).map((state) => ({
          value: state,
          label: t(`governance:batchState.${state}`),
        }))}
      />
      <TextField name="reason" label={t('identity:why')} />
    </ActionForm>
  );
}

function Completion({ completion }: Pick<EnrolmentList, 'completion'>) {
  const { t, tag } = useLanguage();
  return (
    <dl className="totals">
      {(['enrolled', 'completed', 'inProgress', 'notStarted', 'withdrawn'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`governance:completion.${name}`)}</dt>
          <dd className="figures">{formatNumber(completion[name], tag)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Withdraw({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useLanguage();
  const withdraw = (data: FormData) =>
    sendApi('POST', `/training/enrolments/${enrolment.id}/withdraw`, { why: textOf(data, 'why') });
  if (enrolment.progress === 'withdrawn') return null;
  return (
    <Fold label={t('governance:withdraw')}>
      {(close) => (
        <ActionForm quiet label={t('governance:withdraw')} submit={withdraw} onDone={close}>
          <TextField name="why" label={t('identity:why')} required />
        </ActionForm>
      )}
    </Fold>
  );
}

function Enrolments({ list, mayEnrol }: { list: EnrolmentList; mayEnrol: boolean }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  return (
    <>
      <Completion completion={list.completion} />
      <RecordTable
        caption={t('governance:enrolments')}
        rows={list.enrolments}
        keyOf={({ id }) => id}
        columns={[
          { name: 'code', title: t('governance:people.code'), show: ({ learner }) => <code>{learner.code}</code> },
          { name: 'name', title: t('identity:name'), show: ({ learner }) => learner.name },
          {
            name: 'organization',
            title: t('identity:organization'),
            show: ({ organizationId }) => nameOf(organizationId),
          },
          {
            name: 'progress',
            title: t('governance:progressName'),
            show: ({ progress }) => t(`governance:progress.${progress}`),
          },
          {
            name: 'attended',
            title: t('governance:attended'),
            amount: true,
            show: ({ attended, sessions }) => `${attended} / ${sessions}`,
          },
          {
            name: 'test',
            title: t('governance:test.best'),
            amount: true,
            show: ({ bestPercent }) => (bestPercent === null ? '–' : `${bestPercent} %`),
          },
          {
            name: 'certificate',
            title: t('governance:certificate.number'),
            show: ({ certificate }) => certificate ?? '–',
          },
          ...(mayEnrol
            ? [
                {
                  name: 'withdraw',
                  title: t('governance:withdraw'),
                  show: (enrolment: Enrolment) => <Withdraw enrolment={enrolment} />,
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function Issue({ batch }: { batch: Batch }) {
  const { t, tag } = useLanguage();
  const [report, setReport] = useState<IssueReport>();
  const issue = async () => setReport(await sendApi<IssueReport>('POST', `/training/batches/${batch.id}/certificates`));
  return (
    <>
      <ActionForm label={t('governance:certificate.issue')} submit={issue} />
      {report === undefined ? null : (
        <p className="row" role="status">
          {Object.entries(report.counts).map(([result, count]) => (
            <span key={result} className="tag figures">
              {t(`governance:issue.${result as IssueReport['people'][number]['result']}`)} {formatNumber(count, tag)}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function BatchView({ batch }: { batch: Batch }) {
  const { t, language, tag } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  const { tierName, audienceName } = useTrainingNames();
  const enrolments = useEnrolments(batch.id);
  const may = (action: Batch['actions'][number]) => batch.actions.includes(action);
  usePageTitle(words(batch.title));
  return (
    <>
      <h1>
        {batch.code} {words(batch.title)}
      </h1>
      <Facts
        facts={[
          [t('governance:batch.giver'), nameOf(batch.organizationId)],
          [t('governance:audienceName'), `${tierName(batch.tier)} · ${audienceName(batch.audience)}`],
          [t('governance:batch.mode'), t(`governance:batchMode.${batch.mode}`)],
          [t('governance:batch.place'), batch.place || '–'],
          [t('governance:batch.days'), `${batch.startsOn} – ${batch.endsOn}`],
          [t('governance:batch.enrolUntil'), batch.enrolUntil],
          [t('governance:batch.seats'), `${formatNumber(batch.taken, tag)} / ${formatNumber(batch.quota, tag)}`],
          [t('work:case.state'), t(`governance:batchState.${batch.state}`)],
        ]}
      />
      {may('manage') ? (
        <Fold label={t('identity:org.change')}>{(close) => <ChangeBatch batch={batch} onDone={close} />}</Fold>
      ) : null}
      <Section title={t('governance:enrolments')}>
        <p>
          <a
            href={apiUrl(`/training/batches/${batch.id}/enrolments/export`, { format: 'xlsx', lang: language })}
            download
          >
            {t('governance:export')}
          </a>
        </p>
        <Answered query={enrolments}>{(list) => <Enrolments list={list} mayEnrol={may('enrol')} />}</Answered>
        {may('enrol') ? (
          <Fold label={t('governance:enrol.title')}>
            {() => (
              <BulkTable
                label={t('governance:enrol.title')}
                path={`/training/batches/${batch.id}/enrolments`}
                note={t('governance:enrol.note')}
              />
            )}
          </Fold>
        ) : null}
      </Section>
      {may('manage') ? (
        <Section title={t('governance:trainer.title')}>
          <Trainers batch={batch} />
        </Section>
      ) : null}
      <Section title={t('governance:batch.sessions')}>
        <Attendance batch={batch} enrolments={enrolments.data?.enrolments ?? []} mayMark={may('manage')} />
      </Section>
      <Section title={t('governance:certificate.many')}>
        {may('issue') ? <Issue batch={batch} /> : null}
        <Certificates filter={{ batchId: batch.id }} mayRevoke={may('issue')} />
      </Section>
    </>
  );
}

/** One batch: who takes part, who was there, how far they are, who is certified. */
export function BatchPage() {
  const { id } = useParams({ from: '/governance/training/batches/$id' });
  return (
    <>
      <TrainingNav />
      <Answered query={useBatch(id)}>{(batch) => <BatchView key={id} batch={batch} />}</Answered>
    </>
  );
}
