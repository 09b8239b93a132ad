import {
  CJK,
  classOf,
  foldCjk,
  foldCjkCode,
  foldWord,
  IGNORED,
  originalWord,
  SEPARATOR,
  SUBSCRIPT,
  SUPERSCRIPT,
  VOICING,
  WORD,
} from './characters.js';

/** A word, or the joined form of a word that super- and subscripts divide. */
export const UNIT_WORD = 0;
/** One CJK character. */
export const UNIT_CJK = 1;
/** A part of a divided word; it shares the position of its joined form. */
export const UNIT_PART = 2;

/**
 * Takes one unit of a text. `unit` is the folded form, `original` the form as written (the same string when
 * nothing was folded), `position` counts words and CJK characters from 0, `from` and `to` are UTF-16 offsets.
 */
export type UnitVisitor = (
  kind: number,
  unit: string,
  original: string,
  position: number,
  from: number,
  to: number,
) => void;

interface Piece {
  readonly unit: string;
  readonly original: string;
  readonly from: number;
  readonly to: number;
}

const startsWithDigit = (text: string): boolean => /^\p{N}/u.test(text);
const endsWithDigit = (text: string): boolean => /\p{N}$/u.test(text);
/** A letter and a digit that meet at a super- or subscript belong to one name (H₂O); two digits never do (10²). */
const joins = (left: Piece, right: Piece): boolean => endsWithDigit(left.unit) !== startsWithDigit(right.unit);

function isWordClass(kind: number): boolean {
  return kind === WORD || kind === SUPERSCRIPT || kind === SUBSCRIPT || kind === IGNORED;
}

const codeWidth = (code: number): number => (code > 0xffff ? 2 : 1);

function makePiece(text: string, from: number, to: number): Piece {
  const raw = text.slice(from, to);
  const unit = foldWord(raw);
  const original = originalWord(raw);
  return { unit, original: original === unit ? unit : original, from, to };
}

function readPieces(text: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  let level = SEPARATOR;
  let at = start;
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    const kind = classOf(code);
    if (!isWordClass(kind)) break;
    if (kind !== IGNORED && kind !== level) {
      if (level !== SEPARATOR) {
        pieces.push(makePiece(text, from, at));
        from = at;
      }
      level = kind;
    }
    at += codeWidth(code);
  }
  pieces.push(makePiece(text, from, at));
  return pieces;
}

function visitChain(text: string, chain: readonly Piece[], position: number, visit: UnitVisitor): void {
  const first = chain[0];
  const last = chain[chain.length - 1];
  if (first === undefined || last === undefined) return;
  if (chain.length === 1) {
    visit(UNIT_WORD, first.unit, first.original, position, first.from, first.to);
    return;
  }
  const whole = makePiece(text, first.from, last.to);
  visit(UNIT_WORD, whole.unit, whole.original, position, whole.from, whole.to);
  for (const piece of chain) visit(UNIT_PART, piece.unit, piece.original, position, piece.from, piece.to);
}

/** The slow path of a word: marks, other scripts, super- and subscripts. Returns where it ends and the positions it took. */
function visitWord(text: string, start: number, position: number, visit: UnitVisitor): { end: number; next: number } {
  const pieces = readPieces(text, start).filter((piece) => piece.unit !== '');
  let next = position;
  let chain: Piece[] = [];
  let end = start;
  for (const piece of pieces) {
    const before = chain[chain.length - 1];
    if (before !== undefined && !joins(before, piece)) {
      visitChain(text, chain, next++, visit);
      chain = [];
    }
    chain.push(piece);
    end = piece.to;
  }
  if (chain.length > 0) visitChain(text, chain, next++, visit);
  return { end: Math.max(end, start + 1), next };
}

/** Where the CJK unit that starts at `at` ends: marks of voicing and variation selectors go with it. */
function cjkEnd(text: string, at: number): number {
  let end = at + codeWidth(text.codePointAt(at) ?? 0);
  while (end < text.length) {
    const code = text.codePointAt(end) ?? 0;
    const kind = classOf(code);
    if (kind !== VOICING && kind !== IGNORED) break;
    end += codeWidth(code);
  }
  return end;
}

/** Whether a UTF-16 unit is a letter or digit of ASCII. */
export const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/**
 * What a character of ASCII is in a word, folded; 0 for what stands between words. A text of nothing else is read by
 * this table alone: its words are what stands between zeros.
 */
export const ASCII_FOLDED: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  isAsciiWord(code) ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : 0,
);

function asciiEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isAsciiWord(text.charCodeAt(end))) end++;
  return end;
}

function visitCjk(text: string, from: number, to: number, position: number, visit: UnitVisitor): void {
  const raw = text.slice(from, to);
  const unit = foldCjk(raw);
  const original = raw === unit ? unit : originalWord(raw);
  visit(UNIT_CJK, unit, original === unit ? unit : original, position, from, to);
}

/** By character of the basic plane: 1 where it is CJK and folds to itself, 2 where not; 0 not looked at yet. */
const plainCjk = new Uint8Array(0x10000);

/** Whether a UTF-16 unit is a CJK character that folds to itself. */
export function isPlainCjk(code: number): boolean {
  const known = plainCjk[code];
  if (known !== 0) return known === 1;
  const raw = String.fromCharCode(code);
  const plain = code < 0xd800 && classOf(code) === CJK && foldCjkCode(code) === code && originalWord(raw) === raw;
  plainCjk[code] = plain ? 1 : 2;
  return plain;
}

/** Whether a mark that belongs to the character before it stands at `at`. */
function isCarried(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const kind = classOf(text.codePointAt(at) ?? 0);
  return kind === VOICING || kind === IGNORED;
}

/**
 * Takes the units of a text as `UnitVisitor` does, with the two that nearly all text consists of told apart, so
 * that no string need be made of them.
 */
export interface UnitSink {
  /** A word of ASCII letters and digits: the capitals among them are still to be folded. */
  ascii(text: string, from: number, to: number, position: number): void;
  /** A CJK character of the basic plane that stands alone and folds to itself. */
  cjk(code: number, from: number, position: number): void;
  readonly unit: UnitVisitor;
}

/**
 * Walks over a text unit by unit: words whole, CJK character by character, in order of position. Returns how many
 * positions the text takes.
 */
export function walkUnits(text: string, sink: UnitSink): number {
  const { length } = text;
  let position = 0;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (isAsciiWord(code)) {
      const end = asciiEnd(text, at);
      if (end === length || text.charCodeAt(end) < 128) {
        sink.ascii(text, at, end, position++);
        at = end;
        continue;
      }
    } else if (code < 128) {
      at++;
      continue;
    } else if (isPlainCjk(code) && !isCarried(text, at + 1)) {
      sink.cjk(code, at, position++);
      at++;
      continue;
    }
    const full = text.codePointAt(at) ?? 0;
    const kind = classOf(full);
    if (kind === CJK) {
      const end = cjkEnd(text, at);
      visitCjk(text, at, end, position++, sink.unit);
      at = end;
    } else if (isWordClass(kind)) {
      const { end, next } = visitWord(text, at, position, sink.unit);
      position = next;
      at = end;
    } else at += codeWidth(full);
  }
  return position;
}

/** As `walkUnits`, every unit as strings. */
export function visitUnits(text: string, visit: UnitVisitor): number {
  return walkUnits(text, {
    ascii(whole, from, to, position) {
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
}
