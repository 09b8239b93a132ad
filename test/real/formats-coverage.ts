import { readFileSync, writeFileSync } from 'node:fs';
import type { Coverage } from '@quanlian/formats';

const DOC = new URL('../../docs/formats.md', import.meta.url);
const [BEGIN, END] = ['<!-- coverage: begin -->', '<!-- coverage: end -->'];

/** What became of the characters of one format in one set of files. */
export interface Measured {
  readonly format: string;
  /** Short name of the set, shown where a format occurs in several. */
  readonly set: string;
  readonly coverage: Coverage;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');

/** Two places, and never a whole hundred that is none. */
function percent(part: number, whole: number): string {
  if (part === whole) return '100 %';
  return part === 0 ? '0 %' : `${(Math.floor((10_000 * part) / whole) / 100).toFixed(2)} %`;
}

function cells({ format, set, coverage }: Measured, isAlone: boolean): string[] {
  const { records, total, taken, unknown } = coverage;
  const name = isAlone ? `\`${format}\`` : `\`${format}\` (${set})`;
  return [name, grouped(records), grouped(total), percent(taken, total), grouped(total - taken - unknown)];
}

/** The rows of the table of coverage, one for each format in each set. */
function rowsOf(measured: readonly Measured[]): string[][] {
  const sets = new Map<string, number>();
  for (const { format } of measured) sets.set(format, (sets.get(format) ?? 0) + 1);
  return measured.map((one) => cells(one, sets.get(one.format) === 1));
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [['format', 'records', 'characters', 'taken', 'left out (characters)'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const [head = [], ...rest] = all;
  return [line(head), `| ${rule.join(' | ')} |`, ...rest.map(line)].join('\n');
}

/** The rows that the documentation has. */
function documented(text: string): string[][] {
  const [, table = ''] = new RegExp(`${BEGIN}([\\s\\S]*)${END}`).exec(text) ?? [];
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/**
 * Rows of the documentation that say something else of as many records of a format as were measured; another collection
 * has other numbers. With `QUANLIAN_UPDATE_DOCS` the table is written anew.
 */
export function compareWithDocs(
  measured: readonly Measured[],
): { readonly said: string[]; readonly found: string[] }[] {
  const rows = rowsOf(measured);
  const text = readFileSync(DOC, 'utf8');
  if (process.env['QUANLIAN_UPDATE_DOCS']) {
    const block = `${BEGIN}\n\n${tableOf(rows)}\n\n${END}`;
    writeFileSync(
      DOC,
      text.replace(new RegExp(`${BEGIN}[\\s\\S]*${END}`), () => block),
    );
    return [];
  }
  const before = documented(text);
  return rows.flatMap((found) => {
    const said = before.find(([name, records]) => name === found[0] && records === found[1]);
    return said && said.join() !== found.join() ? [{ said, found }] : [];
  });
}
