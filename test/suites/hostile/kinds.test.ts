import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const FILES = 'test/suites/hostile/files.ts';
const FIELDS = 'packages/server/src/links/information/field-strings.test.ts';

/** Which test holds each kind of hostile input: the file, and words that stand in it. */
const KINDS: readonly (readonly [kind: string, file: string, words: string])[] = [
  ...[
    ...['billion_laughs.xml', 'quadratic_blowup.xml', 'xxe_file.xml', 'xxe_http.xml', 'xxe_parameter.xml'],
    ...['xxe_doctype_system.xml', 'xinclude.xml', 'xslt_pi.xml', 'deep_nesting.xml', 'many_attributes.xml'],
    ...['huge_attribute.xml', 'invalid_utf8.xml', 'utf16_bom.xml', 'utf7.xml', 'latin1_declared.xml', 'nul_bytes.xml'],
    ...['control_chars.xml', 'bidi_override.xml', 'html_in_title.xml', 'svg_mathml.xml', 'truncated.xml'],
    ...['two_roots.xml', 'bulk_concatenated.xml', 'bulk_one_bad.xml', 'empty.xml', 'ep_unescaped_lt.xml'],
    ...['zip_slip.zip', 'zip_ratio_1000.zip', 'zip_nested.zip', 'zip_many_files.zip', 'zip_dup_names.zip'],
    ...['zip_symlink.zip', 'zip_overlap.zip', 'gzip_bomb.gz', 'polyglot.pdf.xml'],
  ].map((name) => [name, FILES, `'${name}'`] as const),
  ['duplicate.xml', FIELDS, 'the same record again is one document with the latest content'],
  ['csv_formula.csv', FIELDS, 'a CSV has no cell that begins a formula'],
  ['gzip_bomb.gz as a body', FIELDS, 'with Content-Encoding: gzip'],
  ['field: markup and script', FIELDS, "['markup'"],
  ['field: quotes and SQL', FIELDS, "['quotes and SQL'"],
  ['field: template', FIELDS, "['template'"],
  ['field: log', FIELDS, "['log'"],
  ['field: path and NUL', FIELDS, "['NUL'"],
  ['field: bidirectional', FIELDS, "['bidirectional'"],
  ['field: zero width and combining', FIELDS, "['combining'"],
  ['field: 1 MB of one character', FIELDS, "['long'"],
  ['field: formulas in CSV and XLSX', FIELDS, 'a workbook has text in every cell and no formula'],
  ['field: regular expressions', FIELDS, "['regular expression'"],
  ['papers: control and turning characters', 'packages/server/src/work/text.test.ts', 'what no paper can hold'],
  ['pages: markup and turning characters', 'test/browser/hostile.test.ts', 'is shown as text'],
];

test.each(KINDS)('%s has a test', (_, file, words) => {
  expect(readFileSync(new URL(file, ROOT), 'utf8')).toContain(words);
});

const folder = process.env['QUANLIAN_CONFORMANCE'];
const list = join(folder ?? '', 'hostile.md');
test.skipIf(folder === undefined || !existsSync(list))('every kind of the list from outside is among them', () => {
  const names = [...readFileSync(list, 'utf8').matchAll(/^\| (\w+(?:\.\w+)+) \|/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(30);
  const known = new Set(KINDS.map(([kind]) => kind));
  expect(names.filter((name) => !known.has(name ?? ''))).toEqual([]);
});
