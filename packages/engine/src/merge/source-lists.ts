import { TermWalk } from '../segment/dictionary.js';
import { ALL_ONCE } from '../segment/postings.js';
import { SectionStream } from '../segment/streams.js';
import type { DocSet } from './doc-set.js';
import { GONE, type MergeSource } from './order.js';

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES = 5;
/** Places gone through at once. */
const MOST_PLACES = 1 << 16;

/** How many bits of a byte are set. */
const BIT_COUNTS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

/** Bytes written front to back into room that grows. */
export interface Tape {
  bytes: Uint8Array;
  length: number;
}

export const makeTape = (): Tape => ({ bytes: new Uint8Array(1 << 16), length: 0 });

/** Makes room for so many more bytes. */
export function growTape(tape: Tape, more: number): void {
  if (tape.length + more <= tape.bytes.length) return;
  const grown = new Uint8Array(2 * (tape.length + more));
  grown.set(tape.bytes.subarray(0, tape.length));
  tape.bytes = grown;
}

/** One source of a merge of lists: its terms front to back, and of the term it stands at the list. */
export class SourceLists {
  readonly terms: TermWalk;
  readonly #postings: SectionStream;
  readonly #positions: SectionStream | undefined;
  /** The bytes of documents and of frequencies, and how far each are read. */
  #list = new Uint8Array(0);
  #docAt = 0;
  #freqAt = 0;
  /** The item of the list it stands at, and those of documents that are not taken over. */
  #item = 0;
  #gone = new Uint32Array(1 << 6);
  #goneCount = 0;
  #nextGone = 0;
  /** Bytes of the term's places that are not passed yet. */
  #placesLeft = 0;

  constructor(
    { sections }: MergeSource,
    name: string,
    placed: boolean,
    readonly map: Uint32Array,
  ) {
    this.terms = new TermWalk(sections, name);
    this.#postings = new SectionStream(sections, `${name}.postings`);
    this.#positions = placed ? new SectionStream(sections, `${name}.positions`) : undefined;
  }

  get bytes(): Uint8Array {
    return this.terms.bytes;
  }

  get from(): number {
    return 0;
  }

  get to(): number {
    return this.terms.to;
  }

  next(): boolean {
    return this.terms.next();
  }

  /** Begins the list of the term. It must be ended before the next is begun. */
  begin(): void {
    const { docsLength, freqsLength, positionsLength } = this.terms;
    const postings = this.#postings;
    postings.reserve(docsLength + freqsLength);
    this.#list = postings.window;
    this.#docAt = postings.at;
    this.#freqAt = postings.at + docsLength;
    postings.at += docsLength + freqsLength;
    this.#placesLeft = positionsLength;
  }

  /** Passes by what is left of the list. */
  end(): void {
    if (this.#placesLeft > 0) this.#positions?.skip(this.#placesLeft);
  }

  /** Adds where the documents of the list go, those that are taken over; returns how many are not. */
  readDocs(into: DocSet): number {
    const list = this.#list;
    const { map } = this;
    let at = this.#docAt;
    let doc = -1;
    this.#goneCount = 0;
    for (let item = 0; item < this.terms.df; item++) {
      let byte = list[at++];
      let delta = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = list[at++];
        delta |= (byte & 127) << shift;
      }
      doc += delta + 1;
      if (map[doc] === GONE) this.#addGone(item);
      else into.add(map[doc]);
    }
    this.#nextGone = 0;
    this.#item = 0;
    return this.#goneCount;
  }

  #addGone(item: number): void {
    if (this.#goneCount === this.#gone.length) {
      const grown = new Uint32Array(2 * this.#goneCount);
      grown.set(this.#gone);
      this.#gone = grown;
    }
    this.#gone[this.#goneCount++] = item;
  }

  /** Copies frequencies and places of the whole list as they are. The tape must have room for the frequencies. */
  copyAll(freqs: Tape, takePlaces: (bytes: Uint8Array, from: number, to: number) => void): void {
    const { freqsLength } = this.terms;
    const list = this.#list;
    const from = this.#freqAt;
    const into = freqs.bytes;
    let to = freqs.length;
    for (let i = from; i < from + freqsLength; i++) into[to++] = list[i];
    freqs.length = to;
    const positions = this.#positions;
    if (positions === undefined) return;
    for (let left = this.#placesLeft; left > 0; ) {
      const count = Math.min(left, MOST_PLACES);
      positions.reserve(count);
      takePlaces(positions.window, positions.at, positions.at + count);
      positions.at += count;
      left -= count;
    }
    this.#placesLeft = 0;
  }

  /** Copies frequencies and places of the next document taken over; the tape of frequencies must have room. */
  copyNext(freqs: Tape, places: Tape): void {
    if (this.#goneCount > 0) this.#passGone();
    const list = this.#list;
    const from = this.#freqAt;
    const count = this.#readFrequencies();
    const { bytes, length } = freqs;
    const more = this.#freqAt - from;
    for (let i = 0; i < more; i++) bytes[length + i] = list[from + i];
    freqs.length = length + more;
    this.#copyPlaces(count, places);
  }

  /** Passes by the documents that are not taken over and stand before the next that is. */
  #passGone(): void {
    for (; this.#nextGone < this.#goneCount && this.#gone[this.#nextGone] === this.#item; this.#item++) {
      this.#nextGone++;
      this.#copyPlaces(this.#readFrequencies(), undefined);
    }
    this.#item++;
  }

  /** Goes beyond the frequencies of the next document; returns how many places it has. */
  #readFrequencies(): number {
    const list = this.#list;
    const head = list[this.#freqAt++];
    if (head >= ALL_ONCE) return BIT_COUNTS[head & ~ALL_ONCE];
    let at = this.#freqAt;
    let count = 0;
    for (let fields = BIT_COUNTS[head]; fields > 0; fields--) {
      let byte = list[at++];
      count += byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = list[at++];
        count += (byte & 127) << shift;
      }
    }
    this.#freqAt = at;
    return count;
  }

  #copyPlaces(places: number, into: Tape | undefined): void {
    const positions = this.#positions;
    if (positions === undefined) return;
    for (let left = places; left > 0; ) {
      const count = Math.min(left, MOST_PLACES);
      left -= count;
      const most = count * VARINT_BYTES;
      if (positions.at + most > positions.end) positions.reserve(most);
      const { window, at: from } = positions;
      let at = from;
      if (into === undefined) for (let more = count; more > 0; ) more -= 1 - (window[at++] >>> 7);
      else {
        if (into.length + most > into.bytes.length) growTape(into, most);
        const { bytes } = into;
        let to = into.length;
        for (let more = count; more > 0; ) {
          const byte = window[at++];
          bytes[to++] = byte;
          more -= 1 - (byte >>> 7);
        }
        into.length = to;
      }
      positions.at = at;
      this.#placesLeft -= at - from;
    }
  }
}
