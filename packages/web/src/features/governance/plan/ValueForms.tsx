import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { FileField } from '../../work/case/CaseFields.js';
import { fileOf, storePaper } from '../../work/case/papers.js';
import { ActionForm, numberOrNone, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { LongField, TextField } from '../../work/parts/fields.js';

interface Props {
  indicator: string;
  organization: string;
  onDone: () => void;
}

/** One record a line: its kind, its id, its label. */
function readRecords(text: string) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [refKind = '', refId = '', ...label] = line.split(/\s+/);
      return { kind: 'record' as const, refKind, refId, label: label.join(' ') };
    });
}

/** Reports a value with what it rests on: a paper that proves it, or the records it is counted from. */
export function ReportValue({ indicator, organization, stated, onDone }: Props & { stated: boolean }) {
  const { t } = useLanguage();
  const report = async (data: FormData) => {
    const file = fileOf(data, 'paper');
    const paper =
      file === undefined ? undefined : await storePaper(file, { organizationId: organization, kind: 'evidence' });
    await sendApi('POST', `/indicators/${indicator}/values`, {
      organizationId: organization,
      date: textOf(data, 'date'),
      ...(stated ? { value: numberOrNone(data, 'value') ?? null } : {}),
      sources: [
        ...(paper === undefined ? [] : [{ kind: 'paper', refKind: 'paper', refId: paper.id, label: paper.name }]),
        ...(stated ? [] : readRecords(textOf(data, 'records'))),
      ],
      note: textOrNone(data, 'note'),
    });
  };
  return (
    <ActionForm label={t('governance:value.report')} submit={report} onDone={onDone}>
      <TextField name="date" type="date" label={t('governance:onDay')} required />
      {stated ? (
        <TextField name="value" type="number" step="any" label={t('governance:standing.value')} />
      ) : (
        <LongField name="records" label={t('governance:value.records')} note={t('governance:value.recordsNote')} />
      )}
      <FileField name="paper" label={t('governance:value.proof')} required={stated} />
      <LongField name="note" label={t('governance:value.note')} rows={2} />
    </ActionForm>
  );
}

/** Sets where a unit started; the last one set counts. */
export function SetBaseline({ indicator, organization, onDone }: Props) {
  const { t } = useLanguage();
  const set = (data: FormData) =>
    sendApi('PUT', `/indicators/${indicator}/baseline`, {
      organizationId: organization,
      date: textOf(data, 'date'),
      value: numberOrNone(data, 'value'),
    });
  return (
    <ActionForm label={t('governance:value.baseline')} submit={set} onDone={onDone}>
      <TextField name="date" type="date" label={t('governance:onDay')} required />
      <TextField name="value" type="number" step="any" label={t('governance:standing.baseline')} required />
    </ActionForm>
  );
}

/** Sets what a unit is to reach in a year; an empty value takes the target away. */
export function SetTarget({ indicator, organization, onDone }: Props) {
  const { t } = useLanguage();
  const set = (data: FormData) =>
    sendApi('PUT', `/indicators/${indicator}/target`, {
      organizationId: organization,
      year: numberOrNone(data, 'year'),
      value: numberOrNone(data, 'value') ?? null,
    });
  return (
    <ActionForm label={t('governance:value.target')} submit={set} onDone={onDone}>
      <TextField name="year" type="number" min={1980} max={2100} label={t('governance:plan.year')} required />
      <TextField name="value" type="number" step="any" label={t('governance:standing.target')} />
    </ActionForm>
  );
}
