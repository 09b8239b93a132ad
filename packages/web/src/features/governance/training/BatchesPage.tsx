import type { Batch, Curriculum } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay, useSession } from '../../identity/session.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { CheckField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Turning } from '../../work/parts/Turning.js';
import { useWords } from '../../work/parts/useWords.js';
import { useTrainingNames } from './names.js';
import { useBatches, useCurricula } from './queries.js';
import { readSessions } from './sessions.js';
import { TrainingNav } from './TrainingNav.js';

const SIZE = 50;

function NewBatch({ curricula }: { curricula: readonly Curriculum[] }) {
  const { t } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const session = useSession();
  const nameOf = useOrganizationName();
  if (session.state !== 'signed-in') return null;
  const organizations = [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))];
  const versions = curricula.flatMap(({ code, title, retiredAt, versions: published }) => {
    const newest = published[0];
    return newest === undefined || retiredAt !== null
      ? []
      : [{ value: newest.id, label: `${code} ${words(title)} (${newest.version})` }];
  });
  const make = async (data: FormData) => {
    const batch = await sendApi<Batch>('POST', '/training/batches', {
      organizationId: textOf(data, 'organization'),
      versionId: textOf(data, 'version'),
      code: textOf(data, 'code'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      mode: textOf(data, 'mode'),
      place: textOf(data, 'place'),
      quota: numberOrNone(data, 'quota'),
      startsOn: textOf(data, 'startsOn'),
      endsOn: textOf(data, 'endsOn'),
      enrolUntil: textOf(data, 'enrolUntil'),
      isPublic: data.has('isPublic'),
      sessions: readSessions(textOf(data, 'sessions')),
    });
    await navigate({ to: '/governance/training/batches/$id', params: { id: batch.id } });
  };
  return (
    <ActionForm label={t('governance:batch.make')} submit={make}>
      <ChoiceField
        name="organization"
        label={t('governance:batch.giver')}
        choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <ChoiceField name="version" label={t('governance:course.one')} choices={versions} required />
      <TextField name="code" label={t('governance:people.code')} required />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <ChoiceField
        name="mode"
        label={t('governance:batch.mode')}
        choices={(['venue', 'online', 'mixed'] as const).map((mode) => ({
          value: mode,
          label: t(`governance:batchMode.${mode}`),
        }))}
      />
      <TextField name="place" label={t('governance:batch.place')} />
      <TextField name="quota" type="number" min={1} label={t('governance:batch.quota')} required />
      <TextField name="startsOn" type="date" label={t('identity:from')} required />
      <TextField name="endsOn" type="date" label={t('identity:until')} required />
      <TextField name="enrolUntil" type="date" label={t('governance:batch.enrolUntil')} required />
      <CheckField name="isPublic" label={t('governance:batch.public')} checked />
      <LongField
        name="sessions"
        label={t('governance:batch.sessions')}
        note={t('governance:batch.sessionsNote')}
        required
      />
    </ActionForm>
  );
}

/** Batches of courses, newest first. */
export function BatchesPage() {
  const { t, tag } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  const { tierName, audienceName } = useTrainingNames();
  const [offset, setOffset] = useState(0);
  const [state, setState] = useState('');
  const batches = useBatches({ limit: SIZE, offset, state: state || undefined });
  const curricula = useCurricula().data?.curricula ?? [];
  usePageTitle(t('governance:training.batches'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.batches')}</h1>
      <ChoiceField
        name="state"
        label={t('work:case.state')}
        none={t('work:all')}
        value={state}
        onChange={(next) => {
          setState(next);
          setOffset(0);
        }}
        choices={(['open', 'closed', 'cancelled'] as const).map((one) => ({
          value: one,
          label: t(`governance:batchState.${one}`),
        }))}
      />
      <Answered query={batches}>
        {({ total, batches: rows }) => (
          <>
            <Turning total={total} offset={offset} size={SIZE} onTurn={setOffset} />
            <RecordTable
              caption={t('governance:training.batches')}
              rows={rows}
              keyOf={({ id }) => id}
              file="training-batches"
              columns={[
                {
                  name: 'title',
                  title: t('governance:batch.one'),
                  show: ({ id, code, title }) => (
                    <Link to="/governance/training/batches/$id" params={{ id }}>
                      {code} {words(title)}
                    </Link>
                  ),
                  text: ({ code, title }) => `${code} ${words(title)}`,
                },
                {
                  name: 'giver',
                  title: t('governance:batch.giver'),
                  show: ({ organizationId }) => nameOf(organizationId),
                  text: ({ organizationId }) => nameOf(organizationId),
                },
                {
                  name: 'for',
                  title: t('governance:audienceName'),
                  show: ({ tier, audience }) => `${tierName(tier)} · ${audienceName(audience)}`,
                  text: ({ tier, audience }) => `${tierName(tier)} · ${audienceName(audience)}`,
                },
                {
                  name: 'days',
                  title: t('governance:batch.days'),
                  show: ({ startsOn, endsOn }) => `${startsOn} – ${endsOn}`,
                  text: ({ startsOn, endsOn }) => `${startsOn} – ${endsOn}`,
                },
                {
                  name: 'seats',
                  title: t('governance:batch.seats'),
                  amount: true,
                  show: ({ taken, quota }) => `${formatNumber(taken, tag)} / ${formatNumber(quota, tag)}`,
                  text: ({ taken, quota }) => `${taken}/${quota}`,
                },
                {
                  name: 'state',
                  title: t('work:case.state'),
                  show: (batch) => t(`governance:batchState.${batch.state}`),
                  text: (batch) => t(`governance:batchState.${batch.state}`),
                },
              ]}
            />
          </>
        )}
      </Answered>
      {may('training.manage') ? (
        <Fold label={t('governance:batch.make')}>{() => <NewBatch curricula={curricula} />}</Fold>
      ) : null}
    </>
  );
}
