import { BEHIND_ENTRY, bodyOf, frequenciesOf, Lists, placesOf, putVarint, VARINT_BYTES } from './lists';
import { zeroed } from './terms';

/** Entries of a part, about: with them, what is written of them stays in the caches of the processor. */
const USUAL_ENTRIES_SHIFT: u32 = 15;
/** More parts than that would be as bad to write to as the lists themselves. */
const MOST_PARTS_SHIFT: u32 = 9;
const LEAST_CHUNK: u32 = 1 << 9;
const MOST_CHUNK: u32 = 1 << 16;
/** Of a chunk's entries: behind the next chunk and where they end. */
const CHUNK_HEAD: u32 = 8;
/** Documents between two entries of the table by which readers skip places. */
const SKIP_INTERVAL: u32 = 128;

/** What is known of a part: its first and last chunk, where the next entry goes, and at last its places. */
const PART_SHIFT: u32 = 5;
const FIRST: usize = 0;
const LAST: usize = 4;
const AT: usize = 8;
const END: usize = 12;
const PLACES: usize = 16;
const PLACE_BYTES: usize = 20;

/** What is told of the lists of a term, by its rank. */
const INFO_SHIFT: u32 = 4;

/** The parts under way, with the ranks of terms by their numbers. */
let parts: usize = 0;
let rankBits: u32 = 0;
let termCount: u32 = 0;
let info: usize = 0;
let chunkBytes: u32 = 0;
/** By term of a part: where its next entry goes. */
let cursors: usize = 0;
/** What is written of a part, beside its places. */
let postings: usize = 0;
let postingRoom: u32 = 0;
let postingBytes: u32 = 0;

export function termInfo(): usize {
  return info;
}
export function partPostings(): usize {
  return postings;
}
export function partPostingBytes(): u32 {
  return postingBytes;
}
export function partPlaces(part: u32): usize {
  return load<usize>(parts + (<usize>part << PART_SHIFT), PLACES);
}
export function partPlaceBytes(part: u32): u32 {
  return load<u32>(parts + (<usize>part << PART_SHIFT), PLACE_BYTES);
}

/** By how many bits of its rank a term is told from the others of its part. */
function bitsOfRank(lists: Lists): u32 {
  const wanted = min<u32>(MOST_PARTS_SHIFT, 32 - clz<u32>(lists.entryCount >>> USUAL_ENTRIES_SHIFT));
  const bits: u32 = 32 - clz<u32>(lists.terms.count);
  // Document and rank share 32 bits.
  return min<u32>(bits > wanted ? bits - wanted : 0, clz(lists.docCount));
}

function newChunk(part: usize, needed: u32): usize {
  const size = max(chunkBytes, needed + CHUNK_HEAD);
  const chunk = heap.alloc(size + BEHIND_ENTRY);
  const last = load<usize>(part, LAST);
  if (last === 0) store<usize>(part, chunk, FIRST);
  else {
    store<usize>(last, chunk);
    store<usize>(last, load<usize>(part, AT), 4);
  }
  store<usize>(chunk, 0);
  store<usize>(part, chunk, LAST);
  store<usize>(part, chunk + size, END);
  return chunk + CHUNK_HEAD;
}

/** Copies few bytes; 16 are read and written in any case. */
@inline
function copy(to: usize, from: usize, length: u32): void {
  if (length <= 16) v128.store(to, v128.load(from));
  else memory.copy(to, from, length);
}

@inline
function afterEntry(lists: Lists, entry: usize): usize {
  return lists.withPlaces ? bodyOf(entry) + frequenciesOf(entry) + placesOf(entry) : entry + 4;
}

/** Puts an entry of a document where the part of its term has room; gives where the next entry is. */
@inline
function putToPart(lists: Lists, ranks: usize, doc: u32, entry: usize): usize {
  const rank = load<u32>(ranks + (<usize>load<u32>(entry) << 2));
  const part = parts + (<usize>(rank >>> rankBits) << PART_SHIFT);
  const next = afterEntry(lists, entry);
  const length = <u32>(next - entry);
  let at = load<usize>(part, AT);
  if (at + length > load<usize>(part, END)) at = newChunk(part, length);
  copy(at, entry, length);
  store<u32>(at, (doc << rankBits) | (rank & ((1 << rankBits) - 1)));
  store<usize>(part, at + length, AT);
  return next;
}

