import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { countIn, type Frequencies, WORD_FIELDS } from '../segment/postings.js';
import { type Bits, emptyBits, forEachBit, fullBits, hasBit, keepCommon } from '../storage/bits.js';
import { blocks } from './blocks.js';
import { expandPart } from './expand.js';
import { termBits, type WordFields } from './live-lists.js';
import { type Amounts, MatchList } from './matches.js';
import { anyOfWords, mergeWords } from './merged-words.js';
import { countNear } from './near.js';
import { allOf, NOTHING, type Operand } from './operands.js';
import { openPhrase } from './phrase.js';
import type { FieldPlaces } from './places.js';
import { plainOperand } from './plain-leaf.js';
import { type ChainLeaf, isScored, type Leaf, type NearLeaf, type ScoredLeaf, type TextLeaf } from './plan.js';
import { findRarePhrase } from './rare-phrase.js';
import { openChainCounts } from './spans.js';
import { holdersOf, isOfPlainWords, openPlaces } from './word-places.js';

/** What a leaf finds in one segment; `amounts` only where it weighs in the score. The set may be shared. */
export interface LeafResult {
  readonly bits: Bits;
  /** How many there are, where that is known. */
  readonly hits?: number | undefined;
  readonly amounts: Amounts | undefined;
  /** They are a short list: the set is made when it is asked for. */
  readonly listed?: boolean | undefined;
  /** None of them is outside of what they were looked for within. */
  readonly isWithin?: boolean | undefined;
  /** The same as it is at hand, deleted ones perhaps too; where it is left out, the set. */
  readonly operand?: Operand | undefined;
}

/** What so many occurrences in a field of a document count; by default as many as they are. */
export type Weigher = (doc: number, field: number, count: number) => number;

/** What a leaf is matched with besides the segment itself. */
export interface LeafContext {
  readonly snapshot: Snapshot;
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly weigher: Weigher | undefined;
  /** The average length of the field that a leaf is scored over. */
  readonly average: number;
  /** The hits are ranked by what the leaf counts in them. */
  readonly ranked?: boolean | undefined;
  /** Documents outside need not be found. */
  readonly within?: Bits | undefined;
}

const NONE = new Uint8Array(0);
/** More occurrences than any document has. */
const ALL = 0x7fffffff;

/** Adds up over the fields of a mask. */
function inFields(mask: number, count: (field: number) => number): number {
  let sum = 0;
  for (let field = 0; field < WORD_FIELDS.length; field++) if ((mask & (1 << field)) !== 0) sum += count(field);
  return sum;
}

/** What document `i` of a list counts in the fields of a mask; 0 when it has the term in none of them. */
function amountOf(
  frequencies: Frequencies,
  i: number,
  doc: number,
  mask: number,
  weigher: Weigher | undefined,
): number {
  if ((frequencies.masks[i] & mask) === 0) return 0;
  if (weigher === undefined) return countIn(frequencies, i, mask);
  return inFields(mask, (field) => {
    const count = countIn(frequencies, i, 1 << field);
    return count === 0 ? 0 : weigher(doc, field, count);
  });
}

const nothing = ({ segment }: LiveSegment): LeafResult => ({
  get bits() {
    return emptyBits(segment.docs);
  },
  hits: 0,
  listed: true,
  isWithin: true,
  amounts: { counts: NONE },
  operand: NOTHING,
});

const wordFieldsOf = ({ mask, column }: ScoredLeaf, { average }: LeafContext): WordFields => ({
  mask,
  column,
  average,
});

const oneTerm = (live: LiveSegment, entry: TermEntry, leaf: TextLeaf, context: LeafContext): LeafResult =>
  termBits(live, entry, wordFieldsOf(leaf, context));

/** Weighs every document of a term by field. */
function weighedTerm(
  { segment, live }: LiveSegment,
  entries: readonly TermEntry[],
  mask: number,
  weigher: Weigher,
): LeafResult {
  const amounts = new Float64Array(segment.docs);
  for (const entry of entries) {
    const docs = segment.docsOf('words', entry);
    const frequencies = segment.frequencies('words', entry);
    for (let i = 0; i < docs.length; i++) amounts[docs[i]] += amountOf(frequencies, i, docs[i], mask, weigher);
  }
  const list = new MatchList(segment.docs);
  for (let doc = 0; doc < amounts.length; doc++) if (amounts[doc] > 0 && hasBit(live, doc)) list.add(doc, amounts[doc]);
  return list.result();
}

/** Every word that the part stands for counts as if it were the same word. */
function openTerm(live: LiveSegment, leaf: TextLeaf, context: LeafContext): LeafResult {
  const { mask, query } = leaf;
  const entries = expandPart(live.segment, query.parts[0]);
  if (context.weigher) return weighedTerm(live, entries, mask, context.weigher);
  const [only] = entries;
  if (only === undefined) return nothing(live);
  if (entries.length === 1) return oneTerm(live, only, leaf, context);
  const fields = wordFieldsOf(leaf, context);
  if (context.ranked === false) return { bits: anyOfWords(live, entries, fields), amounts: undefined };
  return mergeWords(live, entries, fields);
}

/** What a leaf finds that weighs nothing; a set is made of it when it is asked for. */
class PlainResult implements LeafResult {
  readonly amounts = undefined;
  readonly isWithin: boolean = false;
  #bits: Bits | undefined;

  constructor(
    readonly live: LiveSegment,
    readonly operand: Operand,
  ) {}

  get bits(): Bits {
    this.#bits ??= blocks.fill(this.operand, this.live).bits;
    return this.#bits;
  }

  get hits(): number {
    return blocks.count(this.operand, this.live);
  }
}

