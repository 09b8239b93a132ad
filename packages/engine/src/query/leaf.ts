import type { LiveSegment } from '../corpus/snapshot.js';
import { countIn, WORD_FIELDS } from '../segment/postings.js';
import type { Segment } from '../segment/segment.js';
import { addAll, type Bits, emptyBits, forEachBit, fullBits, hasBit, keepCommon, setBit } from '../storage/bits.js';
import { countNear } from './near.js';
import { openPhrase } from './phrase.js';
import { expandPrefix, type FieldPlaces } from './places.js';
import type { DayLeaf, KeyLeaf, Leaf, NearLeaf, TextLeaf } from './plan.js';

/** Live documents of a segment that match a scored leaf, ascending, and how often each has it. */
export interface Matches {
  readonly docs: Uint32Array;
  readonly counts: Uint32Array;
}

/** What a leaf finds in one segment; `matches` only where it weighs in the score. */
export interface LeafResult {
  readonly bits: Bits;
  readonly matches: Matches | undefined;
}

class MatchList {
  #docs = new Uint32Array(64);
  #counts = new Uint32Array(64);
  #length = 0;
  readonly bits: Bits;

  constructor(size: number) {
    this.bits = emptyBits(size);
  }

  add(doc: number, count: number): void {
    if (this.#length === this.#docs.length) {
      const [docs, counts] = [this.#docs, this.#counts];
      this.#docs = new Uint32Array(docs.length * 2);
      this.#counts = new Uint32Array(docs.length * 2);
      this.#docs.set(docs);
      this.#counts.set(counts);
    }
    this.#docs[this.#length] = doc;
    this.#counts[this.#length++] = count;
    setBit(this.bits, doc);
  }

  result(): LeafResult {
    const { bits } = this;
    return {
      bits,
      matches: { docs: this.#docs.subarray(0, this.#length), counts: this.#counts.subarray(0, this.#length) },
    };
  }
}

function oneTerm({ segment, live }: LiveSegment, term: string, mask: number): LeafResult {
  const list = new MatchList(segment.docs);
  const entry = segment.words.find(term);
  if (entry === undefined) return list.result();
  const docs = segment.docsOf('words', entry);
  const frequencies = segment.frequencies('words', entry);
  for (let i = 0; i < docs.length; i++) {
    if ((frequencies.masks[i] & mask) !== 0 && hasBit(live, docs[i])) list.add(docs[i], countIn(frequencies, i, mask));
  }
  return list.result();
}

/** Every word that begins with the prefix counts as if it were the same word. */
function openTerm({ segment, live }: LiveSegment, prefix: string, mask: number): LeafResult {
  const counts = new Uint32Array(segment.docs);
  for (const entry of expandPrefix(segment, 'words', prefix)) {
    const docs = segment.docsOf('words', entry);
    const frequencies = segment.frequencies('words', entry);
    for (let i = 0; i < docs.length; i++) {
      if ((frequencies.masks[i] & mask) !== 0) counts[docs[i]] += countIn(frequencies, i, mask);
    }
  }
  const list = new MatchList(segment.docs);
  for (let doc = 0; doc < counts.length; doc++) if (counts[doc] > 0 && hasBit(live, doc)) list.add(doc, counts[doc]);
  return list.result();
}

/** Visits the fields of a mask. */
function inFields(mask: number, count: (field: number) => number): number {
  let sum = 0;
  for (let field = 0; field < WORD_FIELDS.length; field++) if ((mask & (1 << field)) !== 0) sum += count(field);
  return sum;
}

function textMatches(live: LiveSegment, { query, mask, exact }: TextLeaf): LeafResult {
  const list = new MatchList(live.segment.docs);
  const [first] = query.parts;
  if (first === undefined) return list.result();
  if (query.parts.length === 1 && !exact) {
    return first.open ? openTerm(live, first.term, mask) : oneTerm(live, first.term, mask);
  }
  const phrase = openPhrase(live.segment, query, exact);
  const candidates = phrase.candidates.slice();
  keepCommon(candidates, live.live);
  forEachBit(candidates, (doc) => {
    const starts = phrase.starts(doc);
    const count = inFields(mask, (field) => starts[field].length);
    if (count > 0) list.add(doc, count);
  });
  return list.result();
}

function nearMatches(live: LiveSegment, { queries, mask, distance, ordered }: NearLeaf): LeafResult {
  const list = new MatchList(live.segment.docs);
  if (queries.length === 0 || queries.some(({ length }) => length === 0)) return list.result();
  const phrases = queries.map((query) => openPhrase(live.segment, query, false));
  const candidates = live.live.slice();
  for (const phrase of phrases) keepCommon(candidates, phrase.candidates);
  const occurrences = (starts: FieldPlaces, item: number, field: number): { start: number; end: number }[] =>
    starts[field].map((start) => ({ start, end: start + queries[item].length - 1 }));
  forEachBit(candidates, (doc) => {
    const starts = phrases.map((phrase) => phrase.starts(doc));
    const count = inFields(mask, (field) => {
      const lists = starts.map((found, item) => occurrences(found, item, field));
      return lists.some((found) => found.length === 0) ? 0 : countNear(lists, distance, ordered);
    });
    if (count > 0) list.add(doc, count);
  });
  return list.result();
}

function keyBits(segment: Segment, { keys, prefixes }: KeyLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const entries = keys.flatMap((key) => segment.keys.find(key) ?? []);
  for (const prefix of prefixes) entries.push(...expandPrefix(segment, 'keys', prefix));
  for (const entry of entries) for (const doc of segment.keyDocs(entry)) setBit(bits, doc);
  return bits;
}

function dayBits(segment: Segment, { column, from, to }: DayLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const days = segment.column(column);
  for (let doc = 0; doc < days.length; doc++) if (days[doc] >= from && days[doc] <= to) setBit(bits, doc);
  return bits;
}

function plainBits(segment: Segment, leaf: Exclude<Leaf, TextLeaf | NearLeaf>): Bits {
  switch (leaf.kind) {
    case 'all':
      return fullBits(segment.docs);
    case 'none':
      return emptyBits(segment.docs);
    case 'keys':
      return keyBits(segment, leaf);
    case 'days':
      return dayBits(segment, leaf);
  }
}

/** The live documents of a segment that match a leaf. */
export function matchLeaf(live: LiveSegment, leaf: Leaf): LeafResult {
  if (leaf.kind === 'text') return textMatches(live, leaf);
  if (leaf.kind === 'near') return nearMatches(live, leaf);
  const bits = plainBits(live.segment, leaf);
  keepCommon(bits, live.live);
  return { bits, matches: undefined };
}

/** The union of sets over the same documents. */
export function unionBits(size: number, sets: readonly Bits[]): Bits {
  const union = emptyBits(size);
  for (const set of sets) addAll(union, set);
  return union;
}
