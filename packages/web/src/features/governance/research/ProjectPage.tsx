import type { Research, ResearchFinding } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { ActionForm, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChecksField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { usePlan, usePlans } from '../plan/queries.js';

/** Lists of the contract, written here so that its schemas do not ride along with the pages. */
const RESEARCH_STATES: readonly Research['state'][] = ['planned', 'running', 'reported', 'closed'];
const IMPORTANCES: readonly ResearchFinding['importance'][] = ['low', 'medium', 'high'];

function AdoptFrom({ finding, plan }: { finding: ResearchFinding; plan: string }) {
  const { t } = useLanguage();
  const words = useWords();
  const page = usePlan(plan);
  const adopt = (data: FormData) =>
    sendApi('POST', `/research/findings/${finding.id}/adopt`, { measureIds: data.getAll('measures').map(String) });
  return (
    <Answered query={page}>
      {({ measures }) => (
        <ActionForm quiet label={t('governance:research.adopt')} submit={adopt}>
          <ChecksField
            name="measures"
            legend={t('governance:measure.title')}
            choices={measures.map(({ id, title }) => ({ value: id, label: words(title) }))}
          />
        </ActionForm>
      )}
    </Answered>
  );
}

function Decide({ finding }: { finding: ResearchFinding }) {
  const { t } = useLanguage();
  const words = useWords();
  const plans = usePlans().data?.plans ?? [];
  const [plan, setPlan] = useState('');
  const reject = (data: FormData) =>
    sendApi('POST', `/research/findings/${finding.id}/reject`, { reason: textOf(data, 'reason') });
  return (
    <>
      <ChoiceField
        name="plan"
        label={t('governance:plan.one')}
        none="–"
        value={plan}
        onChange={setPlan}
        choices={plans.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      {plan === '' ? null : <AdoptFrom key={plan} finding={finding} plan={plan} />}
      <ActionForm quiet label={t('governance:research.reject')} submit={reject}>
        <LongField name="reason" label={t('identity:why')} rows={2} required />
      </ActionForm>
    </>
  );
}

function FindingView({ finding, mayEdit }: { finding: ResearchFinding; mayEdit: boolean }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const { text, importance, foundOn, visitedId, state, reason, measures } = finding;
  return (
    <li className="action">
      <p>{text}</p>
      <p className="note">
        <span className="tag">{t(`governance:findingFate.${state}`)}</span> {t(`governance:importance.${importance}`)} ·{' '}
        {foundOn}
        {visitedId === null ? '' : ` · ${nameOf(visitedId)}`}
        {reason === null ? '' : ` · ${reason}`}
        {measures.length === 0 ? '' : ` · ${t('governance:research.measures', { count: measures.length })}`}
      </p>
      {mayEdit && state === 'open' ? (
        <Fold label={t('governance:research.decide')}>{() => <Decide finding={finding} />}</Fold>
      ) : null}
    </li>
  );
}

function NewFinding({ project, onDone }: { project: Research; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const add = (data: FormData) =>
    sendApi('POST', `/research/${project.id}/findings`, {
      text: textOf(data, 'text'),
      importance: textOf(data, 'importance'),
      foundOn: textOf(data, 'foundOn'),
      visitedId: textOrNone(data, 'visited'),
    });
  return (
    <ActionForm label={t('governance:finding.add')} submit={add} onDone={onDone}>
      <LongField name="text" label={t('governance:finding.one')} required />
      <ChoiceField
        name="importance"
        label={t('governance:importanceName')}
        choices={IMPORTANCES.map((value) => ({ value, label: t(`governance:importance.${value}`) }))}
      />
      <TextField name="foundOn" type="date" label={t('governance:finding.foundOn')} required />
      <ChoiceField
        name="visited"
        label={t('governance:research.visited')}
        none="–"
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
    </ActionForm>
  );
}

function ProjectView({ project }: { project: Research }) {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  const mayEdit = may('research.edit');
  const { id, title, question, organizationId, startsOn, endsOn, state, version, findings } = project;
  const move = (data: FormData) =>
    sendApi('POST', `/research/${id}/state`, { to: textOf(data, 'to'), expectedVersion: version });
  usePageTitle(words(title));
  return (
    <>
      <h1>{words(title)}</h1>
      <p className="prose">{question}</p>
      <Facts
        facts={[
          [t('identity:organization'), nameOf(organizationId)],
          [t('governance:batch.days'), `${startsOn} – ${endsOn}`],
          [t('work:case.state'), t(`governance:researchState.${state}`)],
        ]}
      />
      {mayEdit ? (
        <Fold label={t('governance:research.move')}>
          {(close) => (
            <ActionForm label={t('governance:research.move')} submit={move} onDone={close}>
              <ChoiceField
                name="to"
                label={t('work:case.state')}
                choices={RESEARCH_STATES.map((value) => ({ value, label: t(`governance:researchState.${value}`) }))}
              />
            </ActionForm>
          )}
        </Fold>
      ) : null}
      <Section title={t('governance:yield.findings')}>
        {findings.length === 0 ? <p className="quiet">{t('work:nothing')}</p> : null}
        <ul className="plain-list">
          {findings.map((finding) => (
            <FindingView key={finding.id} finding={finding} mayEdit={mayEdit} />
          ))}
        </ul>
        {mayEdit ? (
          <Fold label={t('governance:finding.add')}>{(close) => <NewFinding project={project} onDone={close} />}</Fold>
        ) : null}
      </Section>
    </>
  );
}

/** One research project: what was to be found out, what was found, and what became of it. */
export function ProjectPage() {
  const { id } = useParams({ from: '/governance/research/$id' });
  const project = useQuery({
    queryKey: ['research', id],
    queryFn: ({ signal }) => callApi<Research>(apiUrl(`/research/${id}`), { signal }),
  });
  return (
    <>
      <GovernanceNav />
      <Answered query={project}>{(data) => <ProjectView key={id} project={data} />}</Answered>
    </>
  );
}
