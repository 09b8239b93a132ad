import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, analyseQuery, analyserOf } from './analyse.js';
import { foldHan } from './han.js';

const terms = (text: string): string[] => analyse(text).map(({ term }) => term);
const places = (text: string): string[] => analyse(text).map(({ term, position }) => `${position}:${term}`);

describe('words', () => {
  it.each([
    ['Solid-state Battery', ['solid', 'state', 'battery']],
    ["don't snake_case a.b", ['don', 't', 'snake', 'case', 'a', 'b']],
    ['A61K 9/00', ['a61k', '9', '00']],
    ['ＬＥＤ１２', ['led12']],
    ['Müller MÜLLER', ['müller', 'müller']],
    ['Mu\u0308ller', ['müller']],
    ['Σίσυφος ΣΊΣΥΦΟΣ', ['σίσυφοσ', 'σίσυφοσ']],
    ['Батарея', ['батарея']],
    ['5 µm 5 μm', ['5', 'μm', '5', 'μm']],
    ['co\u00adoperate', ['cooperate']],
    ['ﬁlm', ['film']],
    ['🔋 cell', ['cell']],
    ['', []],
    ['— …', []],
  ])('%j gives %j', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });
});

describe('super- and subscripts', () => {
  it.each([
    ['10²', ['0:10', '1:2']],
    ['H₂O gas', ['0:h2o', '0:h', '0:2', '0:o', '1:gas']],
    ['m²/s', ['0:m2', '0:m', '0:2', '1:s']],
    ['10²m', ['0:10', '1:2m', '1:2', '1:m']],
    ['x₁²', ['0:x1', '0:x', '0:1', '1:2']],
    ['xⁿ', ['0:x', '1:n']],
    ['10⁻³', ['0:10', '1:3']],
    ['H2O', ['0:h2o']],
    ['CO₂的', ['0:co2', '0:co', '0:2', '1:的']],
  ])('%j gives %j', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });
});

describe('CJK', () => {
  it.each([
    ['固态电池', ['0:固态', '1:态电', '2:电池', '3:池']],
    ['固態電池', ['0:固态', '1:态电', '2:电池', '3:池']],
    ['LED灯，亮', ['0:led', '1:灯', '2:亮']],
    ['ｶﾞｽ', ['0:ガス', '1:ス']],
    ['カ\u3099ス', ['0:ガス', '1:ス']],
    ['カー', ['0:カー', '1:ー']],
    ['전지', ['0:전지', '1:지']],
    ['𠮷野', ['0:𠮷野', '1:野']],
    ['葛󠄀城', ['0:葛城', '1:城']],
    ['豈', ['0:岂']],
  ])('%j gives %j', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it.each([
    ['後', '后'],
    ['乾', '干'],
    ['裡', '里'],
    ['為', '为'],
    ['爲', '为'],
    ['么', '么'],
    ['予', '予'],
    ['电', '电'],
  ])('folds %s to %s', (from, to) => {
    expect(String.fromCodePoint(foldHan(from.codePointAt(0) ?? 0))).toBe(to);
  });

  it('folds to a form that folds to itself', () => {
    const codes = Array.from({ length: 0x30000 }, (_, code) => code);
    expect(codes.filter((code) => foldHan(foldHan(code)) !== foldHan(code))).toEqual([]);
  });
});

/** Pieces that meet in patents, and anything else. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Solid',
        'H₂O',
        '10²',
        'ＬＥＤ',
        '後',
        '固態',
        'ｶﾞ',
        '𠮷',
        '전지',
        'é',
        'e\u0301',
        ' ',
        '，',
        '-',
        '\u00ad',
        '\ufe0f',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

describe('any text', () => {
  it('gives tokens whose place in the text, read again, is the token', () => {
    const property = fc.property(text, (given) => {
      for (const { from, to, term, unit, unitTo, part } of analyse(given)) {
        expect(from).toBeLessThan(to);
        const again = analyse(given.slice(from, to)).filter((token) => token.position === 0);
        expect(again.map((token) => token.term)).toContain(term);
        if (!part) expect(analyse(given.slice(from, unitTo))[0]?.unit).toBe(unit);
      }
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('has its positions in order without a hole', () => {
    const property = fc.property(text, (given) => {
      const positions = analyse(given)
        .filter(({ part }) => !part)
        .map(({ position }) => position);
      expect(positions).toEqual(positions.map((_, index) => index));
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('reads the same with its characters folded beforehand, offsets apart', () => {
    const property = fc.property(text, (given) => {
      const simplified = [...given]
        .map((character) => String.fromCodePoint(foldHan(character.codePointAt(0) ?? 0)))
        .join('');
      expect(terms(simplified)).toEqual(terms(given));
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

/** The plainest reading of a phrase query over the tokens of a text. */
function contains(whole: string, wanted: string): boolean {
  const tokens = analyse(whole);
  const { parts, length } = analyseQuery(wanted);
  const fits = (start: number): boolean =>
    parts.every(({ offset, term, open }) =>
      tokens.some(
        (token) => token.position === start + offset && (open ? token.term.startsWith(term) : token.term === term),
      ),
    );
  return length > 0 && tokens.some(({ position }) => fits(position));
}

describe('any substring of a CJK run', () => {
  const run = fc.array(
    fc.constantFrom('固', '態', '电', '電', '池', '後', '干', '乾', 'カ', 'ー', '전', '지', '𠮷', '〇'),
    { minLength: 1, maxLength: 9 },
  );

  it('is found, and what is no substring is not', () => {
    const folded = (characters: readonly string[]): string =>
      characters.map((character) => String.fromCodePoint(foldHan(character.codePointAt(0) ?? 0))).join('');
    const property = fc.property(run, run, fc.nat(), fc.nat(), (characters, other, a, b) => {
      const [x, y] = [a % characters.length, b % characters.length];
      const [from, to] = [Math.min(x, y), Math.max(x, y)];
      expect(contains(`x ${characters.join('')}。`, characters.slice(from, to + 1).join(''))).toBe(true);
      expect(contains(characters.join(''), other.join(''))).toBe(folded(characters).includes(folded(other)));
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

describe('the tokens of some units alone', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', 'ab', 'é', '2', '²', ' ', '电', '池', '電', 'ｂ', '-', '\u0301'),
  });

  it('are those that all tokens have of these units', () => {
    fc.assert(
      fc.property(text, text, (long, asked) => {
        const units = new Set(analyse(asked).map(({ unit }) => unit));
        expect(analyserOf(units)(long)).toEqual(analyse(long).filter(({ unit }) => units.has(unit)));
      }),
    );
  });

  it('and those that something else accepts', () => {
    fc.assert(
      fc.property(text, (long) => {
        const accepts = (unit: string): boolean => unit.startsWith('a');
        const expected = analyse(long).filter(({ unit }) => unit === 'b' || accepts(unit));
        expect(analyserOf(new Set(['b']), accepts)(long)).toEqual(expected);
      }),
    );
  });
});