/**
 * Divides what was collected by ranges of terms in their order, each in the order of the documents: what is then done with
 * a part stays in the caches of the processor. Gives the number of parts. The tape is gone afterwards.
 */
export function divide(lists: Lists, order: usize, ids: usize): u32 {
  termCount = lists.terms.count;
  const ranks = heap.alloc(<usize>termCount << 2);
  for (let rank: u32 = 0; rank < termCount; rank++) {
    store<u32>(ranks + (<usize>load<u32>(ids + (<usize>rank << 2)) << 2), rank);
  }
  rankBits = bitsOfRank(lists);
  const count = ((max<u32>(termCount, 1) - 1) >>> rankBits) + 1;
  parts = zeroed(<usize>count << PART_SHIFT);
  chunkBytes = min<u32>(MOST_CHUNK, max<u32>(LEAST_CHUNK, <u32>(lists.tapeBytes / <f64>(count << 4))));
  for (let doc: u32 = 0; doc < lists.docCount; doc++) {
    const taken = lists.docs + (<usize>load<u32>(order + (<usize>doc << 2)) << 3);
    let at = load<usize>(taken);
    for (let left = load<u32>(taken, 4); left > 0; left--) at = putToPart(lists, ranks, doc, at);
  }
  heap.free(ranks);
  freeTape(lists);
  info = heap.alloc(<usize>termCount << INFO_SHIFT);
  cursors = heap.alloc(<usize>(1 << rankBits) << 2);
  postingRoom = 0;
  return count;
}

function freeTape(lists: Lists): void {
  for (let chunk = lists.tape; chunk !== 0; ) {
    const before = load<usize>(chunk);
    heap.free(chunk);
    chunk = before;
  }
  lists.tape = lists.tapeAt = lists.tapeEnd = 0;
}

let entries: u32 = 0;
let frequencySum: u32 = 0;
let placeSum: u32 = 0;

/** Counts the entries of each term of a part, and the bytes of all. */
function countEntries(lists: Lists, part: usize): void {
  memory.fill(cursors, 0, <usize>(1 << rankBits) << 2);
  entries = frequencySum = placeSum = 0;
  const mask: u32 = (1 << rankBits) - 1;
  for (let chunk = load<usize>(part); chunk !== 0; chunk = load<usize>(chunk)) {
    const end = load<usize>(chunk, 4);
    for (let entry = chunk + CHUNK_HEAD; entry < end; entry = afterEntry(lists, entry)) {
      const cursor = cursors + (<usize>(load<u32>(entry) & mask) << 2);
      store<u32>(cursor, load<u32>(cursor) + 1);
      entries++;
      if (lists.withPlaces) {
        frequencySum += frequenciesOf(entry);
        placeSum += placesOf(entry);
      }
    }
  }
}

/** Puts documents and entries in the order of the terms; afterwards each cursor is where those of its term end. */
function sortEntries(lists: Lists, part: usize, pairs: usize): void {
  const mask: u32 = (1 << rankBits) - 1;
  let sum: u32 = 0;
  for (let i: u32 = 0; i <= mask; i++) {
    const cursor = cursors + (<usize>i << 2);
    const count = load<u32>(cursor);
    store<u32>(cursor, sum);
    sum += count;
  }
  for (let chunk = load<usize>(part); chunk !== 0; chunk = load<usize>(chunk)) {
    const end = load<usize>(chunk, 4);
    for (let entry = chunk + CHUNK_HEAD; entry < end; entry = afterEntry(lists, entry)) {
      const head = load<u32>(entry);
      const cursor = cursors + (<usize>(head & mask) << 2);
      const at = load<u32>(cursor);
      store<u32>(cursor, at + 1);
      store<u32>(pairs + (<usize>at << 3), head >>> rankBits);
      store<usize>(pairs + (<usize>at << 3), entry, 4);
    }
  }
}

let postingsAt: usize = 0;
let placesAt: usize = 0;

