import { addEntry, addWord, createDictionary, Dictionary } from './dictionary';
import { atFirst, nextOfAll, sourceAt, startTerms } from './order';
import { copyPlaced, copyWhole, startPlaces, placesOf } from './places';
import { addGone, begin, createSource, end, GONE, Source } from './sources';
import { createTape, flush, grow, putNumber, Tape } from './streams';

export { createSource };

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES: u32 = 5;
/** Up to so many documents are put in order by comparing them. */
const FEW: u32 = 24;
const POSTINGS: u32 = 0;
const PLACES: u32 = 1;
const TERMS: u32 = 2;

/** Bytes handed over at once. */
let pieceBytes: u32 = 0;
let sources: usize = 0;
let sourceCount: u32 = 0;
let withPlaces: bool = false;
let postings: Tape = changetype<Tape>(0);
let dictionary: Dictionary = changetype<Dictionary>(0);
/** By merged document, the source it comes from. */
let rowOf: usize = 0;
/** The sources of the documents of a term, in the order of the documents. */
let rows: usize = 0;
let rowRoom: u32 = 0;
/** A bit for each document of a term, and one for each word of them. */
let words: usize = 0;
let groups: usize = 0;
let groupCount: u32 = 0;
const few = memory.data(FEW * 8, 8);

export function mapAt(source: Source): usize {
  return source.map;
}
export function offsetsAt(source: Source): usize {
  return source.offsets;
}
export function termCount(): u32 {
  return dictionary.count;
}
export function indexAt(): usize {
  return dictionary.index.bytes;
}
export function indexBytes(): u32 {
  return <u32>(dictionary.index.at - dictionary.index.bytes);
}

/** To be called first: how many sources there will be, and how many bytes are handed over at once. */
export function start(count: u32, piece: u32): void {
  sources = heap.alloc(<usize>(count + 1) << 2);
  sourceCount = 0;
  pieceBytes = piece;
}

export function addSource(source: Source): void {
  store<usize>(sources + (<usize>sourceCount << 2), changetype<usize>(source));
  sourceCount++;
}

function startDocs(docs: u32): void {
  rowRoom = 1 << 10;
  rows = heap.alloc(<usize>rowRoom << 1);
  rowOf = heap.alloc(<usize>docs << 1);
  groupCount = (docs >>> 12) + 1;
  words = heap.alloc(<usize>groupCount << 9);
  memory.fill(words, 0, <usize>groupCount << 9);
  groups = heap.alloc(<usize>groupCount << 3);
  memory.fill(groups, 0, <usize>groupCount << 3);
}

function noteRows(source: Source): void {
  for (let doc: u32 = 0; doc < source.docs; doc++) {
    const to = load<u32>(source.map + (<usize>doc << 2));
    if (to !== GONE) store<u16>(rowOf + (<usize>to << 1), source.row);
  }
}

/** Where the documents of a list are read on. */
let listAt: usize = 0;

/** The document of the list that follows `from`. Nothing branches on whether it takes one byte or two. */
@inline
function nextDoc(from: u32): u32 {
  const bytes: u32 = load<u16>(listAt);
  if ((bytes & 0x8080) === 0x8080) return from + longDelta() + 1;
  const isTwo = (bytes >>> 7) & 1;
  listAt += 1 + isTwo;
  return from + ((bytes & 127) | ((bytes >>> 1) & (0x3f80 * isTwo))) + 1;
}

function longDelta(): u32 {
  let at = listAt;
  let byte: u32 = 128;
  let delta: u32 = 0;
  for (let shift: u32 = 0; byte > 127; shift += 7) {
    byte = load<u8>(at++);
    delta |= (byte & 127) << shift;
  }
  listAt = at;
  return delta;
}

/** Writes the documents of one list alone; returns how many there are. */
function writeOne(source: Source): u32 {
  listAt = source.docsAt;
  const map = source.map;
  let at = postings.at;
  let doc: u32 = -1;
  let next: u32 = 0;
  let count: u32 = 0;
  for (let item: u32 = 0; item < source.df; item++) {
    doc = nextDoc(doc);
    const to = load<u32>(map + (<usize>doc << 2));
    if (to === GONE) {
      addGone(source, item);
      continue;
    }
    at = putNumber(at, to - next);
    next = to + 1;
    count++;
  }
  postings.at = at;
  for (let i: u32 = 0; i < count; i++) store<u16>(rows + (<usize>i << 1), source.row);
  return count;
}

