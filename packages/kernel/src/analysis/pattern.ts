import { analyse, type PhrasePart, phraseOf, type TextQuery, type Token, type WordPattern } from './analyse.js';

/** A stretch of characters that a pattern leaves open. */
export interface OpenStretch {
  readonly min: number;
  readonly max?: number | undefined;
}

/** Phrases one after another, with so many positions free between each and the next. */
export interface PatternQuery {
  readonly phrases: readonly TextQuery[];
  readonly gaps: readonly OpenStretch[];
}

/** Stands for an open stretch while the text around it is read: a letter of no word that is ever searched. */
const STAND_IN = '\ua66e';

const CJK_START =
  '(?![\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Hangul}\u30fc])';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

function wordPattern(unit: string, stretches: readonly OpenStretch[]): WordPattern {
  const literals = unit.split(STAND_IN);
  const source = literals.map((literal, i) => {
    const stretch = stretches[i];
    return escaped(literal) + (stretch === undefined ? '' : `.{${stretch.min},${stretch.max ?? ''}}`);
  });
  return {
    expression: new RegExp(`^${CJK_START}${source.join('')}$`, 'su'),
    start: literals[0] ?? '',
    end: literals[literals.length - 1] ?? '',
  };
}

const isOpenAlone = (token: Token): boolean => [...token.unit].every((character) => character === STAND_IN);

const sum = (stretches: readonly OpenStretch[]): OpenStretch => ({
  min: stretches.reduce((total, { min }) => total + min, 0),
  max: stretches.reduce<number | undefined>(
    (total, { max }) => (total === undefined || max === undefined ? undefined : total + max),
    0,
  ),
});

interface Piece {
  readonly tokens: Token[];
  readonly patterns: Map<Token, WordPattern>;
}

function toQuery({ tokens, patterns }: Piece): TextQuery {
  const first = tokens[0]?.position ?? 0;
  const { parts, ...rest } = phraseOf(tokens.map((token) => ({ ...token, position: token.position - first })));
  const byOffset = new Map([...patterns].map(([token, pattern]) => [token.position - first, pattern]));
  const withPatterns = parts.map((part): PhrasePart => {
    const pattern = byOffset.get(part.offset);
    return pattern === undefined ? part : { ...part, pattern };
  });
  return { ...rest, parts: withPatterns };
}

/**
 * Reads a pattern: literal texts and open stretches in turn. In a word an open stretch is of its letters; between
 * Chinese, Japanese or Korean characters it is of characters, so the text falls into phrases with gaps. An open
 * stretch at the edge of such characters that may be empty changes nothing and is left out. Undefined when one that
 * may not be empty stands there, because a text has no end that a character could be missing from.
 */
export function analysePattern(parts: readonly (string | OpenStretch)[]): PatternQuery | undefined {
  const stretches = parts.filter((part) => typeof part !== 'string');
  const text = parts.map((part) => (typeof part === 'string' ? part.replaceAll(STAND_IN, ' ') : STAND_IN)).join('');
  const tokens = analyse(text).filter((token) => !token.part);
  const pieces: Piece[] = [{ tokens: [], patterns: new Map() }];
  const gaps: OpenStretch[] = [];
  let used = 0;
  for (const [i, token] of tokens.entries()) {
    const count = token.unit.split(STAND_IN).length - 1;
    const own = stretches.slice(used, used + count);
    used += count;
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const touchesBefore = before?.cjk === true && before.unitTo === token.from;
    const touchesAfter = after?.cjk === true && after.from === token.unitTo;
    const piece = pieces[pieces.length - 1] as Piece;
    if (count > 0 && isOpenAlone(token) && (touchesBefore || touchesAfter)) {
      const stretch = sum(own);
      if (touchesBefore && touchesAfter) {
        gaps.push(stretch);
        pieces.push({ tokens: [], patterns: new Map() });
      } else if (stretch.min > 0 || (before !== undefined && after !== undefined)) return undefined;
      continue;
    }
    if (count > 0) piece.patterns.set(token, wordPattern(token.unit, own));
    piece.tokens.push(token);
  }
  return { phrases: pieces.map(toQuery), gaps };
}
