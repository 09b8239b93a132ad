import { classOf, SEPARATOR } from './characters.js';
import { isAsciiWord, isPlainCjk } from './units.js';

/** What a UTF-16 unit may be to words and to the borders of sentences (`textBorders`), a bit each. */
export const CharacterBit = {
  known: 1,
  /** Its text must be walked through unit by unit; no other bit is of account then. */
  special: 1 << 1,
  word: 1 << 2,
  cjk: 1 << 3,
  space: 1 << 4,
  line: 1 << 5,
  /** Ends a sentence wherever it stands. */
  stop: 1 << 6,
  /** The Latin full stop, which may end one. */
  dot: 1 << 7,
  /** Goes with the stop or the full stop before it. */
  afterStop: 1 << 8,
  afterDot: 1 << 9,
  /** A letter or digit of any script. */
  letter: 1 << 10,
  digit: 1 << 11,
  /** No sentence begins with it after a Latin full stop. */
  goesOn: 1 << 12,
} as const;

const PATTERNS: readonly (readonly [bit: number, pattern: RegExp])[] = [
  [CharacterBit.space, /\s/u],
  [CharacterBit.line, /[\n\r\u2028\u2029]/u],
  [CharacterBit.stop, /[。．！？!?｡]/u],
  [CharacterBit.dot, /\./u],
  [CharacterBit.afterStop, /[”’」』）)\]"']/u],
  [CharacterBit.afterDot, /[”’)\]"']/u],
  [CharacterBit.letter, /[\p{L}\p{N}]/u],
  [CharacterBit.digit, /\p{N}/u],
];

const ASCII_GOES_ON = /[a-z0-9,;]/u;
const GOES_ON = /[\p{Ll}\p{N}]/u;

/** Half a pair, a character that is folded, or one whose part in units hangs on what stands around it. */
const isSpecial = (code: number): boolean =>
  code > 127 && ((code >= 0xd800 && code < 0xe000) || (!isPlainCjk(code) && classOf(code) !== SEPARATOR));

/**
 * All bits of a UTF-16 unit; never 0. A text that has nothing special is told by them alone: its words are the runs of
 * ASCII letters and digits, each of its CJK characters is a unit, and its borders are those of the patterns.
 */
export function characterBits(code: number): number {
  if (isSpecial(code)) return CharacterBit.known | CharacterBit.special;
  const character = String.fromCharCode(code);
  let bits: number = CharacterBit.known;
  if (isAsciiWord(code)) bits |= CharacterBit.word;
  if (isPlainCjk(code)) bits |= CharacterBit.cjk;
  for (const [bit, pattern] of PATTERNS) if (pattern.test(character)) bits |= bit;
  if ((code < 128 ? ASCII_GOES_ON : GOES_ON).test(character)) bits |= CharacterBit.goesOn;
  return bits;
}
