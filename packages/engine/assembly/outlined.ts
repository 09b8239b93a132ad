import { reserveText, text } from './characters';
import { Lists } from './lists';
import { BACKSLASH, textEnd, textStart } from './outline';
import { addAscii, addKnown } from './text';

/** Whether bytes are all of ASCII and none is a backslash. */
function isPlain(from: usize, to: usize): bool {
  let found: v128 = i8x16.splat(0);
  let at = from;
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at);
    found = v128.or(found, v128.or(bytes, i8x16.eq(bytes, i8x16.splat(BACKSLASH))));
  }
  if (i8x16.bitmask(found) !== 0) return false;
  for (; at < to; at++) {
    const byte = load<u8>(at);
    if (byte > 127 || byte === BACKSLASH) return false;
  }
  return true;
}

/** The character that an escape of one letter stands for. */
function unescaped(letter: u32): u32 {
  if (letter === 110) return 10;
  if (letter === 116) return 9;
  if (letter === 114) return 13;
  if (letter === 98) return 8;
  return letter === 102 ? 12 : letter;
}

function hexAt(at: usize): u32 {
  let value: u32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const digit = <u32>load<u8>(at + i);
    value = (value << 4) | (digit < 58 ? digit - 48 : (digit | 32) - 87);
  }
  return value;
}

/** Turns UTF-8 with the escapes of JSON to UTF-16. Returns the units together by `or`, and leaves their end in `unitsEnd`. */
let unitsEnd: usize = 0;
function decode(from: usize, end: usize): u32 {
  let to = text;
  let all: u32 = 0;
  for (let at = from; at < end; to += 2) {
    const byte = <u32>load<u8>(at);
    let unit = byte;
    if (byte === BACKSLASH) {
      const letter = <u32>load<u8>(at, 1);
      const isCode = letter === 117;
      unit = isCode ? hexAt(at + 2) : unescaped(letter);
      at += isCode ? 6 : 2;
    } else if (byte < 0x80) at++;
    else if (byte < 0xe0) {
      unit = ((byte & 0x1f) << 6) | (<u32>load<u8>(at, 1) & 0x3f);
      at += 2;
    } else if (byte < 0xf0) {
      unit = ((byte & 0x0f) << 12) | ((<u32>load<u8>(at, 1) & 0x3f) << 6) | (<u32>load<u8>(at, 2) & 0x3f);
      at += 3;
    } else {
      const code =
        ((byte & 0x07) << 18) |
        ((<u32>load<u8>(at, 1) & 0x3f) << 12) |
        ((<u32>load<u8>(at, 2) & 0x3f) << 6) |
        (<u32>load<u8>(at, 3) & 0x3f);
      store<u16>(to, 0xd800 + ((code - 0x10000) >> 10));
      to += 2;
      unit = 0xdc00 + (code & 0x3ff);
      at += 4;
    }
    store<u16>(to, unit);
    all |= unit;
  }
  unitsEnd = to;
  return all;
}

/**
 * Puts a text that is left out of the outline where texts to take in go: as ASCII, or as UTF-16. Returns its length; of
 * UTF-16 the complement of its length.
 */
export function takeText(number: u32): i32 {
  const from = textStart(number);
  const end = textEnd(number);
  reserveText(<u32>(end - from) << 1);
  if (isPlain(from, end)) {
    memory.copy(text, from, end - from);
    return <i32>(end - from);
  }
  const all = decode(from, end);
  const length = <i32>((unitsEnd - text) >> 1);
  if (all > 127) return ~length;
  for (let i = 0; i < length; i++) store<u8>(text + i, load<u16>(text + (<usize>i << 1)));
  return length;
}

/** The place behind the last text that `addTexts` took in, and how many places texts took. */
export let placeBehind: u32 = 0;
export let placesTaken: u32 = 0;

/**
 * Takes in texts that are left out of the outline, from number `from` to before `to`, the first at place `base`, with `gap`
 * places free after each. Returns the number of the first that it cannot take in, `to` when there is none.
 */
export function addTexts(words: Lists, marks: Lists, from: u32, to: u32, base: u32, gap: u32): u32 {
  placeBehind = base;
  placesTaken = 0;
  for (let number = from; number < to; number++) {
    const length = takeText(number);
    const taken = length < 0 ? addKnown(words, marks, ~length, placeBehind) : <i32>addAscii(words, marks, length, placeBehind);
    if (taken < 0) return number;
    placesTaken += taken;
    placeBehind += taken + gap;
  }
  return to;
}
