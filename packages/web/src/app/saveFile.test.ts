import { expect, it } from 'vitest';
import { toCsv } from './saveFile.js';

it('quotes what CSV needs quoted and defuses formulas', () => {
  expect(
    toCsv([
      ['a,b', 'say "x"', 3],
      ['=SUM(A1)', 'line\nbreak', -2],
    ]),
  ).toBe('\uFEFF"a,b","say ""x""",3\r\n\'=SUM(A1),"line\nbreak",-2\r\n');
});
