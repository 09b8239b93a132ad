import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import { countIn, type Frequencies, WORD_FIELDS } from '../segment/postings.js';
import type { Segment } from '../segment/segment.js';
import { addAll, type Bits, emptyBits, forEachBit, fullBits, hasBit, keepCommon, setBit } from '../storage/bits.js';
import { expandKeys, expandPart } from './expand.js';
import { type Counts, MatchList } from './matches.js';
import { countNear } from './near.js';
import { openPhrase } from './phrase.js';
import type { FieldPlaces } from './places.js';
import type {
  ChainLeaf,
  ColumnLeaf,
  DayLeaf,
  HeldLeaf,
  KeyLeaf,
  Leaf,
  NearLeaf,
  ScoredLeaf,
  TextLeaf,
} from './plan.js';
import { openChainCounts } from './spans.js';
import { docValues } from './values.js';

/** What a leaf finds in one segment; `counts` only where it weighs in the score: one for each bit set, in order. */
export interface LeafResult {
  readonly bits: Bits;
  readonly counts: Counts | undefined;
}

/** What so many occurrences in a field of a document count; by default as many as they are. */
export type Weigher = (doc: number, field: number, count: number) => number;

/** What a leaf is matched with besides the segment itself. */
export interface LeafContext {
  readonly snapshot: Snapshot;
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly weigher: Weigher | undefined;
}

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

function oneTerm({ segment, live }: LiveSegment, term: string, mask: number, weigher: Weigher | undefined): LeafResult {
  const list = new MatchList(segment.docs);
  const entry = segment.words.find(term);
  if (entry === undefined) return list.result();
  const docs = segment.docsOf('words', entry);
  const frequencies = segment.frequencies('words', entry);
  for (let i = 0; i < docs.length; i++) {
    if (!hasBit(live, docs[i])) continue;
    const amount = amountOf(frequencies, i, docs[i], mask, weigher);
    if (amount > 0) list.add(docs[i], amount);
  }
  return list.result();
}

/** Every word that the part stands for counts as if it were the same word. */
function openTerm({ segment, live }: LiveSegment, { query, mask }: TextLeaf, weigher: Weigher | undefined): LeafResult {
  const amounts = new Float64Array(segment.docs);
  for (const entry of expandPart(segment, query.parts[0])) {
    const docs = segment.docsOf('words', entry);
    const frequencies = segment.frequencies('words', entry);
    for (let i = 0; i < docs.length; i++) amounts[docs[i]] += amountOf(frequencies, i, docs[i], mask, weigher);
  }
  const list = new MatchList(segment.docs);
  for (let doc = 0; doc < amounts.length; doc++) if (amounts[doc] > 0 && hasBit(live, doc)) list.add(doc, amounts[doc]);
  return list.result();
}

