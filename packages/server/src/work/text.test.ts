import { expect, test } from 'vitest';
import { printable } from './text.js';

test.each([
  ['a\u0000b\u001b[2Jc\u0085', 'ab[2Jc'],
  ['A\u202egnp.exe\u2069', 'Agnp.exe'],
  ['one\r\ntwo\rthree\ttab', 'one\ntwo\nthree\ttab'],
  ['half \ud800 of 😀 <b>&', 'half \ufffd of 😀 <b>&'],
])('%j is printed without what no paper can hold', (text, printed) => {
  expect(printable(text)).toBe(printed);
});
