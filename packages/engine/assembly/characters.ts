/** What the kernel tells of characters of the basic plane: bits of `CharacterBit`. 0: not told yet. */
export const SPECIAL: u32 = 1 << 1;
export const WORD: u32 = 1 << 2;
export const CJK: u32 = 1 << 3;
export const SPACE: u32 = 1 << 4;
export const LINE: u32 = 1 << 5;
export const STOP: u32 = 1 << 6;
export const DOT: u32 = 1 << 7;
export const AFTER_STOP: u32 = 1 << 8;
export const AFTER_DOT: u32 = 1 << 9;
export const LETTER: u32 = 1 << 10;
export const DIGIT: u32 = 1 << 11;
export const GOES_ON: u32 = 1 << 12;
export const ENDS: u32 = LINE | STOP | DOT;

/** Room for a text beyond its end, which may be looked at. */
const BEHIND: u32 = 128;
const LEAST_ROOM: u32 = 1 << 12;

/** The bits of every character, two bytes each; filled from outside. */
export const bitsOf: usize = memory.data(1 << 17);
/** The text to take in, and as folded. */
export let text: usize = 0;
export let folded: usize = 0;
let room: u32 = 0;

/** Makes room for a text of so many bytes; what stood there is gone. */
export function reserveText(bytes: u32): void {
  if (bytes <= room) return;
  if (room !== 0) {
    heap.free(text);
    heap.free(folded);
  }
  room = max(bytes + (bytes >> 1), LEAST_ROOM);
  text = heap.alloc(room + BEHIND);
  folded = heap.alloc(room + BEHIND);
}

/** Puts zeros behind a text of so many bytes. */
export function endText(bytes: u32): void {
  memory.fill(text + bytes, 0, BEHIND);
}

/** A unit of a text of ASCII (`u8`) or of UTF-16 (`u16`). */
@inline
export function unitAt<T>(index: i32): u32 {
  return sizeof<T>() === 1 ? <u32>load<u8>(text + index) : <u32>load<u16>(text + (<usize>index << 1));
}

@inline
export function bitsAt<T>(index: i32): u32 {
  return load<u16>(bitsOf + (<usize>unitAt<T>(index) << 1));
}
