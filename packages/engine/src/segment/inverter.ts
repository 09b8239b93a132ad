import type { SectionWriter } from './container.js';
import { DictionaryWriter, memorySink } from './dictionary.js';
import { ALL_ONCE, FIELD_SPAN, SKIP_INTERVAL, WORD_FIELDS } from './postings.js';
import { TERM_COST, TermTable } from './term-table.js';

/** Bytes a document of a term's list takes at most: in the two arrays (a third empty just after they grew), and sorted. */
const ENTRY_BYTES = 22;
/** Bytes written at once. */
const PIECE_BYTES = 1 << 14;
/** The longest a varint of 32 bits gets. */
const VARINT_BYTES = 5;
const POSITION_MASK = FIELD_SPAN - 1;

function grow(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(array.length + (array.length >> 1));
  grown.set(array);
  return grown;
}

/** Writes a varint at `at` and returns where the next byte goes. */
function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let to = at;
  while (rest > 127) {
    bytes[to++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[to] = rest;
  return to + 1;
}

/** Bytes of the frequencies that begin at `at`: a head, and a count for each field unless all are 1. */
function frequencyBytes(bytes: Uint8Array, at: number): number {
  const head = bytes[at];
  if (head >= ALL_ONCE) return 1;
  let to = at + 1;
  for (let bits = head; bits !== 0; bits &= bits - 1) {
    while (bytes[to] > 127) to++;
    to++;
  }
  return to - at;
}

/** A buffer in front of a section. */
class Pieces {
  bytes = new Uint8Array(PIECE_BYTES);
  at = 0;
  #flushed = 0;

  constructor(readonly out: SectionWriter) {}

  get length(): number {
    return this.#flushed + this.at;
  }

  flush(): void {
    this.out.write(this.bytes.subarray(0, this.at));
    this.#flushed += this.at;
    this.at = 0;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    if (this.at + end - start > this.bytes.length) {
      this.flush();
      if (end - start > this.bytes.length) this.bytes = new Uint8Array(end - start);
    }
    const into = this.bytes;
    let to = this.at;
    for (let i = start; i < end; i++) into[to++] = from[i];
    this.at = to;
  }

  varint(value: number): void {
    if (this.at + VARINT_BYTES > this.bytes.length) this.flush();
    this.at = putVarint(this.bytes, this.at, value);
  }
}

/** The documents of all terms, term after term, in the order of the segment. */
interface Sorted {
  readonly starts: Uint32Array;
  readonly docs: Uint32Array;
  /** The entry of each; empty where there are no places. */
  readonly entries: Uint32Array;
}

/**
 * Collects the tokens of documents and writes them turned round: by term, a sorted dictionary and its lists. What a
 * document has of a term is turned to the bytes of the lists as soon as the document ends, so what waits is little more
 * than what will be written.
 */
export class Inverter {
  readonly terms = new TermTable();
  /** By term: the last token of it in the document under way, plus one; without places, the last document plus one. */
  #last = new Uint32Array(1 << 8);
  /** By token of the document under way: its place and the next token of the same term, plus one. */
  #places = new Uint32Array(1 << 8);
  #next = new Uint32Array(1 << 8);
  #tokens = 0;
  /** The terms of the document under way and the first token of each. */
  #found = new Uint32Array(1 << 8);
  #firsts = new Uint32Array(1 << 8);
  #foundCount = 0;
  /** By entry (a term in a document): the term, and where its bytes begin. */
  #entryTerms = new Uint32Array(1 << 8);
  #entryStarts = new Uint32Array(1 << 8);
  #entries = 0;
  #tape = new Uint8Array(1 << 10);
  #tapeLength = 0;
  #docEnds = new Uint32Array(1 << 8);
  #docs = 0;
  readonly #counts = new Uint32Array(WORD_FIELDS.length);

  /** Without places only the documents of a term are kept. */
  constructor(readonly withPlaces: boolean) {}

  /** Bytes this takes at its worst, when it is written. */
  get bytes(): number {
    const { count, byteLength } = this.terms;
    return this.#entries * ENTRY_BYTES + this.#tapeLength * 2 + count * TERM_COST + byteLength * 4;
  }

  /** Adds a token of the term with this number in `terms`; the places of a term ascend. */
  add(term: number, place: number): void {
    while (term >= this.#last.length) this.#last = grow(this.#last);
    const last = this.#last[term];
    if (!this.withPlaces) {
      if (last === this.#docs + 1) return;
      this.#last[term] = this.#docs + 1;
      this.#addEntry(term);
      return;
    }
    const token = this.#tokens++;
    if (token === this.#places.length) {
      this.#places = grow(this.#places);
      this.#next = grow(this.#next);
    }
    this.#places[token] = place;
    this.#next[token] = 0;
    this.#last[term] = token + 1;
    if (last !== 0) {
      this.#next[last - 1] = token + 1;
      return;
    }
    if (this.#foundCount === this.#found.length) {
      this.#found = grow(this.#found);
      this.#firsts = grow(this.#firsts);
    }
    this.#found[this.#foundCount] = term;
    this.#firsts[this.#foundCount++] = token;
  }

  #addEntry(term: number): void {
    if (this.#entries + 1 >= this.#entryTerms.length) {
      this.#entryTerms = grow(this.#entryTerms);
      this.#entryStarts = grow(this.#entryStarts);
    }
    this.#entryTerms[this.#entries++] = term;
    this.#entryStarts[this.#entries] = this.#tapeLength;
  }

  endDoc(): void {
    const room =
      this.#tapeLength + this.#tokens * VARINT_BYTES + this.#foundCount * (1 + VARINT_BYTES * WORD_FIELDS.length);
    if (room > this.#tape.length) {
      const grown = new Uint8Array(Math.max(room, this.#tape.length + (this.#tape.length >> 1)));
      grown.set(this.#tape);
      this.#tape = grown;
    }
    for (let i = 0; i < this.#foundCount; i++) {
      const term = this.#found[i];
      const first = this.#firsts[i];
      this.#tapeLength = this.#next[first] === 0 ? this.#putOnce(this.#places[first]) : this.#putMany(first);
      this.#last[term] = 0;
      this.#addEntry(term);
    }
    this.#foundCount = 0;
    this.#tokens = 0;
    if (this.#docs === this.#docEnds.length) this.#docEnds = grow(this.#docEnds);
    this.#docEnds[this.#docs++] = this.#entries;
  }

  #putOnce(place: number): number {
    this.#tape[this.#tapeLength] = (1 << (place >>> 29)) | ALL_ONCE;
    return putVarint(this.#tape, this.#tapeLength + 1, place & POSITION_MASK);
  }

  /** Writes frequencies and places of a chain of tokens; equal places count once. */
  #putMany(first: number): number {
    const [tape, places, next, counts] = [this.#tape, this.#places, this.#next, this.#counts];
    counts.fill(0);
    let mask = 0;
    let most = 0;
    let before = -1;
    for (let token = first + 1; token !== 0; token = next[token - 1]) {
      const place = places[token - 1];
      if (place === before) continue;
      const field = place >>> 29;
      mask |= 1 << field;
      const count = ++counts[field];
      if (count > most) most = count;
      before = place;
    }
    let at = this.#tapeLength;
    tape[at++] = most === 1 ? mask | ALL_ONCE : mask;
    if (most > 1)
      for (let field = 0; field < counts.length; field++)
        if (counts[field] > 0) at = putVarint(tape, at, counts[field]);
    before = -1;
    for (let token = first + 1; token !== 0; token = next[token - 1]) {
      const place = places[token - 1];
      if (place === before) continue;
      const sameField = before >= 0 && before >>> 29 === place >>> 29;
      at = putVarint(tape, at, sameField ? place - before : place & POSITION_MASK);
      before = place;
    }
    return at;
  }

  /** The entries ordered by term (a counting sort over the documents in order, so that both stay ascending). */
  #sortByTerm(order: Uint32Array): Sorted {
    const terms = this.#entryTerms;
    const starts = new Uint32Array(this.terms.count + 1);
    for (let i = 0; i < this.#entries; i++) starts[terms[i] + 1]++;
    for (let id = 0; id < this.terms.count; id++) starts[id + 1] += starts[id];
    const next = starts.slice();
    const docs = new Uint32Array(this.#entries);
    const entries = new Uint32Array(this.withPlaces ? this.#entries : 0);
    for (let doc = 0; doc < this.#docs; doc++) {
      const taken = order[doc];
      const end = this.#docEnds[taken];
      for (let i = taken === 0 ? 0 : this.#docEnds[taken - 1]; i < end; i++) {
        const at = next[terms[i]]++;
        docs[at] = doc;
        if (this.withPlaces) entries[at] = i;
      }
    }
    return { starts, docs, entries };
  }

  /** Writes the lists; document `d` of the segment is the one that was taken in as number `order[d]`. */
  write(out: SectionWriter, name: string, order: Uint32Array): void {
    const sorted = this.#sortByTerm(order);
    const ids = this.terms.sorted();
    const blocks = memorySink();
    const dictionary = new DictionaryWriter(blocks);
    this.#writePostings(out, name, ids, sorted, dictionary);
    this.#writePositions(out, name, ids, sorted);
    dictionary.writeIndex(out, name);
    out.begin(`${name}.terms`);
    out.write(blocks.bytes.view());
  }

  #writePostings(
    out: SectionWriter,
    name: string,
    ids: Uint32Array,
    { starts, docs, entries }: Sorted,
    dictionary: DictionaryWriter,
  ): void {
    const [tape, tapeStarts] = [this.#tape, this.#entryStarts];
    const { bytes, starts: termStarts } = this.terms;
    const pieces = new Pieces(out);
    out.begin(`${name}.postings`);
    for (const id of ids) {
      const [from, to] = [starts[id], starts[id + 1]];
      if (from === to) continue;
      const docsFrom = pieces.length;
      for (let i = from, before = -1; i < to; i++) {
        pieces.varint(docs[i] - before - 1);
        before = docs[i];
      }
      const freqsFrom = pieces.length;
      let positions = 0;
      if (this.withPlaces) {
        for (let i = from; i < to; i++) {
          const at = tapeStarts[entries[i]];
          const length = frequencyBytes(tape, at);
          pieces.copy(tape, at, at + length);
          positions += tapeStarts[entries[i] + 1] - at - length;
        }
        positions += 4 * Math.floor((to - from - 1) / SKIP_INTERVAL);
      }
      const freqsLength = pieces.length - freqsFrom;
      dictionary.add(
        bytes,
        termStarts[id],
        termStarts[id + 1],
        to - from,
        freqsFrom - docsFrom,
        freqsLength,
        positions,
      );
    }
    pieces.flush();
  }

  /** Writes each term's places, then their skip table (byte offsets of every 128th document but the first). */
  #writePositions(out: SectionWriter, name: string, ids: Uint32Array, { starts, entries }: Sorted): void {
    out.begin(`${name}.positions`);
    if (!this.withPlaces) return;
    const [tape, tapeStarts] = [this.#tape, this.#entryStarts];
    const pieces = new Pieces(out);
    const skip = new Uint8Array(4);
    const skipView = new DataView(skip.buffer);
    for (const id of ids) {
      const from = starts[id];
      const skips: number[] = [];
      const begin = pieces.length;
      for (let i = from; i < starts[id + 1]; i++) {
        if (i > from && (i - from) % SKIP_INTERVAL === 0) skips.push(pieces.length - begin);
        const at = tapeStarts[entries[i]];
        pieces.copy(tape, at + frequencyBytes(tape, at), tapeStarts[entries[i] + 1]);
      }
      for (const offset of skips) {
        skipView.setUint32(0, offset, true);
        pieces.copy(skip, 0, 4);
      }
    }
    pieces.flush();
  }
}
