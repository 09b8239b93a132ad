import type { SectionWriter } from './container.js';
import { DictionaryWriter, memorySink } from './dictionary.js';
import type { ListMaker, TermLists } from './lists.js';
import { ALL_ONCE, FIELD_SPAN, SKIP_INTERVAL, WORD_FIELDS } from './postings.js';
import { TERM_COST, TermTable } from './term-table.js';

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES = 5;
/** Bytes a document of a term's list takes at most: in the two arrays (a third empty just after they grew), and sorted. */
const ENTRY_BYTES = 22;
/** Bytes a byte of the tape takes at most: a third is empty just after it grew, and places are put in order beside it. */
const TAPE_COST = 2.5;
/** The longest the frequencies of a document get. */
const FREQUENCY_BYTES = 1 + VARINT_BYTES * WORD_FIELDS.length;
/** Bytes written at once. */
const PIECE_BYTES = 1 << 14;
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

  /** Makes room for so many bytes from `at` on. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    this.flush();
    if (more > this.bytes.length) this.bytes = new Uint8Array(more);
  }

  /** Writes ascending documents, every second of `pairs[from..to)`, as differences. */
  docs(pairs: Uint32Array, from: number, to: number): void {
    this.reserve(((to - from) >>> 1) * VARINT_BYTES);
    const { bytes } = this;
    let at = this.at;
    for (let i = from, before = -1; i < to; i += 2) {
      const delta = pairs[i] - before - 1;
      if (delta < 128) bytes[at++] = delta;
      else at = putVarint(bytes, at, delta);
      before = pairs[i];
    }
    this.at = at;
  }
}

/** The documents of all terms, term after term, in the order of the segment. */
interface Sorted {
  /** Where the pairs of each term begin, in pairs. */
  readonly starts: Uint32Array;
  /** A document and its entry, side by side, because they are written and read together. */
  readonly pairs: Uint32Array;
}

/**
 * Collects the tokens of documents and writes them turned round: by term, a sorted dictionary and its lists. What a
 * document has of a term is turned to the bytes of the lists as soon as the document ends, so what waits is little more
 * than what will be written.
 */
class Inverter implements TermLists {
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
    return this.#entries * ENTRY_BYTES + this.#tapeLength * TAPE_COST + count * TERM_COST + byteLength * 4;
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
    const pairs = new Uint32Array(2 * this.#entries);
    for (let doc = 0; doc < this.#docs; doc++) {
      const taken = order[doc];
      const end = this.#docEnds[taken];
      for (let i = taken === 0 ? 0 : this.#docEnds[taken - 1]; i < end; i++) {
        const at = 2 * next[terms[i]]++;
        pairs[at] = doc;
        pairs[at + 1] = i;
      }
    }
    return { starts, pairs };
  }

  /** Writes the lists; document `d` of the segment is the one that was taken in as number `order[d]`. */
  write(out: SectionWriter, name: string, order: Uint32Array): void {
    const sorted = this.#sortByTerm(order);
    const ids = this.terms.sorted();
    const blocks = memorySink();
    const dictionary = new DictionaryWriter(blocks);
    const places = this.#writePostings(out, name, ids, sorted, dictionary);
    out.begin(`${name}.positions`);
    out.write(places);
    dictionary.writeIndex(out, name);
    out.begin(`${name}.terms`);
    out.write(blocks.bytes.view());
  }

  /** Writes documents and frequencies; gives the places, which are met on the same way through the tape. */
  #writePostings(
    out: SectionWriter,
    name: string,
    ids: Uint32Array,
    { starts, pairs }: Sorted,
    dictionary: DictionaryWriter,
  ): Uint8Array {
    const { bytes, starts: termStarts } = this.terms;
    const pieces = new Pieces(out);
    const places = new Uint8Array(
      this.withPlaces ? this.#tapeLength + 4 * Math.ceil(this.#entries / SKIP_INTERVAL) : 0,
    );
    let placesAt = 0;
    out.begin(`${name}.postings`);
    for (const id of ids) {
      const [from, to] = [2 * starts[id], 2 * starts[id + 1]];
      if (from === to) continue;
      const docsFrom = pieces.length;
      pieces.docs(pairs, from, to);
      const docsLength = pieces.length - docsFrom;
      const placesEnd = this.withPlaces ? this.#writeEntries(pieces, pairs, from, to, places, placesAt) : placesAt;
      const freqsLength = pieces.length - docsFrom - docsLength;
      const df = (to - from) / 2;
      dictionary.add(bytes, termStarts[id], termStarts[id + 1], df, docsLength, freqsLength, placesEnd - placesAt);
      placesAt = placesEnd;
    }
    pieces.flush();
    return places.subarray(0, placesAt);
  }

  /**
   * Writes the frequencies of a list and puts its places from `at` on, then their skip table (byte offsets of every
   * 128th document but the first). Returns where they end.
   */
  #writeEntries(pieces: Pieces, pairs: Uint32Array, from: number, to: number, places: Uint8Array, at: number): number {
    const [tape, tapeStarts] = [this.#tape, this.#entryStarts];
    const skips: number[] = [];
    let placesAt = at;
    for (let start = from; start < to; start += 2 * SKIP_INTERVAL) {
      if (start > from) skips.push(placesAt - at);
      pieces.reserve(SKIP_INTERVAL * FREQUENCY_BYTES);
      const { bytes } = pieces;
      let freqsAt = pieces.at;
      for (let i = start; i < to && i < start + 2 * SKIP_INTERVAL; i += 2) {
        let tapeAt = tapeStarts[pairs[i + 1]];
        const end = tapeStarts[pairs[i + 1] + 1];
        const head = tape[tapeAt++];
        bytes[freqsAt++] = head;
        for (let bits = head >= ALL_ONCE ? 0 : head; bits !== 0; bits &= bits - 1) {
          while (tape[tapeAt] > 127) bytes[freqsAt++] = tape[tapeAt++];
          bytes[freqsAt++] = tape[tapeAt++];
        }
        while (tapeAt < end) places[placesAt++] = tape[tapeAt++];
      }
      pieces.at = freqsAt;
    }
    for (const offset of skips)
      for (let shift = 0; shift < 32; shift += 8) places[placesAt++] = (offset >>> shift) & 0xff;
    return placesAt;
  }
}

/** Collects lists in JavaScript. */
export const listsInScript: ListMaker = {
  texts: () => ({
    words: new Inverter(true),
    marks: new Inverter(true),
    addText: () => undefined,
    outline: () => undefined,
    addOutlined: () => 0,
  }),
  keys: () => new Inverter(false),
  close: () => undefined,
};
