import { createTerms, Terms, zeroed } from './terms';

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES: u32 = 5;
const FIELDS: u32 = 7;
const FIELD_SHIFT: u32 = 29;
const POSITION_MASK: u32 = (1 << FIELD_SHIFT) - 1;
const ALL_ONCE: u32 = 0x80;
/**
 * Before the bytes of an entry: its term, how many bytes its frequencies take, and how many its places; where one byte
 * cannot tell that, `LONG` and four more.
 */
const HEAD_BYTES: u32 = 6;
const LONG: u32 = 255;
const ENTRY_MOST: u32 = HEAD_BYTES + 4 + 1 + VARINT_BYTES * FIELDS;
/** Documents between two entries of the table by which readers skip places. */
const SKIP_MASK: u32 = 127;
const LEAST_CHUNK: u32 = 1 << 10;
const MOST_CHUNK: u32 = 1 << 20;

/** What the lists of a term will take. */
const INFO_SHIFT: u32 = 5;
const DF: usize = 4;
const FREQUENCY_BYTES: usize = 8;
const PLACE_BYTES: usize = 12;
const DOC_BYTES: usize = 16;
const BEFORE: usize = 20;

/** Where the lists of a term are written next. */
const CURSOR_SHIFT: u32 = 5;
const SEEN: usize = 0;
const COUNT: usize = 4;
const DOCS_AT: usize = 8;
const FREQUENCIES_AT: usize = 12;
const PLACES_AT: usize = 16;
const PLACES_FROM: usize = 20;
const SKIPS_AT: usize = 24;

const counts = memory.data(28);

/** The documents of terms: what the inverter in TypeScript keeps, in this memory. */
@unmanaged
export class Lists {
  terms: Terms;
  withPlaces: bool;
  /** Tokens of the document under way, from 1 on: the place, and the next token of the same term. */
  tokens: usize;
  tokenRoom: u32;
  tokenCount: u32;
  /** Terms of the document under way, and the first token of each. */
  found: usize;
  foundRoom: u32;
  foundCount: u32;
  /** Documents: where the entries of each begin, and how many it has. */
  docs: usize;
  docRoom: u32;
  docCount: u32;
  /** Entries stand in chunks, those of one document together. */
  tapeAt: usize;
  tapeEnd: usize;
  tapeBytes: f64;
  /** By term, once it is measured. */
  info: usize;
  /** What is written of it, and of its places, at last. */
  postings: usize;
  postingBytes: u32;
  places: usize;
  placeBytes: u32;
}

export function createLists(withPlaces: bool, lately: u32): Lists {
  const lists = changetype<Lists>(heap.alloc(offsetof<Lists>()));
  memory.fill(changetype<usize>(lists), 0, offsetof<Lists>());
  lists.terms = createTerms(lately);
  lists.withPlaces = withPlaces;
  lists.tokenRoom = lists.foundRoom = lists.docRoom = 64;
  lists.tokens = heap.alloc(64 << 3);
  lists.found = heap.alloc(64 << 3);
  lists.docs = heap.alloc(64 << 3);
  return lists;
}

function growTokens(lists: Lists): void {
  lists.tokenRoom += lists.tokenRoom >> 1;
  lists.tokens = heap.realloc(lists.tokens, <usize>lists.tokenRoom << 3);
}

function growFound(lists: Lists): void {
  lists.foundRoom += lists.foundRoom >> 1;
  lists.found = heap.realloc(lists.found, <usize>lists.foundRoom << 3);
}

/**
 * Adds a token with its place; the places of a term ascend. Whether a word was met before in a document cannot be foreseen,
 * so nothing branches on it: the first token of a term is linked from token 0, which nobody reads.
 */
