import type { CasePage } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf, textOrNone } from '../parts/ActionForm.js';
import { Fold } from '../parts/Fold.js';
import { LongField, TextField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';
import { CaseFields, readFields } from './CaseFields.js';
import { NeededPapers } from './NeededPapers.js';
import { PeopleField } from './PeopleField.js';
import { storePapers } from './papers.js';
import { readPeople } from './people.js';
import { useRefusalSentence } from './refusals.js';

type Action = CasePage['actions'][number];

interface ActionProps {
  page: CasePage;
  action: Action;
  onDone: () => void;
}

function Step({ page, action, onDone }: ActionProps) {
  const { t } = useLanguage();
  const words = useWords();
  const { id, version } = page.case;
  const { needs } = action;
  const besides = needs.mayFill.filter((name) => !needs.fields.includes(name));
  const take = async (data: FormData) => {
    const parties = readPeople(needs.mayName, data);
    await sendApi('POST', `/cases/${id}/transitions`, {
      transition: action.id,
      expectedVersion: version,
      reason: textOrNone(data, 'reason'),
      fields: readFields(page, [...needs.fields, ...besides], data),
      papers: await storePapers(page, needs.papers, data),
      ...(parties === undefined ? {} : { parties }),
    });
  };
  return (
    <ActionForm label={words(action.title)} submit={take} onDone={onDone}>
      <CaseFields page={page} names={needs.fields} />
      <CaseFields page={page} names={besides} required={false} />
      <NeededPapers page={page} kinds={needs.papers} />
      {needs.mayName.map((relation) => (
        <PeopleField key={relation} page={page} relation={relation} />
      ))}
      <LongField name="reason" label={t('identity:why')} required={needs.reason} rows={2} />
    </ActionForm>
  );
}

/** Dispatching or postponing a task of the plan: the page asks for the due date alone, the clock follows from it. */
function TaskStep({ page, action, onDone }: ActionProps) {
  const { t } = useLanguage();
  const words = useWords();
  const { id, version } = page.case;
  const due = page.fields.find(({ name }) => name === 'dueOn')?.value;
  if (action.id === 'dispatch')
    return (
      <ActionForm
        label={words(action.title)}
        submit={() => sendApi('POST', `/plan-tasks/${id}/dispatch`, { expectedVersion: version })}
        onDone={onDone}
      >
        <p>{t('desk:task.dispatch', { day: String(due ?? '–') })}</p>
      </ActionForm>
    );
  const postpone = (data: FormData) =>
    sendApi('POST', `/plan-tasks/${id}/postpone`, {
      expectedVersion: version,
      dueOn: textOf(data, 'dueOn'),
      reason: textOf(data, 'reason'),
    });
  return (
    <ActionForm label={words(action.title)} submit={postpone} onDone={onDone}>
      <TextField name="dueOn" type="date" label={t('desk:task.newDue')} value={String(due ?? '')} required />
      <LongField name="reason" label={t('identity:why')} required rows={2} />
    </ActionForm>
  );
}

const isTaskStep = (page: CasePage, action: Action): boolean =>
  page.case.process === 'plan-task' && (action.id === 'dispatch' || action.id === 'postpone');

/** What a step still needs is asked for in its form; any other refusal is a reason why it cannot be taken now. */
const NEEDS: ReadonlySet<string> = new Set([
  'case.field_missing',
  'case.paper_missing',
  'case.reason_missing',
  // The due date that is asked for brings its clock along.
  'task.clock_differs',
]);

function ActionItem({ page, action }: { page: CasePage; action: Action }) {
  const { t } = useLanguage();
  const words = useWords();
  const sentenceOf = useRefusalSentence(page);
  const to = page.diagram.nodes.find(({ id }) => id === action.to)?.title;
  const against = action.refusals.filter(({ code }) => !NEEDS.has(code));
  const mayTry = action.allowed || against.length === 0;
  const Form = isTaskStep(page, action) ? TaskStep : Step;
  return (
    <li className="action">
      {mayTry ? (
        <Fold label={words(action.title)}>{(close) => <Form page={page} action={action} onDone={close} />}</Fold>
      ) : (
        <p>
          <strong className="quiet">{words(action.title)}</strong>
        </p>
      )}
      <div className="note">
        {to === undefined ? null : <p>{t('work:action.to', { state: words(to) })}</p>}
        {mayTry ? null : (
          <>
            {t('work:action.notNow')}
            <ul>
              {against.map((refusal) => (
                <li key={`${refusal.code} ${refusal.message}`}>{sentenceOf(refusal)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </li>
  );
}

/** What can be done next, and for what cannot, why not. */
export function Actions({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  if (page.actions.length === 0) return <p className="quiet">{t('work:action.none')}</p>;
  return (
    <ul className="plain-list">
      {page.actions.map((action) => (
        <ActionItem key={action.id} page={page} action={action} />
      ))}
    </ul>
  );
}

function CloseTask({ page, task, onDone }: { page: CasePage; task: CasePage['tasks'][number]; onDone: () => void }) {
  const { t } = useLanguage();
  const { id, version } = page.case;
  const { fields, papers, mayFill } = task.needs;
  const besides = mayFill.filter((name) => !fields.includes(name));
  const close = async (data: FormData) =>
    sendApi('POST', `/cases/${id}/tasks`, {
      task: task.id,
      expectedVersion: version,
      fields: readFields(page, [...fields, ...besides], data),
      papers: await storePapers(page, papers, data),
    });
  return (
    <ActionForm label={t('work:task.close')} submit={close} onDone={onDone}>
      <CaseFields page={page} names={fields} />
      <CaseFields page={page} names={besides} required={false} />
      <NeededPapers page={page} kinds={papers} />
    </ActionForm>
  );
}

/** Tasks that go on side by side, each closed with the fields and papers it asks for. */
export function ParallelTasks({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const words = useWords();
  return (
    <ul className="plain-list">
      {page.tasks.map((task) => (
        <li key={task.id} className="action">
          <p className="row">
            <span>{words(task.title)}</span> <span className="tag">{t(`work:task.${task.status}`)}</span>
          </p>
          {task.mayClose ? (
            <Fold label={t('work:task.close')}>{(close) => <CloseTask page={page} task={task} onDone={close} />}</Fold>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
