import type { PlanPage as Page } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { ActionForm } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { Measures } from './Measures.js';
import { NewIndicator, NewObjective } from './PlanParts.js';
import { usePlan } from './queries.js';
import { Reports } from './Reports.js';

interface LevelProps {
  page: Page;
  parentId: string | null;
}

function Objectives({ page, parentId }: LevelProps) {
  const { t } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  const here = page.objectives.filter((one) => one.parentId === parentId).toSorted((a, b) => a.position - b.position);
  if (here.length === 0) return null;
  return (
    <ul className="tree">
      {here.map(({ id, title }) => (
        <li key={id}>
          <strong>{words(title)}</strong>
          <ul>
            {page.indicators
              .filter(({ objectiveId }) => objectiveId === id)
              .map((indicator) => (
                <li key={indicator.id}>
                  <Link
                    to="/governance/plans/$id/indicators/$indicator"
                    params={{ id: page.plan.id, indicator: indicator.id }}
                  >
                    {indicator.code} {indicator.definition === null ? '' : words(indicator.definition.content.title)}
                  </Link>{' '}
                  <span className="note">{nameOf(indicator.ownerId)}</span>{' '}
                  {indicator.proposal === null ? null : (
                    <span className="tag tag--notice">{t('governance:indicator.proposed')}</span>
                  )}
                </li>
              ))}
          </ul>
          <Objectives page={page} parentId={id} />
        </li>
      ))}
    </ul>
  );
}

function Decide({ page }: { page: Page }) {
  const { t } = useLanguage();
  const { id, state, version } = page.plan;
  if (!page.may.adopt || state === 'closed') return null;
  const verb = state === 'draft' ? 'adopt' : 'close';
  return (
    <ActionForm
      quiet
      label={t(`governance:plan.${verb}`)}
      submit={() => sendApi('POST', `/plans/${id}/${verb}`, { expectedVersion: version })}
    />
  );
}

function PlanView({ page }: { page: Page }) {
  const { t } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  const { plan, may } = page;
  usePageTitle(words(plan.title));
  return (
    <>
      <h1>{words(plan.title)}</h1>
      <Facts
        facts={[
          [t('identity:org.kind'), t(`governance:planKind.${plan.kind}`)],
          [t('identity:organization'), nameOf(plan.organizationId)],
          [t('governance:plan.years'), `${plan.fromYear}–${plan.toYear}`],
          [t('work:case.state'), t(`governance:planState.${plan.state}`)],
          [
            t('governance:dashboard.title'),
            <Link key="dashboard" to="/governance/plans/$id/dashboard" params={{ id: plan.id }}>
              {t('governance:dashboard.open')}
            </Link>,
          ],
        ]}
      />
      <Decide page={page} />
      <Section title={t('governance:plan.objectives')}>
        <Objectives page={page} parentId={null} />
        {may.edit ? (
          <Fold label={t('governance:plan.addObjective')}>
            {(close) => <NewObjective page={page} onDone={close} />}
          </Fold>
        ) : null}
        {may.edit && page.objectives.length > 0 ? (
          <Fold label={t('governance:plan.addIndicator')}>
            {(close) => <NewIndicator page={page} onDone={close} />}
          </Fold>
        ) : null}
      </Section>
      <Section title={t('governance:measure.title')}>
        <Measures page={page} />
      </Section>
      <Section title={t('governance:report.title')}>
        <Reports page={page} />
      </Section>
    </>
  );
}

/** A plan: objectives, the indicators that tell whether they are met, the measures that lead there, its reports. */
export function PlanPage() {
  const { id } = useParams({ from: '/governance/plans/$id' });
  return (
    <>
      <GovernanceNav />
      <Answered query={usePlan(id)}>{(page) => <PlanView key={id} page={page} />}</Answered>
    </>
  );
}
