import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measure } from '../../packages/formats/src/common/coverage.js';
import { readerOfRoot } from '../../packages/formats/src/readers.js';
import { parseXml } from '../../packages/formats/src/xml/parse.js';
import type { XmlElement } from '../../packages/formats/src/xml/tree.js';
import { documentOf } from './dtd-document.js';

/** The roots of the DTDs of US publications by the names of their files. */
const ROOTS: readonly (readonly [RegExp, string])[] = [
  [/^pap-v\d+/, 'patent-application-publication'],
  [/^ST32-US-Grant-025xml\.dtd$/, 'PATDOC'],
  [/^us-patent-application-v4/, 'us-patent-application'],
  [/^(?:us-patent-grant-)?v4\d/, 'us-patent-grant'],
];

/** Empty elements that stand for a page of the printed document. */
const NAMED = /\/doc-page$/;
/** Text that is taken for what it does: a place in a list, the edition of a class printed beside, a class by parts. */
const USED =
  /\/(?:rank-number|classification-(?:ipc|national)\/[\w-]+|inventor\/addressbook\/role|deceased-inventor\/role|(?:B582|B583US|PNC)\/PDAT)$/;

const folder = process.env['QUANLIAN_REAL_DATA'];
const files =
  folder === undefined
    ? []
    : readdirSync(join(folder, 'uspto-xml'), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.dtd'),
      );
const found = files.flatMap((file) => {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const root = ROOTS.find(([pattern]) => pattern.test(name))?.[1];
  return root === undefined ? [] : [{ file, root }];
});

/** Words, dates and numbers that were taken and are none of those in the document, by their paths. */
function lost(element: XmlElement, document: { text: string; words: ReadonlySet<string> }, path: string): string[] {
  return element.children.flatMap((node) => {
    if (node.type === 'element') return lost(node, document, `${path}/${node.name}`);
    if (node.type !== 'text' || node.fate !== 'taken') return [];
    const text = node.text.trim().toLowerCase();
    const date = text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
    if (text.startsWith('w')) return document.words.has(text) ? [] : [path];
    return !/^\d+$/.test(text) || document.text.includes(text) || document.text.includes(date) ? [] : [path];
  });
}

describe.skipIf(found.length === 0)('every element a DTD allows is taken, left out by rule, or named', () => {
  test.each(found)('$file', ({ file, root: name }) => {
    const text = documentOf(readFileSync(join(folder ?? '', 'uspto-xml', file), 'utf8'), name);
    const { root } = parseXml(text);
    const reader = readerOfRoot(name);
    const output = JSON.stringify(reader?.read(root, {})).normalize('NFKC').toLowerCase();
    const { unknownElements, total } = measure(root, reader?.leftOut ?? []);
    expect(total).toBeGreaterThan(1000);
    expect(Object.keys(unknownElements).filter((path) => !NAMED.test(path))).toEqual([]);
    const words = new Set(output.match(/w\d+/g));
    expect(lost(root, { text: output, words }, name).filter((path) => !USED.test(path))).toEqual([]);
  });
});