@inline
export function addPlace(lists: Lists, term: u32, place: u32): void {
  const lastAt = lists.terms.last + (<usize>term << 2);
  const last = load<u32>(lastAt);
  const token = lists.tokenCount + 1;
  if (token === lists.tokenRoom) growTokens(lists);
  const at = lists.tokens + (<usize>token << 3);
  store<u32>(at, place);
  store<u32>(at, 0, 4);
  store<u32>(lists.tokens + (<usize>last << 3), token, 4);
  lists.tokenCount = token;
  store<u32>(lastAt, token);
  const count = lists.foundCount;
  if (count === lists.foundRoom) growFound(lists);
  const found = lists.found + (<usize>count << 3);
  store<u32>(found, term);
  store<u32>(found, token, 4);
  lists.foundCount = count + u32(last === 0);
}

export function addTerm(lists: Lists, term: u32): void {
  const lastAt = lists.terms.last + (<usize>term << 2);
  const now = lists.docCount + 1;
  if (load<u32>(lastAt) === now) return;
  store<u32>(lastAt, now);
  if (lists.foundCount === lists.foundRoom) growFound(lists);
  store<u32>(lists.found + (<usize>lists.foundCount << 3), term);
  lists.foundCount++;
}

@inline
function putVarint(at: usize, value: u32): usize {
  let rest = value;
  while (rest > 127) {
    store<u8>(at++, (rest & 127) | 128);
    rest >>>= 7;
  }
  store<u8>(at, rest);
  return at + 1;
}

@inline
function varintLength(value: u32): u32 {
  return value < 128 ? 1 : (38 - clz(value)) / 7;
}

/** Room on the tape for what the document under way takes at most. */
function reserve(lists: Lists): usize {
  const most = lists.withPlaces
    ? lists.tokenCount * VARINT_BYTES + lists.foundCount * ENTRY_MOST
    : lists.foundCount << 2;
  if (lists.tapeAt + most > lists.tapeEnd) {
    const usual = min<u32>(MOST_CHUNK, max<u32>(LEAST_CHUNK, <u32>(lists.tapeBytes / 4)));
    const size = max(most, usual);
    lists.tapeAt = heap.alloc(size);
    lists.tapeEnd = lists.tapeAt + size;
    lists.tapeBytes += size;
  }
  return lists.tapeAt;
}

export function endDocument(lists: Lists): void {
  let at = reserve(lists);
  if (lists.docCount === lists.docRoom) {
    lists.docRoom += lists.docRoom >> 1;
    lists.docs = heap.realloc(lists.docs, <usize>lists.docRoom << 3);
  }
  const doc = lists.docs + (<usize>lists.docCount << 3);
  lists.docCount++;
  store<usize>(doc, at);
  store<u32>(doc, lists.foundCount, 4);
  const end = lists.found + (<usize>lists.foundCount << 3);
  for (let found = lists.found; found < end; found += 8) {
    const term = load<u32>(found);
    store<u32>(at, term);
    if (lists.withPlaces) {
      store<u32>(lists.terms.last + (<usize>term << 2), 0);
      at = putEntry(lists, at, load<u32>(found, 4));
    } else at += 4;
  }
  lists.tapeAt = at;
  lists.foundCount = 0;
  lists.tokenCount = 0;
}

@inline
function putEntry(lists: Lists, head: usize, first: u32): usize {
  const token = lists.tokens + (<usize>first << 3);
  const body = head + HEAD_BYTES;
  let placesAt: usize;
  let end: usize;
  if (load<u32>(token, 4) === 0) {
    const place = load<u32>(token);
    const field: u32 = <u32>1 << (place >>> FIELD_SHIFT);
    store<u8>(body, field | ALL_ONCE);
    placesAt = body + 1;
    end = putVarint(placesAt, place & POSITION_MASK);
  } else {
    placesAt = putFrequencies(lists, body, token);
    end = putPlaces(lists, placesAt, token);
  }
  const places = <u32>(end - placesAt);
  const frequencies = <u32>(placesAt - body);
  store<u8>(head, frequencies, 4);
  store<u8>(head, min<u32>(places, LONG), 5);
  if (places < LONG) return end;
  memory.copy(body + 4, body, frequencies + places);
  store<u32>(body, places);
  return end + 4;
}

