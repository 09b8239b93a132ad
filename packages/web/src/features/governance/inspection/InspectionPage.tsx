import type { ChecklistItem, Inspection } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { FileField } from '../../work/case/CaseFields.js';
import { fileOf, storePaper } from '../../work/case/papers.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useTold, useWords } from '../../work/parts/useWords.js';
import { FindingTable } from './FindingTable.js';
import { InspectionNav } from './InspectionNav.js';
import { SEVERITIES } from './lists.js';
import { useChecklists, useInspection } from './queries.js';

interface FormProps {
  inspection: Inspection;
  items: readonly ChecklistItem[];
  onDone: () => void;
}

async function papersOf(data: FormData, { id, organizationId }: Inspection): Promise<string[]> {
  const file = fileOf(data, 'paper');
  if (file === undefined) return [];
  return [(await storePaper(file, { organizationId, kind: 'evidence', subject: { kind: 'case', id } })).id];
}

function NewFinding({ inspection, items, onDone }: FormProps) {
  const { t } = useLanguage();
  const words = useWords();
  const add = async (data: FormData) =>
    sendApi('POST', `/inspections/${inspection.id}/findings`, {
      expectedVersion: inspection.version,
      item: textOf(data, 'item'),
      severity: textOf(data, 'severity'),
      description: textOf(data, 'description'),
      papers: await papersOf(data, inspection),
    });
  return (
    <ActionForm label={t('governance:finding.add')} submit={add} onDone={onDone}>
      <ChoiceField
        name="item"
        label={t('governance:finding.item')}
        choices={items.map(({ code, text }) => ({ value: code, label: `${code} ${words(text)}` }))}
      />
      <ChoiceField
        name="severity"
        label={t('governance:finding.severity')}
        choices={SEVERITIES.map((severity) => ({ value: severity, label: t(`governance:severity.${severity}`) }))}
      />
      <LongField name="description" label={t('governance:finding.one')} required />
      <FileField name="paper" label={t('governance:value.proof')} />
    </ActionForm>
  );
}

function Report({ inspection, items, onDone }: FormProps) {
  const { t } = useLanguage();
  const words = useWords();
  const found = new Set(inspection.findings.map(({ item }) => item));
  const asked = items.filter(({ code }) => !found.has(code));
  const report = async (data: FormData) =>
    sendApi('POST', `/inspections/${inspection.id}/report`, {
      expectedVersion: inspection.version,
      performedOn: textOf(data, 'on'),
      results: Object.fromEntries(asked.map(({ code }) => [code, textOf(data, `item ${code}`)])),
      papers: await papersOf(data, inspection),
    });
  return (
    <ActionForm label={t('governance:inspection.report')} submit={report} onDone={onDone}>
      <TextField name="on" type="date" label={t('governance:inspection.performedOn')} required />
      {asked.map(({ code, text }) => (
        <ChoiceField
          key={code}
          name={`item ${code}`}
          label={`${code} ${words(text)}`}
          choices={(['met', 'not-applicable'] as const).map((result) => ({
            value: result,
            label: t(`governance:itemResult.${result}`),
          }))}
        />
      ))}
      <FileField name="paper" label={t('governance:value.proof')} />
    </ActionForm>
  );
}

