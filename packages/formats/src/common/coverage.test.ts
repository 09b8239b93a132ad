import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INNER_ROOTS, readerOfRoot, rootsOf } from '../readers.js';
import { createXmlSplitter } from '../split/xml.js';
import { parseXml } from '../xml/parse.js';
import { leaveOut, value, type XmlElement } from '../xml/tree.js';
import { measure } from './coverage.js';

test('every character is taken, left out with a reason, or unknown', () => {
  const { root } = parseXml('<r><a>12 3</a><b>45</b><c><d>6</d></c><e f="1"/><g/></r>');
  value(root, 'a');
  const b = root.children[1] as XmlElement;
  leaveOut(b, 'twice');
  const coverage = measure(root, [['*/c/d', 'ruled out']]);
  expect(coverage).toEqual({
    records: 1,
    total: 6,
    taken: 3,
    leftOut: { 'r/b — twice': 2, 'r/c/d — ruled out': 1 },
    unknown: 0,
    unknownElements: { 'r/e': 1, 'r/g': 1 },
  });
  expect(measure(parseXml('<r><x>7</x></r>').root, [])).toMatchObject({ unknown: 1, unknownElements: { 'r/x': 1 } });
});

const FIXTURES = [
  'us-ice/fixtures/grant.xml',
  'us-ice/fixtures/kinds.xml',
  'us-ice/fixtures/plant.xml',
  'us-pap/fixtures/corrected.xml',
  'us-st32/fixtures/reissue.xml',
  'kipris/fixtures/bibliography.xml',
  'tipo/fixtures/laid-open.xml',
  'ep-st36/fixtures/grant.xml',
  'docdb/fixtures/exchange.xml',
  'cnipa/fixtures/application.xml',
];

test.each(FIXTURES)('what counts as taken in %s stands in the document', (path) => {
  const splitter = createXmlSplitter({ roots: rootsOf(undefined), inner: INNER_ROOTS });
  const bytes = readFileSync(new URL(`../../src/${path}`, import.meta.url));
  for (const split of [...splitter.push(bytes), ...splitter.end()]) {
    if (split.kind !== 'record') continue;
    const { root } = parseXml(Buffer.from(split.bytes).toString('utf8'));
    const draft = readerOfRoot(split.root)?.read(root, split.context);
    const output = JSON.stringify(draft).normalize('NFKC');
    expect(takenWords(root).filter((word) => !output.includes(word))).toEqual([]);
    expect(measure(root, readerOfRoot(split.root)?.leftOut ?? []).unknownElements).toEqual({});
  }
});

/** Words of four letters and more, and Chinese characters, of all text marked as taken; markup inside text aside. */
function takenWords(element: XmlElement): string[] {
  return element.children.flatMap((node) => {
    if (node.type === 'element') return node.name === 'MathText' ? [] : takenWords(node);
    if (node.type !== 'text' || node.fate !== 'taken') return [];
    const words = node.text.normalize('NFKC').match(/\p{L}{4,}|\p{Script=Han}/gu) ?? [];
    // Who made a classification (the tail of an ST.8 line) and the words "cited by" are no content.
    return words.filter((word) => !/^[A-Z]{2,3}(?:DE|EP)$|^cited$/.test(word));
  });
}
