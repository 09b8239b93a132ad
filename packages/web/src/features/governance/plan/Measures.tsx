import type { CasePage, PlanMeasure, PlanPage } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMembers, useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { ActionForm, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { Fold } from '../../work/parts/Fold.js';
import { CheckField, ChecksField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';

const STATES = ['planned', 'running', 'done', 'dropped'] as const;

function NewMeasure({ page, onDone }: { page: PlanPage; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const add = (data: FormData) =>
    sendApi('POST', `/plans/${page.plan.id}/measures`, {
      organizationId: textOf(data, 'organization'),
      objectiveId: textOrNone(data, 'objective'),
      indicatorId: textOrNone(data, 'indicator'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      fromDate: textOf(data, 'from'),
      toDate: textOf(data, 'to'),
    });
  return (
    <ActionForm label={t('governance:measure.add')} submit={add} onDone={onDone}>
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <ChoiceField
        name="organization"
        label={t('governance:measure.unit')}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <ChoiceField
        name="objective"
        label={t('governance:plan.objective')}
        none="–"
        choices={page.objectives.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      <ChoiceField
        name="indicator"
        label={t('governance:indicator.one')}
        none="–"
        choices={page.indicators.map(({ id, code }) => ({ value: id, label: code }))}
      />
      <TextField name="from" type="date" label={t('identity:from')} required />
      <TextField name="to" type="date" label={t('identity:until')} required />
    </ActionForm>
  );
}

/** Gives out a task of a measure; from then on it is a case. */
function NewTask({ measure }: { measure: PlanMeasure }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const people = useMembers(measure.organizationId).data?.members ?? [];
  const names = new Map(people.map(({ personId, name }) => [personId, name]));
  const give = async (data: FormData) => {
    const handlers = data.getAll('handlers').map(String);
    const page = await sendApi<CasePage>('POST', '/plan-tasks', {
      measureId: measure.id,
      organizationId: measure.organizationId,
      title: textOf(data, 'title'),
      deliverable: textOf(data, 'deliverable'),
      dueOn: textOf(data, 'due'),
      ...(handlers.length === 0 ? {} : { handlers }),
      dispatch: data.has('dispatch'),
    });
    await navigate({ to: '/cases/$id', params: { id: page.case.id } });
  };
  return (
    <ActionForm label={t('governance:measure.giveTask')} submit={give}>
      <TextField name="title" label={t('work:case.name')} required />
      <LongField name="deliverable" label={t('governance:measure.deliverable')} rows={2} required />
      <TextField name="due" type="date" label={t('work:due')} required />
      {names.size === 0 ? null : (
        <ChecksField
          name="handlers"
          legend={t('work:relation.handler')}
          choices={[...names].map(([value, label]) => ({ value, label }))}
        />
      )}
      <CheckField name="dispatch" label={t('governance:measure.dispatch')} checked />
    </ActionForm>
  );
}

function MeasureState({ measure, onDone }: { measure: PlanMeasure; onDone: () => void }) {
  const { t } = useLanguage();
  const set = (data: FormData) =>
    sendApi('PUT', `/measures/${measure.id}/state`, {
      state: textOf(data, 'state'),
      expectedVersion: measure.version,
    });
  return (
    <ActionForm quiet label={t('identity:org.change')} submit={set} onDone={onDone}>
      <ChoiceField
        name="state"
        label={t('work:case.state')}
        value={measure.state}
        choices={STATES.map((state) => ({ value: state, label: t(`governance:measureState.${state}`) }))}
      />
    </ActionForm>
  );
}

/** The measures of a plan, each with its tasks. */
export function Measures({ page }: { page: PlanPage }) {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  return (
    <>
      <RecordTable
        caption={t('governance:measure.title')}
        rows={page.measures}
        keyOf={({ id }) => id}
        file="measures"
        columns={[
          {
            name: 'title',
            title: t('governance:measure.one'),
            show: ({ title }) => words(title),
            text: ({ title }) => words(title),
          },
          {
            name: 'unit',
            title: t('governance:measure.unit'),
            show: ({ organizationId }) => nameOf(organizationId),
            text: ({ organizationId }) => nameOf(organizationId),
          },
          {
            name: 'days',
            title: t('governance:batch.days'),
            show: ({ fromDate, toDate }) => `${fromDate} – ${toDate}`,
            text: ({ fromDate, toDate }) => `${fromDate} – ${toDate}`,
          },
          {
            name: 'state',
            title: t('work:case.state'),
            show: (measure) => (
              <>
                {t(`governance:measureState.${measure.state}`)}
                {page.may.edit ? (
                  <Fold label={t('identity:org.change')}>
                    {(close) => <MeasureState measure={measure} onDone={close} />}
                  </Fold>
                ) : null}
              </>
            ),
            text: ({ state }) => t(`governance:measureState.${state}`),
          },
          {
            name: 'tasks',
            title: t('governance:measure.tasks'),
            show: (measure) => (
              <>
                <Link to="/cases" search={{ subjectKind: 'measure', subjectId: measure.id }}>
                  {t('governance:measure.seeTasks')}
                </Link>
                {may('task.dispatch') ? (
                  <Fold label={t('governance:measure.giveTask')}>{() => <NewTask measure={measure} />}</Fold>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {page.may.edit ? (
        <Fold label={t('governance:measure.add')}>{(close) => <NewMeasure page={page} onDone={close} />}</Fold>
      ) : null}
    </>
  );
}
