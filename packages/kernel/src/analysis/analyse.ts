import { ASCII_FOLDED, UNIT_CJK, UNIT_PART, UNIT_WORD, type UnitVisitor, visitUnits, walkUnits } from './units.js';

/** One entry of the index for a place in a text. */
export interface Token {
  /** The folded word, or for CJK the folded character with the one that directly follows it. */
  readonly term: string;
  /** Counts words and CJK characters of the text from 0; parts of a divided word share the position of the whole. */
  readonly position: number;
  /** UTF-16 offsets of the whole term in the text. */
  readonly from: number;
  readonly to: number;
  /** The folded word or the one folded CJK character that stands at this position. */
  readonly unit: string;
  /** The same as written. */
  readonly original: string;
  /** Where the unit ends; less than `to` for a CJK pair. */
  readonly unitTo: number;
  readonly cjk: boolean;
  /** True for a part of a word that super- or subscripts divide (H, 2 and O of H₂O). */
  readonly part: boolean;
}

/** Makes the tokens of a text out of its units; `accepts` tells those that are wanted. */
function tokenMaker(accepts?: (unit: string) => boolean): { tokens: Token[]; visit: UnitVisitor } {
  const tokens: Token[] = [];
  const visit: UnitVisitor = (kind, unit, original, position, from, to) => {
    const cjk = kind === UNIT_CJK;
    const last = tokens.length - 1;
    const before = tokens[last];
    if (cjk && before?.cjk && before.unitTo === from) tokens[last] = { ...before, term: before.unit + unit, to };
    if (accepts !== undefined && !accepts(unit)) return;
    tokens.push({ term: unit, position, from, to, unit, original, unitTo: to, cjk, part: kind === UNIT_PART });
  };
  return { tokens, visit };
}

/**
 * The tokens of a text in order of position. Words whole and case-folded; CJK as overlapping pairs of characters
 * that touch, the last of a run alone, so that any substring of a run is a phrase of pairs. Folding is per
 * character (case, width, traditional to simplified) and never moves an offset.
 */
export function analyse(text: string): Token[] {
  const { tokens, visit } = tokenMaker();
  visitUnits(text, visit);
  return tokens;
}

/**
 * Finds the tokens of some units alone: those of a set, and those that `also` accepts. That spares most of the work when
 * little of a long text matters: of other words not even a string is made.
 */
export function analyserOf(units: ReadonlySet<string>, also?: (unit: string) => boolean): (text: string) => Token[] {
  // By the first character of a word of ASCII: a bit for each length that a wanted word has, by 32 lengths.
  const lengths = new Uint32Array(128);
  for (const unit of units) {
    const first = unit.charCodeAt(0);
    if (first < 128) lengths[first] = (lengths[first] ?? 0) | (1 << unit.length);
  }
  const accepts = (unit: string): boolean => units.has(unit) || also?.(unit) === true;
  return (text) => {
    const { tokens, visit } = tokenMaker(accepts);
    walkUnits(text, {
      ascii(whole, from, to, position) {
        const first = ASCII_FOLDED[whole.charCodeAt(from)] ?? 0;
        if (also === undefined && (((lengths[first] ?? 0) >>> (to - from)) & 1) === 0) return;
        const original = whole.slice(from, to);
        const unit = original.toLowerCase();
        visit(UNIT_WORD, unit, unit === original ? unit : original, position, from, to);
      },
      cjk(code, from, position) {
        const unit = String.fromCharCode(code);
        visit(UNIT_CJK, unit, unit, position, from, from + 1);
      },
      unit: visit,
    });
    return tokens;
  };
}

/** A word of which parts are open. `expression` fits whole folded words; they begin and end with `start` and `end`. */
export interface WordPattern {
  readonly expression: RegExp;
  readonly start: string;
  readonly end: string;
}

/** One place of a query phrase, relative to the phrase's first position. */
export interface PhrasePart {
  readonly offset: number;
  readonly term: string;
  /** True when every term that begins with `term` will do: a CJK character with no neighbour in the query, or a prefix. */
  readonly open: boolean;
  /** The words that will do where some of a word's letters are open; `term` is then of no account. */
  readonly pattern?: WordPattern;
}

/** A condition of an exact search: at this place stands `unit`, written as `original`. */
export interface ExactPart {
  readonly offset: number;
  readonly unit: string;
  readonly original: string;
}

/** A query text as a phrase. `length` is the number of positions it covers; 0 means it has no words at all. */
export interface TextQuery {
  readonly length: number;
  readonly parts: readonly PhrasePart[];
  readonly exact: readonly ExactPart[];
}

/**
 * Reads a query text as the phrase to look for. A word that super- or subscripts divide stands as its joined
 * form. A run of CJK characters is the phrase of its pairs; its last character is covered by the last pair.
 * With `prefix` the last word may go on.
 */
export function analyseQuery(text: string, prefix = false): TextQuery {
  return phraseOf(
    analyse(text).filter((token) => !token.part),
    prefix,
  );
}

/** The phrase of tokens that follow each other, none of them a part of another. */
export function phraseOf(tokens: readonly Token[], prefix = false): TextQuery {
  const parts: PhrasePart[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const covered = token.cjk && before?.cjk === true && before.unitTo === token.from;
    const alone = token.cjk && token.term === token.unit;
    const open = alone || (prefix && index === tokens.length - 1);
    if (!(covered && alone)) parts.push({ offset: token.position, term: token.term, open });
  });
  const exact = tokens.map(({ position, unit, original }) => ({ offset: position, unit, original }));
  return { length: tokens.length, parts, exact };
}
