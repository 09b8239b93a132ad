import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { WORD_FIELDS } from '../segment/postings.js';
import type { LengthColumn } from '../segment/segment.js';
import { addToBits, type TermList } from '../segment/term-list.js';
import { addAll, type Bits, countBits, emptyBits, hasBit, keepCommon, setBit } from '../storage/bits.js';

/** The fields that words are looked for in, the column of their lengths, and the average of these. */
export interface WordFields {
  readonly mask: number;
  readonly column: LengthColumn;
  readonly average: number;
}

/** The live documents of a term with their number; the set may be shared. Of a short list it is made when asked for. */
export interface LiveTerm {
  readonly amounts: { readonly list: TermList };
  readonly bits: Bits;
  readonly hits: number;
  /** True of a short list, whose set is made when it is asked for. */
  readonly listed: boolean;
  /** Adds the documents to a set. */
  addTo(into: Bits): void;
}

/** The documents of a long list that live, with their number. */
interface LiveSet {
  readonly bits: Bits;
  readonly hits: number;
}

/** More than any mask of fields. */
const MASKS = 1 << WORD_FIELDS.length;

function liveSet({ live }: LiveSegment, all: Bits): LiveSet {
  const bits = all.slice();
  keepCommon(bits, live);
  return { bits, hits: countBits(bits) };
}

function countLive({ live }: LiveSegment, docs: Uint32Array): number {
  let hits = 0;
  for (let i = 0; i < docs.length; i++) if (hasBit(live, docs[i])) hits++;
  return hits;
}

/** The live ones of a short list, which become a set only when one is asked for. */
class ShortLiveTerm implements LiveTerm {
  readonly listed = true;
  readonly amounts: { readonly list: TermList };
  #hits: number | undefined;
  #bits: Bits | undefined;

  constructor(
    readonly live: LiveSegment,
    readonly list: TermList,
    readonly docs: Uint32Array,
  ) {
    this.amounts = { list };
  }

  get hits(): number {
    const { live, docs } = this;
    if (isWhole(live)) return docs.length;
    this.#hits ??= live.kept.get(this.list.id, () => countLive(live, docs), bytesOfCount);
    return this.#hits;
  }

  get bits(): Bits {
    if (this.#bits === undefined) {
      this.#bits = emptyBits(this.live.segment.docs);
      this.addTo(this.#bits);
    }
    return this.#bits;
  }

  addTo(into: Bits): void {
    const { docs } = this;
    const { live } = this.live;
    if (isWhole(this.live)) addToBits(this.list, into);
    else for (let i = 0; i < docs.length; i++) if (hasBit(live, docs[i])) setBit(into, docs[i]);
  }
}

const bytesOfCount = (): number => 8;

const isWhole = ({ entry }: LiveSegment): boolean => entry.docs === entry.liveDocs;

/** The live documents of a term. Of a long list they are kept ready as long as the same documents live. */
export function termBits(live: LiveSegment, entry: TermEntry, { mask, column, average }: WordFields): LiveTerm {
  const list = live.segment.termList(entry, mask, column, average);
  const { bits: all, docs } = list;
  if (docs) return new ShortLiveTerm(live, list, docs);
  if (all === undefined) throw new Error('A list has neither a set nor its documents.');
  const { bits, hits } = isWhole(live)
    ? { bits: all, hits: list.df }
    : live.kept.get(
        entry.docsAt * MASKS + mask,
        () => liveSet(live, all),
        (set) => set.bits.byteLength + 100,
      );
  return { amounts: { list }, bits, hits, listed: false, addTo: (into) => addAll(into, bits) };
}

/** How many live documents have a term. */
export function termHits(live: LiveSegment, entry: TermEntry, fields: WordFields): number {
  return termBits(live, entry, fields).hits;
}
