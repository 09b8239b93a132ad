import type { BulkReport } from '@quanlian/contract';
import { useState } from 'react';
import { apiUrl, callApi, type Params, WRITE_HEADERS } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { FileField } from '../../work/case/CaseFields.js';
import { fileOf } from '../../work/case/papers.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { CheckField, ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';

/** Results of rows that took effect, or changed nothing that was not so already. */
const FITTING: ReadonlySet<string> = new Set(['added', 'restored', 'changed', 'unchanged', 'already-enrolled', 'left']);

/** What became of every row of a table. */
function BulkView({ report }: { report: BulkReport }) {
  const { t, tag } = useLanguage();
  const rows = report.rows.map((row, index) => ({ ...row, index }));
  return (
    <div role="status">
      <p className={report.applied ? 'notice' : 'notice notice--demo'}>
        {report.applied ? t('governance:bulk.applied') : t('governance:bulk.notApplied')}
      </p>
      <p className="row">
        {Object.entries(report.counts).map(([result, count]) => (
          <span key={result} className="tag figures">
            {t(`governance:rowResult.${result as BulkReport['rows'][number]['result']}`)} {formatNumber(count, tag)}
          </span>
        ))}
      </p>
      <RecordTable
        caption={t('governance:bulk.rows')}
        rows={rows}
        keyOf={({ index }) => String(index)}
        file="rows"
        columns={[
          {
            name: 'line',
            title: t('governance:bulk.line'),
            amount: true,
            show: ({ line }) => line ?? '–',
            text: ({ line }) => line ?? '',
          },
          {
            name: 'code',
            title: t('governance:people.code'),
            show: ({ code }) => <code>{code}</code>,
            text: ({ code }) => code,
          },
          {
            name: 'result',
            title: t('governance:bulk.result'),
            show: ({ result }) => (
              <span className={FITTING.has(result) ? 'tag' : 'tag tag--wrong'}>
                {t(`governance:rowResult.${result}`)}
              </span>
            ),
            text: ({ result }) => t(`governance:rowResult.${result}`),
          },
          {
            name: 'message',
            title: t('governance:bulk.message'),
            show: ({ message }) => <span lang="en">{message}</span>,
            text: ({ message }) => message,
          },
        ]}
      />
    </div>
  );
}

interface Props {
  label: string;
  /** The path that takes pasted rows; with `/file` behind it, files. */
  path: string;
  /** The headings a table has to have. */
  note: string;
  /** What else is sent along. */
  more?: { readonly organizationId: string };
  /** Also asks from when it holds and whether others have left. */
  isRoster?: boolean;
}

/** Takes a table, pasted or as a file, and shows a message for every row. */
export function BulkTable({ label, path, note, more, isRoster }: Props) {
  const { t } = useLanguage();
  const [report, setReport] = useState<BulkReport>();
  const send = async (data: FormData) => {
    const day = textOf(data, 'on');
    const settings = {
      ...more,
      mode: textOf(data, 'mode'),
      ...(day === '' ? {} : { on: day }),
      ...(isRoster === true ? { replace: data.has('replace') } : {}),
    };
    const file = fileOf(data, 'file');
    const headers = { ...WRITE_HEADERS, 'content-type': 'application/octet-stream' };
    setReport(
      file === undefined
        ? await sendApi<BulkReport>('POST', path, { ...settings, rows: String(data.get('rows')) })
        : await callApi<BulkReport>(apiUrl(`${path}/file`, settings as Params), {
            method: 'POST',
            body: file,
            headers,
          }),
    );
  };
  return (
    <>
      <ActionForm label={label} submit={send} keep>
        <LongField name="rows" label={t('governance:bulk.paste')} note={note} rows={5} />
        <FileField name="file" label="CSV / XLSX" />
        <ChoiceField
          name="mode"
          label={t('governance:bulk.mode')}
          choices={(['check', 'good-rows', 'all-or-nothing'] as const).map((mode) => ({
            value: mode,
            label: t(`governance:bulkMode.${mode}`),
          }))}
        />
        {isRoster === true ? (
          <>
            <TextField name="on" type="date" label={t('governance:roster.from')} />
            <CheckField name="replace" label={t('governance:roster.replace')} />
          </>
        ) : null}
      </ActionForm>
      {report === undefined ? null : <BulkView report={report} />}
    </>
  );
}
