import { createTerms, Terms, zeroed } from './terms';

/** The longest a varint of 32 bits gets. */
export const VARINT_BYTES: u32 = 5;
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
/** Bytes behind an entry that may be read with it, and behind what is written of it that may be written. */
export const BEHIND_ENTRY: u32 = 16;
const CHUNK_HEAD: u32 = 8;
const LEAST_CHUNK: u32 = 1 << 10;
const MOST_CHUNK: u32 = 1 << 20;

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
  entryCount: u32;
  /** Entries stand in chunks, those of one document together; each chunk begins with the address of the one before. */
  tape: usize;
  tapeAt: usize;
  tapeEnd: usize;
  tapeBytes: f64;
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
export function putVarint(at: usize, value: u32): usize {
  let rest = value;
  while (rest > 127) {
    store<u8>(at++, (rest & 127) | 128);
    rest >>>= 7;
  }
  store<u8>(at, rest);
  return at + 1;
}

/** Room on the tape for what the document under way takes at most. */
function reserve(lists: Lists): usize {
  const most = lists.withPlaces
    ? lists.tokenCount * VARINT_BYTES + lists.foundCount * ENTRY_MOST
    : lists.foundCount << 2;
  if (lists.tapeAt + most > lists.tapeEnd) {
    const usual = min<u32>(MOST_CHUNK, max<u32>(LEAST_CHUNK, <u32>(lists.tapeBytes / 4)));
    const size = max(most, usual);
    const chunk = heap.alloc(CHUNK_HEAD + size + BEHIND_ENTRY);
    store<usize>(chunk, lists.tape);
    lists.tape = chunk;
    lists.tapeAt = chunk + CHUNK_HEAD;
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
  lists.entryCount += lists.foundCount;
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
export function placesOf(entry: usize): u32 {
  const places = <u32>load<u8>(entry, 5);
  return places === LONG ? load<u32>(entry, HEAD_BYTES) : places;
}

@inline
export function frequenciesOf(entry: usize): u32 {
  return load<u8>(entry, 4);
}

@inline
export function bodyOf(entry: usize): usize {
  return entry + HEAD_BYTES + (load<u8>(entry, 5) === LONG ? 4 : 0);
}