function putDocs(from: usize, to: usize): void {
  let at = postingsAt;
  let next: u32 = 0;
  for (let pair = from; pair < to; pair += 8) {
    const doc = load<u32>(pair);
    at = putVarint(at, doc - next);
    next = doc + 1;
  }
  postingsAt = at;
}

/** Puts frequencies and places of a list, and behind the places where those of every 128th document begin. */
function putEntries(from: usize, to: usize): void {
  const start = placesAt;
  let frequencies = postingsAt;
  let at = start;
  for (let pair = from; pair < to; pair += 8) {
    const entry = load<usize>(pair, 4);
    const body = bodyOf(entry);
    const length = frequenciesOf(entry);
    copy(frequencies, body, length);
    frequencies += length;
    const placeLength = placesOf(entry);
    copy(at, body + length, placeLength);
    at += placeLength;
  }
  postingsAt = frequencies;
  placesAt = at;
  if (to - from > <usize>SKIP_INTERVAL << 3) putSkips(from, to);
}

function putSkips(from: usize, to: usize): void {
  let sum: u32 = 0;
  let count: u32 = 0;
  for (let pair = from; pair < to; pair += 8) {
    if (count === SKIP_INTERVAL) {
      store<u32>(placesAt, sum);
      placesAt += 4;
      count = 0;
    }
    sum += placesOf(load<usize>(pair, 4));
    count++;
  }
}

function putLists(lists: Lists, pairs: usize, firstRank: u32): void {
  const most = min<u32>(1 << rankBits, termCount - firstRank);
  let from = pairs;
  for (let i: u32 = 0; i < most; i++) {
    const to = pairs + (<usize>load<u32>(cursors + (<usize>i << 2)) << 3);
    const docsFrom = postingsAt;
    const placesFrom = placesAt;
    putDocs(from, to);
    const frequenciesFrom = postingsAt;
    if (lists.withPlaces) putEntries(from, to);
    const at = info + (<usize>(firstRank + i) << INFO_SHIFT);
    store<u32>(at, <u32>(to - from) >>> 3);
    store<u32>(at, <u32>(frequenciesFrom - docsFrom), 4);
    store<u32>(at, <u32>(postingsAt - frequenciesFrom), 8);
    store<u32>(at, <u32>(placesAt - placesFrom), 12);
    from = to;
  }
}

function freeChunks(part: usize): void {
  for (let chunk = load<usize>(part); chunk !== 0; ) {
    const next = load<usize>(chunk);
    heap.free(chunk);
    chunk = next;
  }
}

function reservePostings(bytes: u32): void {
  if (bytes <= postingRoom) return;
  if (postingRoom !== 0) heap.free(postings);
  postingRoom = bytes + (bytes >> 2);
  postings = heap.alloc(postingRoom);
}

/** Makes the lists of a part, and frees what they are made of. Their postings stand until the next part is made. */
export function makePart(lists: Lists, number: u32): void {
  const part = parts + (<usize>number << PART_SHIFT);
  const last = load<usize>(part, LAST);
  if (last !== 0) store<usize>(last, load<usize>(part, AT), 4);
  countEntries(lists, part);
  const pairs = heap.alloc(<usize>entries << 3);
  sortEntries(lists, part, pairs);
  reservePostings(entries * VARINT_BYTES + frequencySum + BEHIND_ENTRY);
  const places = lists.withPlaces ? heap.alloc(placeSum + (entries >> 5) + BEHIND_ENTRY) : 0;
  postingsAt = postings;
  placesAt = places;
  putLists(lists, pairs, number << rankBits);
  postingBytes = <u32>(postingsAt - postings);
  store<usize>(part, places, PLACES);
  store<u32>(part, <u32>(placesAt - places), PLACE_BYTES);
  heap.free(pairs);
  freeChunks(part);
}

/** Frees all that parts took. */
export function freeParts(count: u32): void {
  for (let part: u32 = 0; part < count; part++) {
    const places = partPlaces(part);
    if (places !== 0) heap.free(places);
  }
  heap.free(parts);
  heap.free(cursors);
  heap.free(info);
  if (postingRoom !== 0) heap.free(postings);
}
