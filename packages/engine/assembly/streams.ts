/** Fills memory with the next bytes of a section: at least `least` and at most `most`; returns how many. */
@external('env', 'read')
declare function read(section: u32, into: usize, least: u32, most: u32): u32;

/** Takes the next bytes of something written. */
@external('env', 'write')
declare function write(target: u32, from: usize, bytes: u32): void;

/** Bytes that may be read or written behind the end of a window or a tape, because several are handled together. */
export const BEHIND: u32 = 32;

/** A section read front to back through a window, so that its size does not matter. */
@unmanaged
export class Stream {
  section: u32;
  /** How much is read at once. */
  usual: u32;
  /** Bytes of the section that are not read yet. */
  left: u64;
  /** What is read but not passed yet. */
  at: usize;
  end: usize;
  window: usize;
  room: u32;
}

export function createStream(section: u32, length: u64, usual: u32): Stream {
  const stream = changetype<Stream>(heap.alloc(offsetof<Stream>()));
  stream.section = section;
  stream.usual = usual;
  stream.left = length;
  stream.room = 2 * usual;
  stream.window = stream.at = stream.end = heap.alloc(stream.room + BEHIND);
  return stream;
}

/** Makes at least so many bytes stand in the window, as far as there are any. */
@inline
export function reserve(stream: Stream, bytes: u32): void {
  if (stream.end - stream.at < <usize>bytes && stream.left > 0) readOn(stream, bytes);
}

function readOn(stream: Stream, bytes: u32): void {
  const rest = <u32>(stream.end - stream.at);
  const before = stream.window;
  if (bytes + stream.usual > stream.room) {
    stream.room = bytes + (bytes >> 1) + stream.usual;
    stream.window = heap.alloc(stream.room + BEHIND);
    memory.copy(stream.window, stream.at, rest);
    heap.free(before);
  } else memory.copy(before, stream.at, rest);
  const least = <u32>min<u64>(stream.left, bytes - rest);
  const most = <u32>min<u64>(stream.left, max(stream.usual, bytes - rest));
  const more = read(stream.section, stream.window + rest, least, most);
  stream.left -= more;
  stream.at = stream.window;
  stream.end = stream.window + rest + more;
}

/** Bytes of the section that are not passed yet. */
@inline
export function remaining(stream: Stream): u64 {
  return stream.left + (stream.end - stream.at);
}

export function skip(stream: Stream, bytes: u64): void {
  for (let left = bytes; left > 0; ) {
    const piece = <u32>min<u64>(left, stream.usual);
    reserve(stream, piece);
    stream.at += piece;
    left -= piece;
  }
}

/** The next number of 7 bits a byte, low first; it must stand in the window. */
@inline
export function number(stream: Stream): u32 {
  let at = stream.at;
  let byte: u32 = load<u8>(at++);
  let value = byte & 127;
  for (let shift: u32 = 7; byte > 127; shift += 7) {
    byte = load<u8>(at++);
    value |= (byte & 127) << shift;
  }
  stream.at = at;
  return value;
}

/** Passes a number of any length by. */
export function skipNumber(stream: Stream): void {
  while (load<u8>(stream.at++) > 127);
}

/** Bytes written front to back: handed over in pieces, or kept. */
@unmanaged
export class Tape {
  target: u32;
  room: u32;
  bytes: usize;
  /** Where the next byte goes, and how far it may. */
  at: usize;
  end: usize;
  /** Bytes handed over. */
  written: u64;
}

export function createTape(target: u32, room: u32): Tape {
  const tape = changetype<Tape>(heap.alloc(offsetof<Tape>()));
  tape.target = target;
  tape.room = room;
  tape.written = 0;
  tape.bytes = tape.at = heap.alloc(room + BEHIND);
  tape.end = tape.bytes + room;
  return tape;
}

/** Makes room for so many more bytes. */
@inline
export function grow(tape: Tape, more: u32): void {
  if (tape.at + more > tape.end) growTape(tape, more);
}

function growTape(tape: Tape, more: u32): void {
  const length = <u32>(tape.at - tape.bytes);
  tape.room = length + more + (length >> 1) + (more >> 1);
  tape.bytes = heap.realloc(tape.bytes, tape.room + BEHIND);
  tape.at = tape.bytes + length;
  tape.end = tape.bytes + tape.room;
}

/** Hands over what stands on the tape. */
export function flush(tape: Tape): void {
  const length = <u32>(tape.at - tape.bytes);
  if (length > 0) write(tape.target, tape.bytes, length);
  tape.written += length;
  tape.at = tape.bytes;
}

/** Bytes written so far. */
@inline
export function position(tape: Tape): u64 {
  return tape.written + (tape.at - tape.bytes);
}

/**
 * Writes a number of 7 bits a byte, low first; returns where the next byte goes. Nothing branches on whether it takes one
 * byte or two, which cannot be foreseen; two may be written in either case.
 */
@inline
export function putNumber(at: usize, value: u32): usize {
  if (value >= 1 << 14) return putLong(at, value);
  const isTwo = u32(value > 127);
  store<u16>(at, (value & 127) | (isTwo << 7) | ((value >>> 7) << 8));
  return at + 1 + isTwo;
}

export function putLong(at: usize, value: u64): usize {
  let rest = value;
  for (; rest > 127; rest >>= 7) store<u8>(at++, (rest & 127) | 128);
  store<u8>(at, rest);
  return at + 1;
}

/** Copies bytes, few as a rule; up to eight behind the end may be read and written. */
@inline
export function copyFew(to: usize, from: usize, bytes: u32): void {
  if (bytes > 32) memory.copy(to, from, bytes);
  else for (let i: u32 = 0; i < bytes; i += 8) store<u64>(to + i, load<u64>(from + i));
}
