import type { SectionWriter } from './container.js';
import { DictionaryWriter } from './dictionary.js';
import { PostingsEncoder } from './postings.js';

/** Bytes a term costs while a segment is built: the map's slot, the string, its counters. */
const TERM_BYTES = 120;

function grow(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(array.length * 2);
  grown.set(array);
  return grown;
}

/** Collects the tokens of documents in order and writes them turned round: by term, a sorted dictionary and its lists. */
export class Inverter {
  readonly #ids = new Map<string, number>();
  #tokens = new Uint32Array(1 << 14);
  #places: Uint32Array;
  #docEnds = new Uint32Array(1 << 10);
  #count = 0;
  #docs = 0;

  /** Without places only the documents of a term are kept. */
  constructor(readonly withPlaces: boolean) {
    this.#places = new Uint32Array(withPlaces ? 1 << 14 : 0);
  }

  /** Bytes held now; writing needs about as much again. */
  get bytes(): number {
    return this.#count * (this.withPlaces ? 8 : 4) + this.#ids.size * TERM_BYTES;
  }

  add(term: string, place: number): void {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(term, id);
    }
    if (this.#count === this.#tokens.length) {
      this.#tokens = grow(this.#tokens);
      if (this.withPlaces) this.#places = grow(this.#places);
    }
    this.#tokens[this.#count] = id;
    if (this.withPlaces) this.#places[this.#count] = place;
    this.#count++;
  }

  endDoc(): void {
    if (this.#docs === this.#docEnds.length) this.#docEnds = grow(this.#docEnds);
    this.#docEnds[this.#docs++] = this.#count;
  }

  /** The tokens ordered by term id (a counting sort, so documents and places stay ascending). */
  #sortByTerm(): { starts: Uint32Array; docs: Uint32Array; places: Uint32Array } {
    const starts = new Uint32Array(this.#ids.size + 1);
    for (let i = 0; i < this.#count; i++) starts[this.#tokens[i] + 1]++;
    for (let id = 0; id < this.#ids.size; id++) starts[id + 1] += starts[id];
    const next = starts.slice();
    const docs = new Uint32Array(this.#count);
    const places = new Uint32Array(this.withPlaces ? this.#count : 0);
    let i = 0;
    for (let doc = 0; doc < this.#docs; doc++) {
      for (const end = this.#docEnds[doc]; i < end; i++) {
        const at = next[this.#tokens[i]]++;
        docs[at] = doc;
        if (this.withPlaces) places[at] = this.#places[i];
      }
    }
    return { starts, docs, places };
  }

  write(out: SectionWriter, name: string): void {
    const sorted = this.#sortByTerm();
    const terms = [...this.#ids.keys()].sort();
    const dictionary = new DictionaryWriter();
    const encoder = new PostingsEncoder();
    const positions: Uint8Array[] = [];
    out.begin(`${name}.postings`);
    for (const term of terms) {
      const id = this.#ids.get(term) ?? 0;
      this.#encode(encoder, sorted, id);
      const places = this.withPlaces ? encoder.positions() : new Uint8Array(0);
      dictionary.add(term, encoder.df, encoder.docs.length, encoder.freqs.length, places.length);
      out.write(encoder.docs.view());
      out.write(encoder.freqs.view());
      if (places.length > 0) positions.push(places);
    }
    out.begin(`${name}.positions`);
    for (const places of positions) out.write(places);
    dictionary.write(out, name);
  }

  #encode(
    encoder: PostingsEncoder,
    { starts, docs, places }: { starts: Uint32Array; docs: Uint32Array; places: Uint32Array },
    id: number,
  ): void {
    encoder.clear();
    const end = starts[id + 1];
    let from = starts[id];
    while (from < end) {
      const doc = docs[from];
      let to = from + 1;
      while (to < end && docs[to] === doc) to++;
      if (this.withPlaces) encoder.add(doc, places, from, to);
      else encoder.addDoc(doc);
      from = to;
    }
  }
}
