import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import type { LengthColumn } from '../segment/segment.js';
import type { TermList } from '../segment/term-list.js';
import { type Bits, countBits, hasBit, keepCommon } from '../storage/bits.js';
import { blocks } from './blocks.js';
import type { Operand } from './operands.js';

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
  readonly operand: Operand;
}

/** The documents of a long list that live, with their number. */
interface LiveSet {
  readonly bits: Bits;
  readonly hits: number;
}

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

/** The live ones of a short list, which become a set only when one is asked for. Their number is kept as sets are. */
class ShortLiveTerm implements LiveTerm {
  readonly listed = true;
  readonly amounts: { readonly list: TermList };
  #bits: Bits | undefined;

  constructor(
    readonly live: LiveSegment,
    readonly list: TermList,
    readonly docs: Uint32Array,
  ) {
    this.amounts = { list };
  }

  get hits(): number {
    if (isWhole(this.live)) return this.docs.length;
    return this.live.kept.get(
      this.list.id,
      () => countLive(this.live, this.docs),
      () => 8,
    );
  }

  get bits(): Bits {
    this.#bits ??= blocks.fill(this.operand, this.live).bits;
    return this.#bits;
  }

  get operand(): Operand {
    return { kind: 'list', docs: this.docs, live: isWhole(this.live) };
  }
}

const isWhole = ({ entry }: LiveSegment): boolean => entry.docs === entry.liveDocs;

/**
 * The live documents of a term. Of a long list they are kept ready as long as the same documents live, of a short one
 * their number.
 */
export function termBits(live: LiveSegment, entry: TermEntry, { mask, column, average }: WordFields): LiveTerm {
  const list = live.segment.termList(entry, mask, column, average);
  const { bits: all, docs } = list;
  if (docs) return new ShortLiveTerm(live, list, docs);
  if (all === undefined) throw new Error('A list has neither a set nor its documents.');
  const { bits, hits } = isWhole(live)
    ? { bits: all, hits: list.df }
    : live.kept.get(
        list.id,
        () => liveSet(live, all),
        (set) => set.bits.byteLength + 100,
      );
  return { amounts: { list }, bits, hits, listed: false, operand: { kind: 'set', bits, live: true } };
}

/** How many live documents have a term. */
export function termHits(live: LiveSegment, entry: TermEntry, fields: WordFields): number {
  return termBits(live, entry, fields).hits;
}
