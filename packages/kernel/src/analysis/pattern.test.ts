import { describe, expect, it } from 'vitest';
import { analysePattern } from './pattern.js';

const ANY = { min: 0 };
const ONE = { min: 1, max: 1 };

describe('a pattern', () => {
  it.each([
    [['comput', ANY], ['computer', 'comput'], ['compost']],
    [[ANY, 'phase'], ['interphase', 'phase'], ['phases']],
    [
      ['Wom', ONE, 'n'],
      ['woman', 'women'],
      ['womn', 'womaan'],
    ],
    [['colo', { min: 0, max: 1 }, 'r'], ['color', 'colour'], ['coloeur']],
    [
      [ANY, 'a', ANY],
      ['a', 'bar'],
      ['b', '电a'],
    ],
  ])('%j fits whole words', (parts, fitting, others) => {
    const [phrase] = analysePattern(parts)?.phrases ?? [];
    const expression = phrase?.parts[0]?.pattern?.expression ?? /never/;
    expect(fitting.filter((word) => expression.test(word))).toEqual(fitting);
    expect(others.filter((word) => expression.test(word))).toEqual([]);
  });

  it('is a phrase where its literals are several words', () => {
    const [phrase] = analysePattern(['solid-stat', ANY, ' cell'])?.phrases ?? [];
    expect(phrase?.parts.map(({ term, offset, pattern }) => [offset, pattern?.start ?? term])).toEqual([
      [0, 'solid'],
      [1, 'stat'],
      [2, 'cell'],
    ]);
  });

  it('leaves characters open between CJK characters', () => {
    const found = analysePattern(['固态', ONE, '池']);
    expect(found?.gaps).toEqual([{ min: 1, max: 1 }]);
    expect(found?.phrases.map(({ length }) => length)).toEqual([2, 1]);
  });

  it('takes an open end of CJK text as the substring it is, and refuses a character beyond', () => {
    expect(analysePattern([ANY, '电池', ANY])).toMatchObject({ phrases: [{ length: 2 }], gaps: [] });
    expect(analysePattern(['电池', ONE])).toBeUndefined();
  });
});
