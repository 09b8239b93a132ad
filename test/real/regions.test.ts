import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The list of codes of 2007, as it was published. */
const LIST = join(process.env['QUANLIAN_REAL_DATA'] ?? '', 'classification', 'country', 'wipo-st3-codes-2007.tsv');
const NAMES = new URL('../../rules/names/st3.json', import.meta.url);

/** Names that states and offices changed after 2007, and slips of the published list. */
const CHANGED = ['AG', 'AP', 'BO', 'CI', 'CV', 'EM', 'GS', 'HK', 'LY', 'MK', 'MO', 'NL', 'QZ', 'SH', 'SZ', 'TR', 'VE'];

it('names every code of the published list with its wording (needs QUANLIAN_REAL_DATA)', ({ skip }) => {
  if (!process.env['QUANLIAN_REAL_DATA'] || !existsSync(LIST)) skip('QUANLIAN_REAL_DATA has no list of codes');
  const { regions } = JSON.parse(readFileSync(NAMES, 'utf8')) as {
    regions: { code: string; name: { en: string } }[];
  };
  const ours = new Map(regions.map(({ code, name }) => [code, name.en]));
  const listed = readFileSync(LIST, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split('\t'))
    .filter((cells): cells is [string, string] => cells.length === 2);
  expect(listed.length).toBeGreaterThan(200);
  expect(listed.filter(([code]) => !ours.has(code))).toEqual([]);
  const differ = listed.filter(([code, name]) => ours.get(code) !== name).map(([code]) => code);
  expect(differ.sort()).toEqual(CHANGED);
});
