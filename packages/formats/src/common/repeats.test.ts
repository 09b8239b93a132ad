import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textNode } from '../xml/characters.js';
import type { XmlElement, XmlNode } from '../xml/tree.js';
import { takeRepeats } from './repeats.js';

const element = (name: string, children: XmlNode[]): XmlElement => ({
  type: 'element',
  name,
  attributes: {},
  children,
  seen: false,
});

/** What of `asked` is taken when `taken` was said by the record and `said` beside it. */
function repeats(taken: readonly string[], asked: readonly string[], said: readonly string[] = []): boolean[] {
  const nodes = asked.map((text) => textNode(text));
  const asking = element('asking', nodes);
  const before = taken.map((text) => ({ ...textNode(text), fate: 'taken' as const }));
  takeRepeats(element('root', [...before, asking]), [asking], said);
  return nodes.map(({ fate }) => fate === 'taken');
}

test('letters in a row in one text, or words that all occur', () => {
  expect(repeats(['EP 0 123 456 A1'], ['EP0123456', '23456A', '456789'])).toEqual([true, true, false]);
  expect(repeats(['pump with a valve', 'a motor'], ['valve motor', 'motor drive'])).toEqual([true, false]);
  expect(repeats(['a'], ['n/a', '—'])).toEqual([true, true]);
  expect(repeats([], ['20010203'], ['2001-02-03'])).toEqual([true]);
  // What stands in two texts does not stand in a row.
  expect(repeats(['12', '34'], ['1234'])).toEqual([false]);
});

const word = fc.constantFrom('a', 'B1', 'straße', 'STRASSE', '12', '3-4', 'n/a', '权利');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));

test('the same as going over everything', () => {
  const lettersOf = (one: string): string => one.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const wordsOf = (one: string): string[] =>
    one
      .toUpperCase()
      .replace(/\bN\/A\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  fc.assert(
    fc.property(fc.array(text), fc.array(text), fc.array(text), (taken, asked, said) => {
      const all = [...said, ...taken];
      const expected = asked.map(
        (one) =>
          all.some((other) => lettersOf(other).includes(lettersOf(one))) ||
          wordsOf(one).every((each) => all.flatMap(wordsOf).includes(each)),
      );
      expect(repeats(taken, asked, said)).toEqual(expected);
    }),
  );
});
