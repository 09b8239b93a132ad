import type { Checklist, Inspection, InspectionPlan } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMembers, useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { useMay, useSession } from '../../identity/session.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChecksField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { Checklists } from './Checklists.js';
import { InspectionNav } from './InspectionNav.js';
import { readItems } from './items.js';
import { useChecklists, useInspectionPlans } from './queries.js';

function useOwnOrganizations() {
  const session = useSession();
  const nameOf = useOrganizationName();
  if (session.state !== 'signed-in') return [];
  return [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))].map((id) => ({
    value: id,
    label: nameOf(id),
  }));
}

function NewChecklist({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const own = useOwnOrganizations();
  const make = (data: FormData) =>
    sendApi('POST', '/inspection/checklists', {
      organizationId: textOf(data, 'organization'),
      code: textOf(data, 'code'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      items: readItems(textOf(data, 'items')),
    });
  return (
    <ActionForm label={t('governance:checklist.make')} submit={make} onDone={onDone}>
      <ChoiceField name="organization" label={t('identity:organization')} choices={own} />
      <TextField name="code" label={t('identity:org.code')} required />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <LongField name="items" label={t('governance:checklist.items')} note={t('governance:checklist.note')} required />
    </ActionForm>
  );
}

function NewPlan({ checklists, onDone }: { checklists: readonly Checklist[]; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const own = useOwnOrganizations();
  const organizations = useOrganizations().data?.organizations ?? [];
  const make = (data: FormData) =>
    sendApi('POST', '/inspection/plans', {
      organizationId: textOf(data, 'organization'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      checklistVersionId: textOf(data, 'checklist'),
      startsOn: textOf(data, 'from'),
      endsOn: textOf(data, 'to'),
      targets: data.getAll('targets').map(String),
    });
  return (
    <ActionForm label={t('governance:inspection.plan')} submit={make} onDone={onDone}>
      <ChoiceField name="organization" label={t('governance:inspection.by')} choices={own} />
      <ChoiceField
        name="checklist"
        label={t('governance:checklist.one')}
        required
        choices={checklists.flatMap(({ code, title, versions: [newest] }) =>
          newest === undefined ? [] : [{ value: newest.id, label: `${code} ${words(title)} (${newest.version})` }],
        )}
      />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <TextField name="from" type="date" label={t('identity:from')} required />
      <TextField name="to" type="date" label={t('identity:until')} required />
      <ChecksField
        name="targets"
        legend={t('governance:inspection.targets')}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
    </ActionForm>
  );
}

function Start({ plan, organizationId }: { plan: InspectionPlan; organizationId: string }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const people = useMembers(plan.organizationId).data?.members ?? [];
  const inspectors = new Map(people.map(({ personId, name }) => [personId, name]));
  const start = async (data: FormData) => {
    const made = await sendApi<Inspection>('POST', `/inspection/plans/${plan.id}/inspections`, {
      organizationId,
      inspectorId: textOf(data, 'inspector'),
    });
    await navigate({ to: '/governance/inspection/inspections/$id', params: { id: made.id } });
  };
  return (
    <ActionForm quiet label={t('governance:inspection.start')} submit={start}>
      <ChoiceField
        name="inspector"
        label={t('work:relation.inspector')}
        required
        choices={[...inspectors].map(([value, label]) => ({ value, label }))}
      />
    </ActionForm>
  );
}

function PlanView({ plan }: { plan: InspectionPlan }) {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  return (
    <Section title={words(plan.title)}>
      <p className="note">
        {nameOf(plan.organizationId)} · {plan.startsOn} – {plan.endsOn}
      </p>
      <ul>
        {plan.targets.map(({ organizationId, inspectionId }) => (
          <li key={organizationId}>
            {inspectionId === null ? (
              <>
                {nameOf(organizationId)}
                {may('inspection.plan') ? (
                  <Fold label={t('governance:inspection.start')}>
                    {() => <Start plan={plan} organizationId={organizationId} />}
                  </Fold>
                ) : null}
              </>
            ) : (
              <Link to="/governance/inspection/inspections/$id" params={{ id: inspectionId }}>
                {nameOf(organizationId)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Plans of inspections and the checklists they go by. */
export function InspectionPlansPage() {
  const { t } = useLanguage();
  const may = useMay();
  const plans = useInspectionPlans();
  const checklists = useChecklists().data?.checklists ?? [];
  usePageTitle(t('governance:inspection.plans'));
  return (
    <>
      <InspectionNav />
      <h1>{t('governance:inspection.plans')}</h1>
      {may('inspection.plan') ? (
        <>
          <Fold label={t('governance:checklist.make')}>{(close) => <NewChecklist onDone={close} />}</Fold>
          <Fold label={t('governance:inspection.plan')}>
            {(close) => <NewPlan checklists={checklists} onDone={close} />}
          </Fold>
        </>
      ) : null}
      <Answered query={plans}>
        {({ plans: rows }) =>
          rows.length === 0 ? (
            <p className="quiet">{t('work:nothing')}</p>
          ) : (
            rows.map((plan) => <PlanView key={plan.id} plan={plan} />)
          )
        }
      </Answered>
      <Section title={t('governance:checklist.many')}>
        <Checklists />
      </Section>
    </>
  );
}
