import type { ReactNode } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useMedia } from '../../../app/useMedia.js';
import { FigureFiles } from '../../../charts/FigureFiles.js';
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
  /** It names the row: a header of it, for who hears the table. */
  readonly names?: boolean;
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
  /** Shows cards in a narrow window although nothing can be done with a record: no column may be out of view. */
  cards?: boolean;
  /** The picture of the same figures as an SVG file, where there is one. */
  svg?: () => string | Promise<string>;
}

type View<Row> = Pick<Props<Row>, 'caption' | 'columns' | 'rows' | 'keyOf'>;

function Rows<Row>({ caption, columns, rows, keyOf }: View<Row>) {
  return (
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
              {columns.map(({ name, show, amount, names }) =>
                names ? (
                  <th key={name} scope="row">
                    {show(row)}
                  </th>
                ) : (
                  <td key={name} className={amount ? 'amount' : undefined}>
                    {show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** Each record with the names of its columns, one below the other: in a narrow window nothing is out of view. */
function Cards<Row>({ caption, columns, rows, keyOf }: View<Row>) {
  return (
    <ul className="cards plain-list" aria-label={caption}>
      {rows.map((row) => (
        <li key={keyOf(row)}>
          <dl>
            {columns.map(({ name, title, show }) => {
              const shown = show(row);
              return shown === null || shown === undefined || shown === '' ? null : (
                <div key={name}>
                  <dt>{title}</dt>
                  <dd>{shown}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/**
 * Records as a table that scrolls inside itself and can be saved. Where something can be done with a record, which is
 * what a column without text is for, a narrow window shows cards: nobody looks for a button beyond the edge.
 */
export function RecordTable<Row>({ caption, columns, rows, keyOf, nothing, file, svg, cards }: Props<Row>) {
  const { t } = useLanguage();
  const isNarrow = useMedia('(max-width: 40rem)');
  const asCards = isNarrow && (cards ?? columns.some(({ text }) => text === undefined));
  if (rows.length === 0) return <p className="quiet">{nothing ?? t('work:nothing')}</p>;
  const lines = () => {
    const kept = columns.flatMap(({ title, text }) => (text === undefined ? [] : [{ title, text }]));
    return [kept.map(({ title }) => title), ...rows.map((row) => kept.map(({ text }) => text(row)))];
  };
  return (
    <>
      {asCards ? (
        <Cards caption={caption} columns={columns} rows={rows} keyOf={keyOf} />
      ) : (
        <Rows caption={caption} columns={columns} rows={rows} keyOf={keyOf} />
      )}
      {file === undefined ? null : (
        <p className="note row">
          <FigureFiles title={caption} file={`quanlian-${file}`} lines={lines} svg={svg} />
        </p>
      )}
    </>
  );
}
