import type { CountableName, FacetTable } from '@quanlian/contract';
import { type CSSProperties, useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { FigureFiles, type Lines } from '../../../charts/FigureFiles.js';
import { type Heat, heatSvg } from '../../../charts/heat.js';
import { readPalette } from '../../../charts/palette.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useCross } from '../search/queries.js';
import type { Filter, SearchState } from '../search/state.js';
import { useFacetValueName } from './valueName.js';

const SIDES = [
  'year',
  'month',
  'applicant',
  'inventor',
  'office',
  'section',
  'class',
  'subclass',
  'group',
  'type',
  'kind',
  'lang',
  'status',
  'province',
  'city',
  'district',
] as const satisfies readonly CountableName[];

interface SideProps {
  label: string;
  value: CountableName;
  onChange: (name: CountableName) => void;
}

function Side({ label, value, onChange }: SideProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <span className="row">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(SIDES.find((name) => name === event.target.value) ?? value)}
      >
        {SIDES.map((name) => (
          <option key={name} value={name}>
            {t(`facets:name.${name}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

interface TableProps {
  caption: string;
  table: FacetTable;
  rows: CountableName;
  columns: CountableName;
  onPick: (filter: Filter) => void;
}

/** Each cell is shaded by its share of the largest; a value picked narrows the search. */
function CrossTable({ caption, table, rows, columns, onPick }: TableProps) {
  const { tag } = useLanguage();
  const nameOf = useFacetValueName();
  const largest = Math.max(1, ...table.cells.flat());
  const head = (name: CountableName, value: string) => (
    <button type="button" className="text-button" onClick={() => onPick({ name, value })}>
      {nameOf(name, value)}
    </button>
  );
  return (
    <ScrollFrame label={caption} className="table-frame cross">
      <table>
        <caption className="seen-by-readers-only">{caption}</caption>
        <thead>
          <tr>
            <td />
            {table.columns.map((value) => (
              <th key={value} scope="col">
                {head(columns, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((value, row) => (
            <tr key={value}>
              <th scope="row">{head(rows, value)}</th>
              {table.columns.map((column, at) => {
                const count = table.cells[row]?.[at] ?? 0;
                const share = `${Math.round((60 * count) / largest)}%`;
                return (
                  <td key={column} className="amount cross__cell" style={{ '--share': share } as CSSProperties}>
                    {count === 0 ? '' : formatNumber(count, tag)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

const linesOf = ({ rows, columns, cells }: FacetTable): Lines => [
  ['', ...columns],
  ...rows.map((value, row) => [value, ...(cells[row] ?? [])]),
];

interface Props {
  state: SearchState;
  onPick: (filter: Filter) => void;
}

function OpenCross({ state, onPick }: Props) {
  const { t, tag } = useLanguage();
  const nameOf = useFacetValueName();
  const [rows, setRows] = useState<CountableName>('applicant');
  const [columns, setColumns] = useState<CountableName>('year');
  const { data, error, refetch } = useCross(state, rows, columns);
  const caption = t('answers:cross.caption', { rows: t(`facets:name.${rows}`), columns: t(`facets:name.${columns}`) });
  const heatOf = (table: FacetTable): Heat => ({
    title: caption,
    rows: table.rows.map((value) => nameOf(rows, value)),
    columns: table.columns.map((value) => nameOf(columns, value)),
    cells: table.cells,
  });
  return (
    <>
      <div className="row note">
        <Side label={t('answers:cross.rows')} value={rows} onChange={setRows} />
        <Side label={t('answers:cross.columns')} value={columns} onChange={setColumns} />
        {data === undefined ? null : (
          <FigureFiles
            title={caption}
            file={`quanlian-${rows}-${columns}`}
            lines={() => linesOf(data)}
            svg={() => heatSvg(heatOf(data), readPalette(document.body), (n) => formatNumber(n, tag))}
          />
        )}
      </div>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : (
        <CrossTable caption={caption} table={data} rows={rows} columns={columns} onPick={onPick} />
      )}
      <p className="note">{t('answers:cross.note')}</p>
    </>
  );
}

/** Two facets crossed; counted only when the reader opens it. */
export function CrossFacet(props: Props) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="facet">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <h3 className="cross__title">{t('answers:cross.title')}</h3>
        </summary>
        {isOpen ? <OpenCross {...props} /> : null}
      </details>
    </section>
  );
}
