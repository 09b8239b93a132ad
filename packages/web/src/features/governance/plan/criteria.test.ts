import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Criterion, readCriteria, writeCriteria } from './criteria.js';

const word = fc.stringMatching(/^[\p{L}\p{N}_.-]{1,12}$/u);
const title = fc.record({ zh: word, en: word });
const value = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.constantFrom('valid', 'true', '12', 'a b', '-3.5'),
  fc.stringMatching(/^[a-z0-9 ]{1,8}$/).map((text) => text.trim() || 'x'),
);
const criterion: fc.Arbitrary<Criterion> = fc.record({
  code: word,
  title,
  when: fc.oneof(
    fc.record({ fact: word, is: value }),
    fc.record({ fact: word, moreThan: fc.integer() }),
    fc.record({ fact: word, laterThan: word }),
  ),
});

describe('criteria as lines', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(criterion, { maxLength: 5 }), (criteria) => {
        expect(readCriteria(writeCriteria(criteria))).toEqual(criteria);
      }),
    );
  });

  it('know texts, numbers, yes and no, and dates that are later than others', () => {
    const text = 'a | 甲 | A | status = valid\n\nb | 乙 | B | years > 10\nc | 丙 | C | grantedOn after filedOn';
    expect(readCriteria(text).map(({ when }) => when)).toEqual([
      { fact: 'status', is: 'valid' },
      { fact: 'years', moreThan: 10 },
      { fact: 'grantedOn', laterThan: 'filedOn' },
    ]);
    expect(readCriteria('a | 甲 | A | x = "10"')[0]?.when).toEqual({ fact: 'x', is: '10' });
  });

  it('name the line that is none', () => {
    for (const [text, line] of [
      ['a | 甲 | A', 1],
      ['a | 甲 | A | x = 1\nb | 乙 | x = 2', 2],
      ['a | 甲 | A | x > many', 1],
    ] as const)
      expect(() => readCriteria(text)).toThrow(new RegExp(`^Line ${line} `));
  });
});
