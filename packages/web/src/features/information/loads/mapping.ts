import type { PatentDocument } from '@quanlian/contract';

/** A column, with the text between several values of one cell. */
type ColumnMeaning = string | { column: string; split?: string };

/** What the columns of a table mean, as the server takes it. */
export interface TableMapping {
  name: string;
  dates: 'ymd' | 'dmy' | 'mdy';
  lang: string;
  office?: string;
  delimiter?: string;
  encoding?: string;
  fields: Record<string, ColumnMeaning>;
}

export interface MappingsAnswer {
  fields: string[];
  mappings: Record<string, TableMapping>;
}

export interface TablePreview {
  columns: string[];
  rows: string[][];
  guess: Record<string, ColumnMeaning>;
  /** What the cells were read in where the file does not tell it. */
  encoding?: string;
  results: { row: number; document?: PatentDocument; code?: string; message?: string }[];
}

/** A mapping while people make it: what each column means, by the column's name. */
export interface Draft {
  dates: TableMapping['dates'];
  lang: string;
  office: string;
  /** Empty: recognized by its bytes. */
  encoding: string;
  columns: Record<string, { field: string; split: string }>;
}

/** Fields that hold several values, so that a cell may have a text between them. */
const LISTS = new Set([
  'applicants',
  'inventors',
  'assignees',
  'proprietors',
  'agents',
  'priorities',
  'ipc',
  'cpc',
  'uspc',
  'citations',
  'literature',
  'claims',
]);
export const takesSeveral = (field: string): boolean => LISTS.has(field);

/** The text that most cells of a column have between several values; empty when there is none. */
export function guessSplit(cells: readonly string[]): string {
  return [';;', ';', '；', '|', '、'].find((text) => cells.some((cell) => cell.includes(text))) ?? '';
}

/** A draft from what is known of the columns of a table; columns the table lacks are left out. */
export function draftOf(preview: TablePreview, fields: TableMapping['fields'], base?: TableMapping): Draft {
  const columns: Draft['columns'] = {};
  for (const [field, meaning] of Object.entries(fields)) {
    const column = typeof meaning === 'string' ? meaning : meaning.column;
    const place = preview.columns.indexOf(column);
    if (place < 0) continue;
    const given = typeof meaning === 'string' ? undefined : meaning.split;
    const cells = preview.rows.map((row) => row[place] ?? '');
    columns[column] = { field, split: takesSeveral(field) ? (given ?? guessSplit(cells)) : '' };
  }
  return {
    dates: base?.dates ?? 'ymd',
    lang: base?.lang ?? 'en',
    office: base?.office ?? '',
    encoding: base?.encoding ?? preview.encoding ?? '',
    columns,
  };
}

/** The mapping a draft stands for. */
export function mappingOf(name: string, { dates, lang, office, encoding, columns }: Draft): TableMapping {
  const fields = Object.entries(columns).map(([column, { field, split }]): [string, ColumnMeaning] => [
    field,
    split === '' ? column : { column, split },
  ]);
  return {
    name,
    dates,
    lang,
    ...(office === '' ? {} : { office }),
    ...(encoding === '' ? {} : { encoding }),
    fields: Object.fromEntries(fields),
  };
}
