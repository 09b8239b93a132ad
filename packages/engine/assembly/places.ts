import { Source } from './sources';
import { createTape, flush, grow, position, reserve, Stream, Tape } from './streams';

/** Set in a frequency byte when the term stands exactly once in each of the fields named by the other bits. */
const ALL_ONCE: u32 = 0x80;
/** Documents between two entries of the table by which readers skip places. */
const SKIP_INTERVAL: u32 = 128;
/** The longest a varint of 32 bits gets. */
const VARINT_BYTES: u32 = 5;
/** Places gone through at once. */
const MOST_PLACES: u32 = 1 << 10;
const EIGHT_HIGH: u64 = 0x8080808080808080;
const EVERY_SECOND: u64 = 0x00ff00ff00ff00ff;
const FOUR_SUMS: u64 = 0x0001000100010001;

let places: Tape = changetype<Tape>(0);
let pieceBytes: u32 = 0;
/** Entries of the table by which readers skip places. */
let skips: Tape = changetype<Tape>(0);

export function placesOf(): Tape {
  return places;
}

export function startPlaces(target: u32, piece: u32): void {
  pieceBytes = piece;
  places = createTape(target, piece + MOST_PLACES * VARINT_BYTES);
  skips = createTape(0, 1 << 10);
}

@inline
function flushFull(): void {
  if (<u32>(places.at - places.bytes) >= pieceBytes) flush(places);
}

/** Goes beyond the frequencies of the next document; returns how many places it has. */
@inline
function passFrequencies(source: Source): u32 {
  const at = source.freqsAt;
  const head: u32 = load<u8>(at);
  if (head >= ALL_ONCE) {
    source.freqsAt = at + 1;
    return popcnt(head & ~ALL_ONCE);
  }
  const fields = popcnt(head);
  const counts = load<u64>(at + 1) & ((<u64>1 << (fields << 3)) - 1);
  if ((counts & EIGHT_HIGH) !== 0) return passLong(source, fields);
  source.freqsAt = at + 1 + fields;
  const sums = (counts & EVERY_SECOND) + ((counts >> 8) & EVERY_SECOND);
  return <u32>((sums * FOUR_SUMS) >> 48);
}

function passLong(source: Source, fields: u32): u32 {
  let at = source.freqsAt + 1;
  let count: u32 = 0;
  for (let left = fields; left > 0; left--) {
    let byte: u32 = load<u8>(at++);
    count += byte & 127;
    for (let shift: u32 = 7; byte > 127; shift += 7) {
      byte = load<u8>(at++);
      count += (byte & 127) << shift;
    }
  }
  source.freqsAt = at;
  return count;
}

/** Copies so many varints, one at least, sixteen bytes at a time; returns how many bytes they take. */
@inline
function copyVarints(from: usize, to: usize, count: u32): u32 {
  let left = count;
  for (let at: u32 = 0; ; at += 16) {
    const bytes = v128.load(from + at);
    v128.store(to + at, bytes);
    let ends = ~v128.bitmask<i8>(bytes) & 0xffff;
    const here = <u32>popcnt(ends);
    if (here < left) {
      left -= here;
      continue;
    }
    while (--left > 0) ends &= ends - 1;
    return at + <u32>ctz(ends) + 1;
  }
}

/** Makes so many places stand in the window. */
@inline
function reservePlaces(stream: Stream, count: u32): void {
  reserve(stream, count * VARINT_BYTES);
}

function copyPlaces(stream: Stream, count: u32): void {
  for (let left = count; left > 0; ) {
    const piece = min(left, MOST_PLACES);
    left -= piece;
    reservePlaces(stream, piece);
    const bytes = copyVarints(stream.at, places.at, piece);
    stream.at += bytes;
    places.at += bytes;
    flushFull();
  }
}

function skipPlaces(stream: Stream, count: u32): void {
  for (let left = count; left > 0; ) {
    const piece = min(left, MOST_PLACES);
    reservePlaces(stream, piece);
    let at = stream.at;
    for (let more = piece; more > 0; ) more -= u32(load<u8>(at++) < 128);
    stream.at = at;
    left -= piece;
  }
}

/** Passes by the documents that are not taken over and stand before the next that is. */
function passGone(source: Source): void {
  while (
    source.nextGone < source.goneCount &&
    load<u32>(source.gone + (<usize>source.nextGone << 2)) === source.item
  ) {
    source.nextGone++;
    source.item++;
    skipPlaces(source.places, passFrequencies(source));
  }
  source.item++;
}

function putTable(): void {
  const bytes = <u32>(skips.at - skips.bytes);
  grow(places, bytes);
  memory.copy(places.at, skips.bytes, bytes);
  places.at += bytes;
  skips.at = skips.bytes;
  flushFull();
}

/** Copies frequencies and places of the documents that come from `rows`; returns the bytes of the places. */
export function copyPlaced(sources: usize, rows: usize, df: u32, postings: Tape): u32 {
  const from = position(places);
  let to = postings.at;
  for (let i: u32 = 0; i < df; i++) {
    if ((i & (SKIP_INTERVAL - 1)) === 0 && i > 0) {
      grow(skips, 4);
      store<u32>(skips.at, <u32>(position(places) - from));
      skips.at += 4;
    }
    const source = changetype<Source>(load<usize>(sources + (<usize>load<u16>(rows + (<usize>i << 1)) << 2)));
    if (source.goneCount > 0) passGone(source);
    const freqs = source.freqsAt;
    const count = passFrequencies(source);
    store<u64>(to, load<u64>(freqs));
    const freqBytes = <u32>(source.freqsAt - freqs);
    if (freqBytes > 8) memory.copy(to, freqs, freqBytes);
    to += freqBytes;
    copyPlaces(source.places, count);
  }
  postings.at = to;
  putTable();
  return <u32>(position(places) - from);
}

/** Copies frequencies and places of a list that is taken over whole, its table too; returns the bytes of the places. */
export function copyWhole(source: Source, postings: Tape): u32 {
  memory.copy(postings.at, source.freqsAt, source.freqBytes);
  postings.at += source.freqBytes;
  const stream = source.places;
  for (let left = source.placeBytes; left > 0; ) {
    const piece = min(left, MOST_PLACES * VARINT_BYTES);
    reserve(stream, piece);
    memory.copy(places.at, stream.at, piece);
    stream.at += piece;
    places.at += piece;
    left -= piece;
    flushFull();
  }
  return source.placeBytes;
}
