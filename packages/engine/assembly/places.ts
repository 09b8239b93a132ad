import { setStop, Source } from './sources';
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

const lengths = memory.data(9 << 8);

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
  memory.fill(lengths, 0, 9 << 8);
  fillLengths();
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
  const fields = popcnt(head & ~ALL_ONCE);
  // Whether a byte stands for each field cannot be foreseen, so nothing branches on it.
  const counted = select<u32>(0, fields, head >= ALL_ONCE);
  const counts = load<u64>(at + 1) & ((<u64>1 << (counted << 3)) - 1);
  if ((counts & EIGHT_HIGH) !== 0) return passLong(source, fields);
  source.freqsAt = at + 1 + counted;
  const sums = (counts & EVERY_SECOND) + ((counts >> 8) & EVERY_SECOND);
  return select<u32>(fields, <u32>((sums * FOUR_SUMS) >> 48), head >= ALL_ONCE);
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
  const bytes = v128.load(from);
  v128.store(to, bytes);
  const ends = ~v128.bitmask<i8>(bytes) & 0xffff;
  // Most documents have few places; how many cannot be foreseen.
  if (<u32>popcnt(ends & 0xff) >= count) return load<u8>(lengths + (count << 8) + (ends & 0xff));
  return copyMany(from, to, count, ends);
}

/** As `copyVarints`, when the first sixteen bytes are copied and `ends` has a bit for each of them that ends a varint. */
function copyMany(from: usize, to: usize, count: u32, first: u32): u32 {
  let ends = first;
  let left = count;
  let at: u32 = 0;
  for (let here = <u32>popcnt(ends); here < left; here = <u32>popcnt(ends)) {
    left -= here;
    at += 16;
    const bytes = v128.load(from + at);
    v128.store(to + at, bytes);
    ends = ~v128.bitmask<i8>(bytes) & 0xffff;
  }
  while (--left > 0) ends &= ends - 1;
  return at + <u32>ctz(ends) + 1;
}

/** For so many varints, where of eight bytes the last ends if those with a bit end one. */
function fillLengths(): void {
  for (let ends: u32 = 0; ends < 256; ends++) {
    let count: u32 = 0;
    for (let at: u32 = 0; at < 8; at++) {
      if ((ends & (1 << at)) === 0) continue;
      count++;
      store<u8>(lengths + (count << 8) + ends, at + 1);
    }
  }
}

/** Copies places in pieces, reading on and handing over where it must. */
function copyPlaces(stream: Stream, count: u32): void {
  for (let left = count; left > 0; ) {
    flushFull();
    const piece = min(left, MOST_PLACES);
    left -= piece;
    reserve(stream, piece * VARINT_BYTES);
    const bytes = copyVarints(stream.at, places.at, piece);
    stream.at += bytes;
    places.at += bytes;
  }
}

function skipPlaces(stream: Stream, count: u32): void {
  for (let left = count; left > 0; ) {
    const piece = min(left, MOST_PLACES);
    reserve(stream, piece * VARINT_BYTES);
    let at = stream.at;
    for (let more = piece; more > 0; ) more -= u32(load<u8>(at++) < 128);
    stream.at = at;
    left -= piece;
  }
}

/** Passes by the documents that are not taken over and stand where the source does. */
function passGone(source: Source): void {
  while (source.item === source.stop) {
    source.item++;
    source.nextGone++;
    setStop(source);
    skipPlaces(source.places, passFrequencies(source));
  }
}

function putTable(): void {
  const bytes = <u32>(skips.at - skips.bytes);
  grow(places, bytes);
  memory.copy(places.at, skips.bytes, bytes);
  places.at += bytes;
  skips.at = skips.bytes;
}

/** Notes where the places of the document that comes next begin. */
function putSkip(from: u64): void {
  grow(skips, 4);
  store<u32>(skips.at, <u32>(position(places) - from));
  skips.at += 4;
}

/** Copies frequencies and places of the documents that come from the sources in `row..end`; returns where frequencies go on. */
function copyInterval(sources: usize, row: usize, end: usize, to: usize): usize {
  let out = places.at;
  const full = places.bytes + pieceBytes;
  for (; row < end; row += 2) {
    const source = changetype<Source>(load<usize>(sources + (<usize>load<u16>(row) << 2)));
    if (source.item === source.stop) passGone(source);
    source.item++;
    const freqs = source.freqsAt;
    const count = passFrequencies(source);
    store<u64>(to, load<u64>(freqs));
    const freqBytes = <u32>(source.freqsAt - freqs);
    if (freqBytes > 8) memory.copy(to, freqs, freqBytes);
    to += freqBytes;
    const stream = source.places;
    const from = stream.at;
    if (count > MOST_PLACES || stream.end - from < <usize>(count * VARINT_BYTES) || out >= full) {
      places.at = out;
      copyPlaces(stream, count);
      out = places.at;
      continue;
    }
    const bytes = copyVarints(from, out, count);
    stream.at = from + bytes;
    out += bytes;
  }
  places.at = out;
  return to;
}

/** Copies frequencies and places of the documents that come from `rows`; returns the bytes of the places. */
export function copyPlaced(sources: usize, rows: usize, df: u32, postings: Tape): u32 {
  const from = position(places);
  let to = postings.at;
  for (let start: u32 = 0; start < df; start += SKIP_INTERVAL) {
    if (start > 0) putSkip(from);
    to = copyInterval(sources, rows + (<usize>start << 1), rows + (<usize>min(df, start + SKIP_INTERVAL) << 1), to);
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
    flushFull();
    const piece = min(left, MOST_PLACES * VARINT_BYTES);
    reserve(stream, piece);
    memory.copy(places.at, stream.at, piece);
    stream.at += piece;
    places.at += piece;
    left -= piece;
  }
  return source.placeBytes;
}
