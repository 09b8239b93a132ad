import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parsePaths } from '@quanlian/formats';
import { describe, expect, test } from 'vitest';

const folder = process.env['QUANLIAN_REAL_DATA'];
const DOC = new URL('../../docs/formats.md', import.meta.url);
const [BEGIN, END] = ['<!-- files: begin -->', '<!-- files: end -->'];

/** What became of the files of one folder. */
interface Row {
  readonly formats: Map<string, number>;
  readonly refused: Map<string, number>;
  readonly files: Set<string>;
}

if (!folder) process.stdout.write('Skipped: QUANLIAN_REAL_DATA names no folder of real office data.\n');

describe.skipIf(!folder)('every file of the collection', () => {
  test('is read or refused with a reason', async () => {
    const rows = new Map<string, Row>();
    const reader = await parsePaths([folder ?? '']);
    for await (const item of reader) {
      const row = rowOf(rows, relative(folder ?? '', item.file));
      row.files.add(item.file);
      if (item.type === 'failure') {
        expect(item.failure.message.length).toBeGreaterThan(10);
        expect(item.failure.code).not.toBe('record.reader_failed');
        const reason = reasonOf(item.failure.code, item.failure.message);
        row.refused.set(reason, (row.refused.get(reason) ?? 0) + 1);
      } else {
        const format =
          item.type === 'document' ? (item.document.sources.at(-1)?.format ?? '').replace(/:.*/, '') : 'image';
        row.formats.set(format, (row.formats.get(format) ?? 0) + 1);
      }
    }
    const table = markdown(
      rows,
      reader.report().passedOver.map(({ why }) => why),
    );
    process.stdout.write(`${table}\n`);
    if (process.env['QUANLIAN_UPDATE_DOCS']) {
      const text = readFileSync(DOC, 'utf8');
      const pattern = new RegExp(`${BEGIN}[\\s\\S]*${END}`);
      expect(text).toMatch(pattern);
      writeFileSync(
        DOC,
        text.replace(pattern, () => `${BEGIN}\n\n${table}\n\n${END}`),
      );
    }
  });
});

function rowOf(rows: Map<string, Row>, path: string): Row {
  const parts = path.split('!')[0]?.split('/') ?? [];
  const name = parts.slice(0, Math.min(2, parts.length - 1)).join('/');
  const row = rows.get(name) ?? { formats: new Map(), refused: new Map(), files: new Set() };
  rows.set(name, row);
  return row;
}

/** A reason without the names of files and numbers, so that equal ones count together. */
function reasonOf(code: string, message: string): string {
  const root = /root element is <([^>]+)>/.exec(message)?.[1];
  if (root) return `root element \`${root}\``;
  const why = /was not loaded: (.*)\.$/.exec(message)?.[1] ?? message;
  return `\`${code}\`: ${
    why
      .replace(/line \d+, column \d+/, 'line …')
      .replace(/\d+\/\d+|\d{6,}/g, '…')
      .split(/[;:]/)[0]
  }`;
}

function markdown(rows: ReadonlyMap<string, Row>, ignored: readonly string[]): string {
  const counts = (map: ReadonlyMap<string, number>): string =>
    [...map]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || '–';
  const lines = [...rows]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, row]) => `| \`${name}\` | ${row.files.size} | ${counts(row.formats)} | ${counts(row.refused)} |`);
  const reasons = new Map<string, number>();
  for (const why of ignored) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  return [
    '| folder | files | records by format | refused, and why |',
    '| --- | ---: | --- | --- |',
    ...lines,
    '',
    `${ignored.length} files beside them hold no records and are passed over:`,
    '',
    ...[...reasons].sort((a, b) => b[1] - a[1]).map(([why, count]) => `- ${count}: ${why}`),
  ].join('\n');
}