/** Writes the documents of several short lists. */
function writeFew(): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < atFirst; i++) {
    const source = sourceAt(i);
    listAt = source.docsAt;
    let doc: u32 = -1;
    for (let item: u32 = 0; item < source.df; item++) {
      doc = nextDoc(doc);
      const to = load<u32>(source.map + (<usize>doc << 2));
      if (to === GONE) {
        addGone(source, item);
        continue;
      }
      const entry = (<u64>to << 32) | source.row;
      let place = few + (<usize>count << 3);
      for (; place > few && load<u64>(place - 8) > entry; place -= 8) store<u64>(place, load<u64>(place - 8));
      store<u64>(place, entry);
      count++;
    }
  }
  let at = postings.at;
  let next: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u64>(few + (<usize>i << 3));
    const to = <u32>(entry >> 32);
    at = putNumber(at, to - next);
    next = to + 1;
    store<u16>(rows + (<usize>i << 1), <u32>entry);
  }
  postings.at = at;
  return count;
}

/** Sets the bits of the documents of a list. */
function markDocs(source: Source): void {
  listAt = source.docsAt;
  const map = source.map;
  let doc: u32 = -1;
  for (let item: u32 = 0; item < source.df; item++) {
    doc = nextDoc(doc);
    const to = load<u32>(map + (<usize>doc << 2));
    if (to === GONE) {
      addGone(source, item);
      continue;
    }
    const word = words + (<usize>(to >>> 6) << 3);
    store<u64>(word, load<u64>(word) | (<u64>1 << to));
    const group = groups + (<usize>(to >>> 12) << 3);
    store<u64>(group, load<u64>(group) | (<u64>1 << (to >>> 6)));
  }
}

/** Writes the documents of several lists; all their bits are cleared again. */
function writeMany(): u32 {
  for (let i: u32 = 0; i < atFirst; i++) markDocs(sourceAt(i));
  let at = postings.at;
  let next: u32 = 0;
  let row = rows;
  for (let i: u32 = 0; i < groupCount; i++) {
    let held = load<u64>(groups + (<usize>i << 3));
    if (held === 0) continue;
    store<u64>(groups + (<usize>i << 3), 0);
    for (; held !== 0; held &= held - 1) {
      const number = (i << 6) + <u32>ctz(held);
      const word = words + (<usize>number << 3);
      let bits = load<u64>(word);
      store<u64>(word, 0);
      for (; bits !== 0; bits &= bits - 1) {
        const to = (number << 6) + <u32>ctz(bits);
        at = putNumber(at, to - next);
        next = to + 1;
        store<u16>(row, load<u16>(rowOf + (<usize>to << 1)));
        row += 2;
      }
    }
  }
  postings.at = at;
  return <u32>(row - rows) >> 1;
}

/** Makes room for what is written of some documents and their frequencies. */
function makeRoom(listed: u32, freqs: u32): void {
  grow(postings, listed * VARINT_BYTES + freqs);
  if (listed <= rowRoom) return;
  rowRoom = 2 * listed;
  heap.free(rows);
  rows = heap.alloc(<usize>rowRoom << 1);
}

function mergeTerm(): void {
  let listed: u32 = 0;
  let freqs: u32 = 0;
  for (let i: u32 = 0; i < atFirst; i++) {
    const source = sourceAt(i);
    begin(source);
    listed += source.df;
    freqs += source.freqBytes;
  }
  makeRoom(listed, freqs);
  const from = postings.at;
  const first = sourceAt(0);
  const df = atFirst === 1 ? writeOne(first) : listed <= FEW ? writeFew() : writeMany();
  const docBytes = <u32>(postings.at - from);
  let placeBytes: u32 = 0;
  if (withPlaces) {
    if (df > 0)
      placeBytes =
        atFirst === 1 && df === first.df ? copyWhole(first, postings) : copyPlaced(sources, rows, df, postings);
    for (let i: u32 = 0; i < atFirst; i++) end(sourceAt(i));
  }
  if (df === 0) return;
  const freqBytes = <u32>(postings.at - from) - docBytes;
  addEntry(dictionary, first.term, first.length, df, docBytes, freqBytes, placeBytes, pieceBytes);
  if (<u32>(postings.at - postings.bytes) >= pieceBytes) flush(postings);
}

/** Merges the lists of all terms into so many documents. */
export function mergeLists(docs: u32, placed: bool): void {
  withPlaces = placed;
  postings = createTape(POSTINGS, 2 * pieceBytes);
  dictionary = createDictionary(TERMS, 2 * pieceBytes);
  startPlaces(PLACES, pieceBytes);
  startDocs(docs);
  for (let i: u32 = 0; i < sourceCount; i++) {
    noteRows(changetype<Source>(load<usize>(sources + (<usize>i << 2))));
  }
  for (startTerms(sources, sourceCount); atFirst > 0; nextOfAll()) mergeTerm();
  flush(postings);
  flush(placesOf());
  flush(dictionary.blocks);
}

/** Merges words in full. */
export function mergeWords(): void {
  dictionary = createDictionary(TERMS, 2 * pieceBytes);
  for (startTerms(sources, sourceCount); atFirst > 0; nextOfAll()) {
    const first = sourceAt(0);
    addWord(dictionary, first.term, first.length, pieceBytes);
  }
  flush(dictionary.blocks);
}
