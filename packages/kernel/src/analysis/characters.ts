import { foldHan } from './han.js';

/** What a character is to the analyser. */
export const SEPARATOR = 0;
/** A letter, mark or digit of a script that writes words. */
export const WORD = 1;
/** A Han, kana, bopomofo or Hangul character: a unit of its own. */
export const CJK = 2;
export const SUPERSCRIPT = 3;
export const SUBSCRIPT = 4;
/** Invisible within a word: soft hyphen, joiners, variation selectors. */
export const IGNORED = 5;
/** A kana voicing mark that belongs to the kana before it. */
export const VOICING = 6;

const UNKNOWN = 255;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹ⁱⁿ';
const SUPERSCRIPT_BASES = '0123456789in';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜ';
const SUBSCRIPT_BASES = '0123456789aeoxhklmnpst';
/** The sound mark ー and its half-width form are shared by both kana, so their script property says "common". */
const CJK_PATTERN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\u30fc\uff70]/u;
const WORD_PATTERN = /[\p{L}\p{M}\p{N}]/u;
const IGNORED_PATTERN =
  /\u00ad|\u200c|\u200d|\u2060|\ufeff|\u180b|\u180c|\u180d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u;
const VOICING_PATTERN = /[\u3099\u309a\uff9e\uff9f]/;

function classify(character: string): number {
  if (SUPERSCRIPTS.includes(character)) return SUPERSCRIPT;
  if (SUBSCRIPTS.includes(character)) return SUBSCRIPT;
  if (IGNORED_PATTERN.test(character)) return IGNORED;
  if (VOICING_PATTERN.test(character)) return VOICING;
  if (CJK_PATTERN.test(character)) return CJK;
  return WORD_PATTERN.test(character) ? WORD : SEPARATOR;
}

const classes = new Uint8Array(0x10000).fill(UNKNOWN);

/** The class of a code point, remembered for the basic plane. */
export function classOf(code: number): number {
  if (code > 0xffff) return classify(String.fromCodePoint(code));
  const known = classes[code];
  if (known !== undefined && known !== UNKNOWN) return known;
  const found = classify(String.fromCharCode(code));
  classes[code] = found;
  return found;
}

const isFullWidth = (code: number): boolean => code >= 0xff01 && code <= 0xff5e;
const isLatinLigature = (code: number): boolean => code >= 0xfb00 && code <= 0xfb06;
/** Forms that lower-casing leaves apart though they are one letter. */
const SAME_LETTER: Readonly<Record<string, string>> = { ς: 'σ', ſ: 's', '\u00b5': 'μ' };

function foldWordCharacter(code: number): string {
  if (isFullWidth(code)) return String.fromCharCode(code - 0xfee0).toLowerCase();
  const character = String.fromCodePoint(code);
  const script = SUPERSCRIPTS.indexOf(character);
  if (script >= 0) return SUPERSCRIPT_BASES.charAt(script);
  const below = SUBSCRIPTS.indexOf(character);
  if (below >= 0) return SUBSCRIPT_BASES.charAt(below);
  const lower = isLatinLigature(code) ? character.normalize('NFKC') : character.toLowerCase();
  return SAME_LETTER[lower] ?? lower;
}

const ASCII = /^[\0-\x7f]*$/;

/** A word without its invisible characters, as written: the form an exact search compares. */
export function originalWord(text: string): string {
  if (ASCII.test(text)) return text;
  let kept = '';
  for (const character of text) if (classOf(character.codePointAt(0) ?? 0) !== IGNORED) kept += character;
  return kept.normalize('NFC');
}

/** A word folded character by character: case, full and half width, super- and subscripts, composed form. */
export function foldWord(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (classOf(code) !== IGNORED) folded += foldWordCharacter(code);
  }
  return folded.normalize('NFC');
}

const isHalfWidthKana = (code: number): boolean => code >= 0xff65 && code <= 0xff9f;
const isHalfWidthHangul = (code: number): boolean => code >= 0xffa0 && code <= 0xffdc;

/** The code point that a CJK character without a voicing mark folds to. */
export function foldCjkCode(code: number): number {
  if (isHalfWidthKana(code) || isHalfWidthHangul(code)) {
    return String.fromCharCode(code).normalize('NFKC').codePointAt(0) ?? code;
  }
  return foldHan(code);
}

const cjkUnits = new Map<string, string>();

function foldCjkText(text: string): string {
  const folded = foldCjkCode(text.codePointAt(0) ?? 0);
  const voicing = VOICING_PATTERN.exec(text)?.[0];
  const base = String.fromCodePoint(folded);
  if (voicing === undefined) return base;
  const composed = (base + (voicing === '\u309a' || voicing === '\uff9f' ? '\u309a' : '\u3099')).normalize('NFC');
  return composed.length === 1 ? composed : base;
}

/** One CJK unit (a character, with its voicing mark if that is written apart) folded to exactly one code point. */
export function foldCjk(text: string): string {
  const known = cjkUnits.get(text);
  if (known !== undefined) return known;
  const folded = foldCjkText(text);
  if (cjkUnits.size < 0x20000) cjkUnits.set(text, folded);
  return folded;
}
