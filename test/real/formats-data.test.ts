import { basename } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { type Coverage, FORMATS } from '@quanlian/formats';
import { describe, expect, test } from 'vitest';
import { compareWithDocs, type Measured } from './formats-coverage.js';
import { readSet, SETS, type SetResult } from './formats-report.js';

const folder = process.env['QUANLIAN_REAL_DATA'];

/** Characters that reach the document, of all characters. */
const share = ({ total, taken }: Coverage): number => (total === 0 ? 1 : taken / total);

if (!folder) process.stdout.write('Skipped: QUANLIAN_REAL_DATA names no folder of real office data.\n');

/** Formats of which the sets hold no file: our own, tables, which a mapping tells, and what is known by fixtures only. */
const WITHOUT_FILES: ReadonlySet<string> = new Set(['patent-document', 'table', 'wo-pamphlet']);

describe.skipIf(!folder)('real office data', () => {
  const measured: Measured[] = [];
  for (const set of SETS) {
    test(`${set.name} load`, async () => {
      const counts: string[] = [];
      const result = await readSet(folder ?? '', set.path, ({ document }) => counts.push(...claimsDiffer(document)));
      const broken = result.failures.filter((item) => item.failure.code !== 'load.unknown_format');
      expect(broken.map((item) => basename(item.file)).sort()).toEqual([...set.malformed].sort());
      expect(result.report.read).toBeGreaterThan(0);
      expect(counts).toEqual([]);
      for (const [format, coverage] of Object.entries(result.report.coverage)) {
        expect(share(coverage), format).toBeGreaterThanOrEqual(0.995);
        measured.push({ format, set: set.name, coverage });
      }
      expect(result.report.unknownElements).toEqual({});
      print(set.name, result);
    });
  }

  test('every format was measured, and the documentation says the same', () => {
    // The parts of answers of OPS are formats of their own in the account.
    const found = new Set(measured.map(({ format }) => (format.startsWith('ops-') ? 'ops-xml' : format)));
    expect(FORMATS.filter((format) => !found.has(format) && !WITHOUT_FILES.has(format))).toEqual([]);
    expect(compareWithDocs(measured)).toEqual([]);
  });
});

/** A US grant says how many claims it has. */
function claimsDiffer(document: PatentDocument): string[] {
  const said = document.extra?.['numberOfClaims'];
  const found = document.claims?.length ?? 0;
  return typeof said === 'number' && said !== found ? [`${document.id}: ${found} claims, the field says ${said}`] : [];
}

function print(name: string, { report, failures, files }: SetResult): void {
  const unread = failures.filter((item) => item.failure.code === 'load.unknown_format').length;
  const lines = Object.entries(report.coverage).map(([format, c]) => {
    const percent = (count: number): string => ((100 * count) / c.total).toFixed(2);
    const left = Object.values(c.leftOut).reduce((sum, count) => sum + count, 0);
    return `  ${format}: ${c.records} records, ${c.total} characters, ${percent(c.taken)} % taken, ${percent(left)} % left out, ${percent(c.unknown)} % unknown`;
  });
  const text = `${name}: ${files.size} files, ${report.read} records, failures ${JSON.stringify(report.failures)}, of other formats ${unread}, ignored ${report.ignored}\n${lines.join('\n')}\n`;
  process.stdout.write(`${text}  unknown elements ${JSON.stringify(report.unknownElements)}\n`);
  if (process.env['QUANLIAN_LEFT_OUT'])
    for (const c of Object.values(report.coverage)) process.stdout.write(`${JSON.stringify(c.leftOut, null, 1)}\n`);
}