/** What can be done in each state; the server decides once more. */
function Steps({ inspection, items }: Omit<FormProps, 'onDone'>) {
  const { t } = useLanguage();
  const may = useMay();
  const { id, version, state, findings } = inspection;
  const hasOpen = findings.some((one) => one.state === 'open' || one.state === 'ordered');
  const step = (verb: 'order' | 'close') => () =>
    sendApi('POST', `/inspections/${id}/${verb}`, { expectedVersion: version });
  const performs = may('inspection.perform');
  const isReported = state === 'reported';
  const mayClose = may('inspection.close') && !hasOpen && (isReported || state === 'rectifying');
  if (state === 'closed' || state === 'cancelled') return <p className="quiet">{t('work:action.none')}</p>;
  if (state === 'rectifying' && hasOpen) return <p className="quiet">{t('governance:inspection.waits')}</p>;
  return (
    <>
      {performs && (state === 'announced' || isReported) ? (
        <Fold label={t('governance:finding.add')}>
          {(close) => <NewFinding inspection={inspection} items={items} onDone={close} />}
        </Fold>
      ) : null}
      {performs && state === 'announced' ? (
        <Fold label={t('governance:inspection.report')}>
          {(close) => <Report inspection={inspection} items={items} onDone={close} />}
        </Fold>
      ) : null}
      {performs && isReported && findings.some((one) => one.state === 'open') ? (
        <ActionForm quiet label={t('governance:inspection.order')} submit={step('order')} />
      ) : null}
      {mayClose ? <ActionForm quiet label={t('governance:inspection.close')} submit={step('close')} /> : null}
    </>
  );
}

/** What the inspection looked at, item by item. */
function Results({ inspection, items }: Omit<FormProps, 'onDone'>) {
  const { t } = useLanguage();
  const words = useWords();
  const resultOf = (code: string): string => {
    const finding = inspection.findings.find(({ item, state }) => item === code && state !== 'withdrawn');
    if (finding !== undefined) return t(`governance:severity.${finding.severity}`);
    const result = inspection.results?.[code];
    return result === undefined ? t('governance:itemResult.open') : t(`governance:itemResult.${result}`);
  };
  return (
    <RecordTable
      caption={t('governance:checklist.one')}
      rows={items}
      keyOf={({ code }) => code}
      file={`inspection-${inspection.id.slice(0, 8)}`}
      columns={[
        {
          name: 'item',
          title: t('governance:finding.item'),
          show: ({ code, text }) => `${code} ${words(text)}`,
          text: ({ code, text }) => `${code} ${words(text)}`,
        },
        {
          name: 'clause',
          title: t('governance:checklist.clause'),
          show: ({ clause }) => clause ?? '–',
          text: ({ clause }) => clause ?? '',
        },
        {
          name: 'result',
          title: t('governance:itemResult.title'),
          show: ({ code }) => resultOf(code),
          text: ({ code }) => resultOf(code),
        },
      ]}
    />
  );
}

function InspectionView({ inspection }: { inspection: Inspection }) {
  const { t } = useLanguage();
  const told = useTold();
  const nameOf = useOrganizationName();
  const checklists = useChecklists().data?.checklists ?? [];
  const version = checklists
    .flatMap(({ versions }) => versions)
    .find((one) => one.id === inspection.checklistVersionId);
  const title = t('governance:inspection.at', { name: nameOf(inspection.organizationId) });
  usePageTitle(title);
  return (
    <>
      <h1>{title}</h1>
      <Facts
        facts={[
          [t('work:case.state'), told(`governance:inspectionState.${inspection.state}`, inspection.state)],
          [t('work:case.opened'), inspection.openedOn],
          [t('governance:inspection.performedOn'), inspection.performedOn ?? '–'],
          [
            t('work:case.one'),
            <Link key="case" to="/cases/$id" params={{ id: inspection.id }}>
              {t('governance:inspection.case')}
            </Link>,
          ],
        ]}
      />
      <Section title={t('governance:checklist.one')}>
        <Results inspection={inspection} items={version?.items ?? []} />
      </Section>
      <Section title={t('governance:finding.title')}>
        <FindingTable findings={inspection.findings} />
      </Section>
      <Section title={t('work:action.title')}>
        <Steps inspection={inspection} items={version?.items ?? []} />
      </Section>
    </>
  );
}

/** One inspection: findings with proof, its report, the orders that came of it. */
export function InspectionPage() {
  const { id } = useParams({ from: '/governance/inspection/inspections/$id' });
  return (
    <>
      <InspectionNav />
      <Answered query={useInspection(id)}>
        {(inspection) => <InspectionView key={id} inspection={inspection} />}
      </Answered>
    </>
  );
}
