import { Link, useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay, useSession } from '../../identity/session.js';
import { ActionForm, numberOrNone, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { usePlans } from './queries.js';

const KINDS = ['outline', 'five-year', 'annual'] as const;

function NewPlan() {
  const { t } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const session = useSession();
  const nameOf = useOrganizationName();
  const plans = usePlans().data?.plans ?? [];
  if (session.state !== 'signed-in') return null;
  const organizations = [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))];
  const begin = async (data: FormData) => {
    const { id } = await sendApi<{ id: string }>('POST', '/plans', {
      organizationId: textOf(data, 'organization'),
      kind: textOf(data, 'kind'),
      parentId: textOrNone(data, 'parent'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      fromYear: numberOrNone(data, 'from'),
      toYear: numberOrNone(data, 'to'),
    });
    await navigate({ to: '/governance/plans/$id', params: { id } });
  };
  return (
    <ActionForm label={t('governance:plan.begin')} submit={begin}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <ChoiceField
        name="kind"
        label={t('identity:org.kind')}
        choices={KINDS.map((kind) => ({ value: kind, label: t(`governance:planKind.${kind}`) }))}
      />
      <ChoiceField
        name="parent"
        label={t('governance:plan.parent')}
        none="–"
        choices={plans.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <TextField name="from" type="number" min={1980} max={2100} label={t('governance:plan.fromYear')} required />
      <TextField name="to" type="number" min={1980} max={2100} label={t('governance:plan.toYear')} required />
    </ActionForm>
  );
}

/** Outlines, five-year plans and yearly plans within reach. */
export function PlansPage() {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  const plans = usePlans();
  usePageTitle(t('governance:plan.title'));
  return (
    <>
      <GovernanceNav />
      <h1>{t('governance:plan.title')}</h1>
      <Answered query={plans}>
        {({ plans: rows }) => (
          <RecordTable
            caption={t('governance:plan.title')}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'title',
                title: t('governance:plan.one'),
                show: ({ id, title }) => (
                  <Link to="/governance/plans/$id" params={{ id }}>
                    {words(title)}
                  </Link>
                ),
              },
              { name: 'kind', title: t('identity:org.kind'), show: ({ kind }) => t(`governance:planKind.${kind}`) },
              {
                name: 'organization',
                title: t('identity:organization'),
                show: ({ organizationId }) => nameOf(organizationId),
              },
              {
                name: 'years',
                title: t('governance:plan.years'),
                show: ({ fromYear, toYear }) => `${fromYear}–${toYear}`,
              },
              { name: 'state', title: t('work:case.state'), show: ({ state }) => t(`governance:planState.${state}`) },
            ]}
          />
        )}
      </Answered>
      {may('plan.edit') ? <Fold label={t('governance:plan.begin')}>{() => <NewPlan />}</Fold> : null}
    </>
  );
}
