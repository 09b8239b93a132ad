import type { CasePage } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOrNone } from '../parts/ActionForm.js';
import { Fold } from '../parts/Fold.js';
import { LongField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';
import { CaseFields, FileField, readFields } from './CaseFields.js';
import { fileOf, storePaper } from './papers.js';
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
  const { id, organizationId, version } = page.case;
  const { needs } = action;
  const titleOf = (kind: string) => {
    const title = page.paperKinds.find((one) => one.kind === kind)?.title;
    return title === undefined ? kind : words(title);
  };
  const take = async (data: FormData) => {
    const papers = [];
    for (const kind of needs.papers) {
      const file = fileOf(data, `paper ${kind}`);
      if (file === undefined) continue;
      const paper = await storePaper(file, { organizationId, kind, subject: { kind: 'case', id } });
      papers.push({ id: paper.id, kind });
    }
    await sendApi('POST', `/cases/${id}/transitions`, {
      transition: action.id,
      expectedVersion: version,
      reason: textOrNone(data, 'reason'),
      fields: readFields(page, needs.fields, data),
      papers,
    });
  };
  return (
    <ActionForm label={words(action.title)} submit={take} onDone={onDone}>
      <CaseFields page={page} names={needs.fields} />
      {needs.papers.map((kind) => (
        <FileField key={kind} name={`paper ${kind}`} label={titleOf(kind)} required />
      ))}
      <LongField name="reason" label={t('identity:why')} required={needs.reason} rows={2} />
    </ActionForm>
  );
}

/** What a step still needs is asked for in its form; any other refusal is a reason why it cannot be taken now. */
const NEEDS: ReadonlySet<string> = new Set(['case.field_missing', 'case.paper_missing', 'case.reason_missing']);

function ActionItem({ page, action }: { page: CasePage; action: Action }) {
  const { t } = useLanguage();
  const words = useWords();
  const sentenceOf = useRefusalSentence(page);
  const to = page.diagram.nodes.find(({ id }) => id === action.to)?.title;
  const against = action.refusals.filter(({ code }) => !NEEDS.has(code));
  const mayTry = action.allowed || against.length === 0;
  return (
    <li className="action">
      {mayTry ? (
        <Fold label={words(action.title)}>{(close) => <Step page={page} action={action} onDone={close} />}</Fold>
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

/** Tasks that go on side by side. */
export function ParallelTasks({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const words = useWords();
  const { id, version } = page.case;
  return (
    <ul className="plain-list">
      {page.tasks.map(({ id: task, title, status, mayClose }) => (
        <li key={task} className="action row">
          <span>{words(title)}</span> <span className="tag">{t(`work:task.${status}`)}</span>
          {mayClose ? (
            <ActionForm
              quiet
              label={t('work:task.close')}
              submit={() => sendApi('POST', `/cases/${id}/tasks`, { task, expectedVersion: version })}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
