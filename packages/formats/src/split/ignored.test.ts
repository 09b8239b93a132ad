import { expect, test } from 'vitest';
import { whyIgnored } from './ignored.js';

test.each([
  ['a/us-patent-grant.dtd', '<!ELEMENT a ANY>', /defines a format/],
  ['list.tsv', 'number\ttitle\n1\tA\n2\tB\n', /mapping/],
  ['titles.tsv', 'A01B1\tHand tools\nA01B3\tPloughs\nA01B 3/02\tPloughs with handles\n', /quanlian scheme load/],
  ['titles.txt', 'A\tHuman necessities\nA01\tAgriculture\nA01B\tSoil working\n', /quanlian scheme load/],
  ['scheme/A01B.json', '{"a":1}', /quanlian scheme load/],
  ['codes.tsv', 'Authority\tEvent-code\tInfluence\nAR\tFA\t-\n', /quanlian events load/],
  ['readme.md', '# Words\n', /text without records/],
  ['.hidden', '', /dot/],
  ['index', '', /holds none itself/],
])('%s is passed over, and why', (name, text, why) => {
  expect(whyIgnored(name, Buffer.from(text))).toMatch(why);
});
