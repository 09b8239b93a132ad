import type { CasePage as Page } from '@quanlian/contract';
import { useParams } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { ActionForm, textOrNone } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { Due } from '../parts/Due.js';
import { Facts } from '../parts/Facts.js';
import { Fold } from '../parts/Fold.js';
import { LongField } from '../parts/fields.js';
import { Section } from '../parts/Section.js';
import { useTold, useWords } from '../parts/useWords.js';
import { useCase } from '../queries.js';
import { Actions, ParallelTasks } from './Actions.js';
import { CaseFields, readFields } from './CaseFields.js';
import { Clocks } from './Clocks.js';
import { Comments } from './Comments.js';
import { Papers } from './Papers.js';
import { StateDiagram } from './StateDiagram.js';
import { Timeline } from './Timeline.js';
import { WhatIf } from './WhatIf.js';
import './case.css';

function Amend({ page, onDone }: { page: Page; onDone: () => void }) {
  const { t } = useLanguage();
  const names = page.fields.filter(({ amendable }) => amendable).map(({ name }) => name);
  const amend = (data: FormData) =>
    sendApi('POST', `/cases/${page.case.id}/amendments`, {
      expectedVersion: page.case.version,
      reason: textOrNone(data, 'reason'),
      fields: readFields(page, names, data),
    });
  return (
    <ActionForm label={t('work:amend')} submit={amend} onDone={onDone}>
      <CaseFields page={page} names={names} required={false} />
      <LongField name="reason" label={t('identity:why')} rows={2} />
    </ActionForm>
  );
}

function Head({ page }: { page: Page }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const told = useTold();
  const nameOf = useOrganizationName();
  const { processTitle, stateTitle, organizationId, nextDue, overdue, openedAt, endedAt } = page.case;
  const filled = page.fields.filter(({ value }) => value !== null);
  return (
    <Facts
      facts={[
        [t('work:case.process'), words(processTitle)],
        [t('work:case.state'), <strong key="state">{words(stateTitle)}</strong>],
        [t('identity:organization'), nameOf(organizationId)],
        [t('work:due'), <Due key="due" due={nextDue} overdue={overdue} />],
        [t('work:case.opened'), formatTime(openedAt, tag)],
        ...(endedAt === null ? [] : [[t('work:case.ended'), formatTime(endedAt, tag)] as const]),
        ...page.parties.map(
          ({ relation, members }) =>
            [
              told(`work:relation.${relation}`, relation),
              members.map(({ id, name }) => name ?? nameOf(id)).join(t('common:listSeparator')),
            ] as const,
        ),
        ...filled.map(({ title, value }) => [words(title), String(value)] as const),
      ]}
    />
  );
}

function CaseView({ page }: { page: Page }) {
  const { t } = useLanguage();
  usePageTitle(page.case.title);
  const isAmendable = page.may.amend && page.fields.some(({ amendable }) => amendable);
  return (
    <>
      <h1>{page.case.title}</h1>
      <Head page={page} />
      {isAmendable ? <Fold label={t('work:amend')}>{(close) => <Amend page={page} onDone={close} />}</Fold> : null}
      <div className="case-page">
        <div>
          <Section title={t('work:action.title')}>
            <Actions page={page} />
          </Section>
          {page.tasks.length === 0 ? null : (
            <Section title={t('work:task.title')}>
              <ParallelTasks page={page} />
            </Section>
          )}
          <Section title={t('work:paper.title')}>
            <Papers page={page} />
          </Section>
          <Section title={t('work:comment.title')}>
            <Comments page={page} />
          </Section>
          <Section title={t('work:whatIf.title')}>
            <Fold label={t('work:whatIf.open')}>{() => <WhatIf page={page} />}</Fold>
          </Section>
        </div>
        <div>
          <Section title={t('work:clocks')}>
            <Clocks clocks={page.clocks} />
          </Section>
          <Section title={t('work:diagram.title')}>
            <StateDiagram page={page} />
          </Section>
          <Section title={t('work:timeline')}>
            <Timeline page={page} />
          </Section>
        </div>
      </div>
    </>
  );
}

/** One case of any process: where it stands, what happened, what can be done. */
export function CasePage() {
  const { id } = useParams({ from: '/cases/$id' });
  return <Answered query={useCase(id)}>{(page) => <CaseView key={id} page={page} />}</Answered>;
}