/** Writes in which fields a chain of tokens stands and how often in each; equal places count once. */
function putFrequencies(lists: Lists, body: usize, first: usize): usize {
  let mask: u32 = 0;
  let most: u32 = 0;
  let before: u64 = <u64>-1;
  memory.fill(counts, 0, FIELDS << 2);
  let token = first;
  while (true) {
    const place = load<u32>(token);
    if (<u64>place !== before) {
      const field = place >>> FIELD_SHIFT;
      mask |= <u32>1 << field;
      const at = counts + (field << 2);
      const count = load<u32>(at) + 1;
      store<u32>(at, count);
      if (count > most) most = count;
      before = place;
    }
    const next = load<u32>(token, 4);
    if (next === 0) break;
    token = lists.tokens + (<usize>next << 3);
  }
  store<u8>(body, most === 1 ? mask | ALL_ONCE : mask);
  let at = body + 1;
  if (most === 1) return at;
  for (let bits = mask; bits !== 0; bits &= bits - 1) at = putVarint(at, load<u32>(counts + (ctz(bits) << 2)));
  return at;
}

/** Writes the places of a chain of tokens, each field's from 0. */
function putPlaces(lists: Lists, to: usize, first: usize): usize {
  let at = to;
  let before: u32 = load<u32>(first);
  at = putVarint(at, before & POSITION_MASK);
  for (let next = load<u32>(first, 4); next !== 0; ) {
    const token = lists.tokens + (<usize>next << 3);
    const place = load<u32>(token);
    if (place !== before) {
      const value = before >>> FIELD_SHIFT === place >>> FIELD_SHIFT ? place - before : place & POSITION_MASK;
      at = putVarint(at, value);
      before = place;
    }
    next = load<u32>(token, 4);
  }
  return at;
}

@inline
function placesOf(entry: usize): u32 {
  const places = <u32>load<u8>(entry, 5);
  return places === LONG ? load<u32>(entry, HEAD_BYTES) : places;
}

@inline
function bodyOf(entry: usize): usize {
  return entry + HEAD_BYTES + (load<u8>(entry, 5) === LONG ? 4 : 0);
}

/** How many bytes the lists of each term take when documents stand in `order`. */
export function measure(lists: Lists, order: usize): void {
  const info = zeroed(<usize>lists.terms.count << INFO_SHIFT);
  lists.info = info;
  for (let doc: u32 = 0; doc < lists.docCount; doc++) {
    const taken = lists.docs + (<usize>load<u32>(order + (<usize>doc << 2)) << 3);
    let at = load<usize>(taken);
    for (let left = load<u32>(taken, 4); left > 0; left--) {
      const term = info + (<usize>load<u32>(at) << INFO_SHIFT);
      const delta = doc - load<u32>(term, BEFORE);
      store<u32>(term, doc + 1, BEFORE);
      store<u32>(term, load<u32>(term, DOC_BYTES) + varintLength(delta), DOC_BYTES);
      store<u32>(term, load<u32>(term, DF) + 1, DF);
      if (lists.withPlaces) {
        const places = placesOf(at);
        const frequencies = <u32>load<u8>(at, 4);
        store<u32>(term, load<u32>(term, PLACE_BYTES) + places, PLACE_BYTES);
        store<u32>(term, load<u32>(term, FREQUENCY_BYTES) + frequencies, FREQUENCY_BYTES);
        at = bodyOf(at) + places + frequencies;
      } else at += 4;
    }
  }
}

@inline
function skipBytes(df: u32): u32 {
  return df === 0 ? 0 : ((df - 1) >>> 7) << 2;
}