/** Live documents that were tested one by one, all within what they were looked for in. */
class FewResult extends PlainResult {
  override readonly isWithin = true;

  constructor(
    live: LiveSegment,
    readonly docs: Uint32Array,
  ) {
    super(live, { kind: 'list', docs, live: true });
  }

  override get hits(): number {
    return this.docs.length;
  }
}

/** Above one document in so many all are gone through together. */
const FEW_ONE_IN = 64;

/** Those of a few documents that have what is looked for; undefined when they are not few. */
function fewMatches(live: LiveSegment, leaf: ScoredLeaf, average: number, wanted: Operand): LeafResult | undefined {
  const docs = blocks.list(wanted, live, live.segment.docs / FEW_ONE_IN);
  if (docs === undefined) return undefined;
  const places = docs.length === 0 ? undefined : openPlaces(live, leaf, average);
  if (places === undefined) return nothing(live);
  const kept = places.keepFew(docs);
  return new FewResult(live, docs.subarray(0, kept));
}

/** The live documents of `within` that have what is looked for in the places of plain words. */
function placeMatches(live: LiveSegment, leaf: ScoredLeaf, { average, within, ranked }: LeafContext): LeafResult {
  const counted = within !== undefined && ranked === false;
  if (leaf.kind === 'text' && !counted) {
    // What is ranked counts wherever it stands, also where another part of the query matches.
    const found = findRarePhrase(live, leaf.query.parts, leaf.mask, ranked === false ? 1 : ALL);
    if (found) return found;
  }
  const holders = holdersOf(live, leaf, average);
  if (holders === undefined) return nothing(live);
  const wanted = allOf(within ? [{ kind: 'set', bits: within, live: true }, ...holders] : holders);
  const few = counted ? fewMatches(live, leaf, average, wanted) : undefined;
  if (few) return few;
  const { bits, hits } = blocks.fill(wanted, live);
  // Documents that others match weigh by it too, so that it may count where nothing else is left.
  const places = hits === 0 && within === undefined ? undefined : openPlaces(live, leaf, average);
  if (places === undefined) return nothing(live);
  // Where all that match are ranked, what they count is told in the same pass.
  if (ranked && within === undefined && places.countAll) return { bits, amounts: { counts: places.countAll(bits) } };
  places.keep(bits);
  return { bits, amounts: { places } };
}

/** Counts the documents of `candidates` that are live, field by field. */
function countFields(
  { segment, live }: LiveSegment,
  candidates: Bits,
  mask: number,
  { weigher, within }: LeafContext,
  open: (doc: number) => (field: number) => number,
): LeafResult {
  const list = new MatchList(segment.docs);
  const left = candidates.slice();
  keepCommon(left, live);
  if (within) keepCommon(left, within);
  forEachBit(left, (doc) => {
    const count = open(doc);
    const amount = inFields(mask, (field) => {
      const found = count(field);
      return found === 0 || weigher === undefined ? found : weigher(doc, field, found);
    });
    if (amount > 0) list.add(doc, amount);
  });
  return list.result();
}

function textMatches(live: LiveSegment, leaf: TextLeaf, context: LeafContext): LeafResult {
  const { query, mask, exact } = leaf;
  const { weigher } = context;
  const [first] = query.parts;
  if (first === undefined) return nothing(live);
  if (query.parts.length === 1 && !exact) {
    if (first.open || first.pattern) return openTerm(live, leaf, context);
    const entry = live.segment.words.find(first.term);
    if (entry === undefined) return nothing(live);
    return weigher ? weighedTerm(live, [entry], mask, weigher) : oneTerm(live, entry, leaf, context);
  }
  const phrase = openPhrase(live.segment, query, exact);
  return countFields(live, phrase.candidates, mask, context, (doc) => {
    const starts = phrase.starts(doc);
    return (field) => starts[field].length;
  });
}

function nearMatches(live: LiveSegment, leaf: NearLeaf, context: LeafContext): LeafResult {
  const { queries, mask, distance, ordered } = leaf;
  if (queries.length === 0 || queries.some(({ length }) => length === 0)) {
    return nothing(live);
  }
  const phrases = queries.map((query) => openPhrase(live.segment, query, false));
  const candidates = fullBits(live.segment.docs);
  for (const phrase of phrases) keepCommon(candidates, phrase.candidates);
  const occurrences = (starts: FieldPlaces, item: number, field: number): { start: number; end: number }[] =>
    starts[field].map((start) => ({ start, end: start + queries[item].length - 1 }));
  return countFields(live, candidates, mask, context, (doc) => {
    const starts = phrases.map((phrase) => phrase.starts(doc));
    return (field) => {
      const lists = starts.map((found, item) => occurrences(found, item, field));
      return lists.some((found) => found.length === 0) ? 0 : countNear(lists, distance, ordered);
    };
  });
}

function chainMatches(live: LiveSegment, { node, mask }: ChainLeaf, context: LeafContext): LeafResult {
  const { candidates, count } = openChainCounts(live.segment, node);
  return countFields(live, candidates, mask, context, (doc) => (field) => count(doc, field));
}

/** The live documents of a segment that match a leaf. */
export function matchLeaf(live: LiveSegment, leaf: Leaf, context: LeafContext): LeafResult {
  if (isScored(leaf) && context.weigher === undefined && isOfPlainWords(leaf)) return placeMatches(live, leaf, context);
  if (leaf.kind === 'text') return textMatches(live, leaf, context);
  if (leaf.kind === 'near') return nearMatches(live, leaf, context);
  if (leaf.kind === 'chain') return chainMatches(live, leaf, context);
  if (leaf.kind === 'all') return { bits: live.live, hits: live.entry.liveDocs, amounts: undefined };
  return new PlainResult(live, plainOperand(live.segment, leaf, context));
}
