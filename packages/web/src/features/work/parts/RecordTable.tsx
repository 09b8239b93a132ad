import type { ReactNode } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { saveFile, toCsv } from '../../../app/saveFile.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import './forms.css';

/** A column of records: what is shown, and what a file gets. */
export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  readonly show: (row: Row) => ReactNode;
  /** What the file gets; without it the column stays out of the file. */
  readonly text?: (row: Row) => string | number;
  readonly amount?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Said when there is no row. */
  nothing?: string;
  /** Name of the file, without its ending; without it nothing can be saved. */
  file?: string;
}

/** Records as a table that scrolls inside itself and can be saved as CSV. */
export function RecordTable<Row>({ caption, columns, rows, keyOf, nothing, file }: Props<Row>) {
  const { t } = useLanguage();
  if (rows.length === 0) return <p className="quiet">{nothing ?? t('work:nothing')}</p>;
  const lines = () => {
    const kept = columns.flatMap(({ title, text }) => (text === undefined ? [] : [{ title, text }]));
    return [kept.map(({ title }) => title), ...rows.map((row) => kept.map(({ text }) => text(row)))];
  };
  const saveCsv = () => saveFile(`quanlian-${file}.csv`, toCsv(lines()), 'text/csv');
  const saveXlsx = async () => {
    const { toXlsx, XLSX_TYPE } = await import('../../../app/xlsx.js');
    saveFile(`quanlian-${file}.xlsx`, toXlsx(caption, lines()), XLSX_TYPE);
  };
  return (
    <>
      <ScrollFrame label={caption}>
        <table>
          <caption className="seen-by-readers-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ name, title, amount }) => (
                <th key={name} scope="col" className={amount ? 'amount' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ name, show, amount }) => (
                  <td key={name} className={amount ? 'amount' : undefined}>
                    {show(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {file === undefined ? null : (
        <p className="note row">
          <button
            type="button"
            className="text-button"
            aria-label={t('work:saveCsv', { title: caption })}
            onClick={saveCsv}
          >
            CSV
          </button>
          <button
            type="button"
            className="text-button"
            aria-label={t('work:saveXlsx', { title: caption })}
            onClick={() => void saveXlsx()}
          >
            XLSX
          </button>
        </p>
      )}
    </>
  );
}