/** Counts the documents of `candidates` that are live, field by field. */
function countFields(
  { segment, live }: LiveSegment,
  candidates: Bits,
  mask: number,
  weigher: Weigher | undefined,
  open: (doc: number) => (field: number) => number,
): LeafResult {
  const list = new MatchList(segment.docs);
  const left = candidates.slice();
  keepCommon(left, live);
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

function textMatches(live: LiveSegment, leaf: TextLeaf, weigher: Weigher | undefined): LeafResult {
  const { query, mask, exact } = leaf;
  const [first] = query.parts;
  if (first === undefined) return new MatchList(live.segment.docs).result();
  if (query.parts.length === 1 && !exact) {
    return first.open || first.pattern ? openTerm(live, leaf, weigher) : oneTerm(live, first.term, mask, weigher);
  }
  const phrase = openPhrase(live.segment, query, exact);
  return countFields(live, phrase.candidates, mask, weigher, (doc) => {
    const starts = phrase.starts(doc);
    return (field) => starts[field].length;
  });
}

function nearMatches(live: LiveSegment, leaf: NearLeaf, weigher: Weigher | undefined): LeafResult {
  const { queries, mask, distance, ordered } = leaf;
  if (queries.length === 0 || queries.some(({ length }) => length === 0)) {
    return new MatchList(live.segment.docs).result();
  }
  const phrases = queries.map((query) => openPhrase(live.segment, query, false));
  const candidates = fullBits(live.segment.docs);
  for (const phrase of phrases) keepCommon(candidates, phrase.candidates);
  const occurrences = (starts: FieldPlaces, item: number, field: number): { start: number; end: number }[] =>
    starts[field].map((start) => ({ start, end: start + queries[item].length - 1 }));
  return countFields(live, candidates, mask, weigher, (doc) => {
    const starts = phrases.map((phrase) => phrase.starts(doc));
    return (field) => {
      const lists = starts.map((found, item) => occurrences(found, item, field));
      return lists.some((found) => found.length === 0) ? 0 : countNear(lists, distance, ordered);
    };
  });
}

function chainMatches(live: LiveSegment, { node, mask }: ChainLeaf, weigher: Weigher | undefined): LeafResult {
  const { candidates, count } = openChainCounts(live.segment, node);
  return countFields(live, candidates, mask, weigher, (doc) => (field) => count(doc, field));
}

function keyBits(segment: Segment, { keys, prefixes }: KeyLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const entries = keys.flatMap((key) => segment.keys.find(key) ?? []);
  for (const prefix of prefixes) entries.push(...expandKeys(segment, prefix));
  for (const entry of entries) for (const doc of segment.keyDocs(entry)) setBit(bits, doc);
  return bits;
}

function dayBits(segment: Segment, { column, from, to }: DayLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const days = segment.column(column);
  for (let doc = 0; doc < days.length; doc++) if (days[doc] >= from && days[doc] <= to) setBit(bits, doc);
  return bits;
}

function columnBits(segment: Segment, { name, wanted }: ColumnLeaf, { snapshot, day }: LeafContext): Bits {
  const bits = emptyBits(segment.docs);
  const values = docValues(snapshot, segment, name, day);
  const fits = new Map<number, boolean>();
  const isWanted = (number: number): boolean => {
    const known = fits.get(number) ?? (wanted !== 'none' && wanted(values.valueOf(number)));
    fits.set(number, known);
    return known;
  };
  for (let doc = 0; doc < segment.docs; doc++) {
    const has = values.visit(doc, (number) => {
      if (isWanted(number)) setBit(bits, doc);
    });
    if (!has && wanted === 'none') setBit(bits, doc);
  }
  return bits;
}

function heldBits(segment: Segment, { column }: HeldLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const lengths = segment.column(`length.${column}`);
  for (let doc = 0; doc < lengths.length; doc++) if (lengths[doc] > 0) setBit(bits, doc);
  return bits;
}

function plainBits(segment: Segment, leaf: Exclude<Leaf, ScoredLeaf>, context: LeafContext): Bits {
  switch (leaf.kind) {
    case 'all':
      return fullBits(segment.docs);
    case 'none':
      return emptyBits(segment.docs);
    case 'keys':
      return keyBits(segment, leaf);
    case 'days':
      return dayBits(segment, leaf);
    case 'column':
      return columnBits(segment, leaf, context);
    case 'held':
      return heldBits(segment, leaf);
  }
}

/** The live documents of a segment that match a leaf. */
export function matchLeaf(live: LiveSegment, leaf: Leaf, context: LeafContext): LeafResult {
  const { weigher } = context;
  if (leaf.kind === 'text') return textMatches(live, leaf, weigher);
  if (leaf.kind === 'near') return nearMatches(live, leaf, weigher);
  if (leaf.kind === 'chain') return chainMatches(live, leaf, weigher);
  const bits = plainBits(live.segment, leaf, context);
  keepCommon(bits, live.live);
  return { bits, counts: undefined };
}

/** The union of sets over the same documents. */
export function unionBits(size: number, sets: readonly Bits[]): Bits {
  const union = emptyBits(size);
  for (const set of sets) addAll(union, set);
  return union;
}