/** Where the lists of each term go when terms stand in the order of `ids`. */
function cursors(lists: Lists, ids: usize): usize {
  const terms = lists.terms;
  const cursors = heap.alloc(<usize>terms.count << CURSOR_SHIFT);
  let postings: u32 = 0;
  let places: u32 = 0;
  for (let i: u32 = 0; i < terms.count; i++) {
    const term = load<u32>(ids + (<usize>i << 2));
    const info = lists.info + (<usize>term << INFO_SHIFT);
    const at = cursors + (<usize>term << CURSOR_SHIFT);
    store<u32>(at, 0, SEEN);
    store<u32>(at, 0, COUNT);
    store<u32>(at, postings, DOCS_AT);
    store<u32>(at, postings + load<u32>(info, DOC_BYTES), FREQUENCIES_AT);
    postings += load<u32>(info, DOC_BYTES) + load<u32>(info, FREQUENCY_BYTES);
    store<u32>(at, places, PLACES_AT);
    store<u32>(at, places, PLACES_FROM);
    places += load<u32>(info, PLACE_BYTES);
    store<u32>(at, places, SKIPS_AT);
    if (lists.withPlaces) places += skipBytes(load<u32>(info, DF));
  }
  lists.postingBytes = postings;
  lists.placeBytes = places;
  return cursors;
}

/** Copies few bytes. */
@inline
function copy(to: usize, from: usize, length: u32): void {
  if (length === 1) store<u8>(to, load<u8>(from));
  else if (length === 2) store<u16>(to, load<u16>(from));
  else if (length > 32) memory.copy(to, from, length);
  else {
    let i: u32 = 0;
    for (; i + 4 <= length; i += 4) store<u32>(to + i, load<u32>(from + i));
    for (; i < length; i++) store<u8>(to + i, load<u8>(from + i));
  }
}

@inline
function placeEntry(lists: Lists, cursor: usize, at: usize): usize {
  const places = placesOf(at);
  const frequencies = <u32>load<u8>(at, 4);
  const count = load<u32>(cursor, COUNT);
  const placesAt = load<u32>(cursor, PLACES_AT);
  store<u32>(cursor, count + 1, COUNT);
  if (count !== 0 && (count & SKIP_MASK) === 0) {
    const skips = load<u32>(cursor, SKIPS_AT);
    store<u32>(lists.places + skips, placesAt - load<u32>(cursor, PLACES_FROM));
    store<u32>(cursor, skips + 4, SKIPS_AT);
  }
  const frequenciesAt = load<u32>(cursor, FREQUENCIES_AT);
  const body = bodyOf(at);
  copy(lists.postings + frequenciesAt, body, frequencies);
  store<u32>(cursor, frequenciesAt + frequencies, FREQUENCIES_AT);
  copy(lists.places + placesAt, body + frequencies, places);
  store<u32>(cursor, placesAt + places, PLACES_AT);
  return body + frequencies + places;
}

/** Puts the lists of all terms where they go, document by document. To be called after `measure`. */
export function place(lists: Lists, order: usize, ids: usize): void {
  const table = cursors(lists, ids);
  lists.postings = heap.alloc(lists.postingBytes);
  lists.places = heap.alloc(lists.placeBytes);
  for (let doc: u32 = 0; doc < lists.docCount; doc++) {
    const taken = lists.docs + (<usize>load<u32>(order + (<usize>doc << 2)) << 3);
    let at = load<usize>(taken);
    for (let left = load<u32>(taken, 4); left > 0; left--) {
      const cursor = table + (<usize>load<u32>(at) << CURSOR_SHIFT);
      const docsAt = lists.postings + load<u32>(cursor, DOCS_AT);
      const docsEnd = putVarint(docsAt, doc - load<u32>(cursor, SEEN));
      store<u32>(cursor, <u32>(docsEnd - lists.postings), DOCS_AT);
      store<u32>(cursor, doc + 1, SEEN);
      at = lists.withPlaces ? placeEntry(lists, cursor, at) : at + 4;
    }
  }
  heap.free(table);
}
