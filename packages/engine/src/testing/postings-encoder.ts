import { ALL_ONCE, FIELD_SPAN, SKIP_INTERVAL, WORD_FIELDS } from '../segment/postings.js';
import { ByteWriter, bytesOf } from '../storage/bytes.js';

/** The lists of one term in the plainest way, document by document, places ascending: what an inverter must write. */
export class PostingsEncoder {
  readonly docs = new ByteWriter();
  readonly freqs = new ByteWriter();
  readonly #places = new ByteWriter();
  readonly #counts = new Uint32Array(WORD_FIELDS.length);
  #skips: number[] = [];
  #df = 0;
  #last = -1;

  get df(): number {
    return this.#df;
  }

  clear(): void {
    this.docs.clear();
    this.freqs.clear();
    this.#places.clear();
    this.#skips = [];
    this.#df = 0;
    this.#last = -1;
  }

  addDoc(doc: number): void {
    this.docs.varint(doc - this.#last - 1);
    this.#last = doc;
    this.#df++;
  }

  /** Adds a document with the places `places[from..to)`; equal places count once. */
  add(doc: number, places: Uint32Array, from: number, to: number): void {
    if (this.#df > 0 && this.#df % SKIP_INTERVAL === 0) this.#skips.push(this.#places.length);
    this.addDoc(doc);
    this.#counts.fill(0);
    let mask = 0;
    let before = -1;
    let most = 0;
    for (let i = from; i < to; i++) {
      const place = places[i];
      if (place === before) continue;
      const field = place >>> 29;
      const sameField = (mask & (1 << field)) !== 0;
      this.#places.varint(sameField ? place - before : place & (FIELD_SPAN - 1));
      mask |= 1 << field;
      most = Math.max(most, ++this.#counts[field]);
      before = place;
    }
    this.freqs.byte(most === 1 ? mask | ALL_ONCE : mask);
    if (most > 1) for (const count of this.#counts) if (count > 0) this.freqs.varint(count);
  }

  /** Writes the position list: the places, then their skip table (byte offsets of every 128th document but the first). */
  writePositions(into: ByteWriter): void {
    into.raw(this.#places.view());
    into.raw(bytesOf(Uint32Array.from(this.#skips)));
  }
}
