import type { TextQuery } from '@quanlian/kernel';
import type { LiveSegment } from '../corpus/snapshot.js';
import { type Bits, countBits } from '../storage/bits.js';
import { type Operand, operandOfList } from './operands.js';
import { canSweep, countApart, keepPair, sweepPair } from './pair-sweep.js';
import { keepPhrases } from './phrase-filter.js';
import { candidatesOf, countHaving, keepHaving, keepInFront, type PlaceCounter } from './place-counter.js';
import { PlaceWord } from './place-word.js';
import type { ChainLeaf, ChainRule, NearLeaf, ScoredLeaf, SpanNode, TextLeaf } from './plan.js';
import { pairCounter } from './word-pairs.js';

const isPlain = ({ parts }: TextQuery): boolean =>
  parts.length > 0 && parts.every(({ open, pattern }) => !open && pattern === undefined);

const isPhrase = ({ query, exact }: TextLeaf): boolean => !exact && query.parts.length > 1 && isPlain(query);

const wordOf = (query: TextQuery): string | undefined =>
  isPlain(query) && query.parts.length === 1 && query.length === 1 ? query.parts[0].term : undefined;

const plainText = (node: SpanNode): string | undefined =>
  node.kind === 'text' && !node.exact ? wordOf(node.query) : undefined;

type Pair = readonly [string, string];

const pairOf = (words: readonly (string | undefined)[]): Pair | undefined => {
  const [first, second] = words;
  return words.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
};

const pairOfNear = ({ queries }: NearLeaf): Pair | undefined => pairOf(queries.map(wordOf));
/** Two words of one field; where the fields differ, nothing is gained. */
const pairOfChain = ({ node, mask }: ChainLeaf): Pair | undefined =>
  node.nodes.every((one) => one.kind === 'text' && one.mask === mask) ? pairOf(node.nodes.map(plainText)) : undefined;

/** True when a leaf is a phrase of plain words or two such words near each other. */
export function isOfPlainWords(leaf: ScoredLeaf): boolean {
  if (leaf.kind === 'text') return isPhrase(leaf);
  return (leaf.kind === 'near' ? pairOfNear(leaf) : pairOfChain(leaf)) !== undefined;
}

/** Counts the places at which a phrase of any number of words begins. */
function phraseStarts(words: readonly PlaceWord[], offsets: readonly number[]): (doc: number) => number {
  let starts = new Int32Array(64);
  return (doc) => {
    const [{ reader: first }] = words;
    words[0].go(doc);
    let length = first.to - first.from;
    if (length > starts.length) starts = new Int32Array(length * 2);
    starts.set(first.places.subarray(first.from, first.to));
    for (let n = 1; n < words.length && length > 0; n++) {
      words[n].go(doc);
      const { places, to } = words[n].reader;
      const apart = offsets[n] - offsets[0];
      let at = words[n].reader.from;
      let kept = 0;
      for (let i = 0; i < length && at < to; i++) {
        const wanted = starts[i] + apart;
        while (at < to && places[at] < wanted) at++;
        if (at < to && places[at] === wanted) starts[kept++] = starts[i];
      }
      length = kept;
    }
    return length;
  };
}

/** Larger than any count. */
const ALL = 0x7fffffff;

function phraseCounter(live: LiveSegment, words: readonly PlaceWord[], offsets: readonly number[]): PlaceCounter {
  const [first, second] = words;
  const apart = offsets[1] - offsets[0];
  const countPair = (doc: number, enough: number): number => {
    first.go(doc);
    second.go(doc);
    const { reader: a } = first;
    const { reader: b } = second;
    return countApart(a.places, a.from, a.to, b.places, b.from, b.to, apart, enough);
  };
  const count = words.length === 2 ? countPair : phraseStarts(words, offsets);
  const swept = canSweep(words);
  const countPairs = (docs: Bits): Uint32Array => {
    if (!swept) return countHaving(docs, (doc) => count(doc, ALL));
    const counts = new Uint32Array(countBits(docs));
    return counts.slice(0, sweepPair(words, apart, docs, ALL, counts));
  };
  return {
    candidates: candidatesOf(live, words),
    keepFew: (docs) =>
      words.length === 2 ? keepPair(words, apart, docs) : keepInFront(docs, (doc) => count(doc, ALL) > 0),
    keep(docs) {
      if (swept) sweepPair(words, apart, docs, 1, undefined);
      else if (words.length > 2) keepPhrases(docs, words, offsets);
      else keepHaving(docs, (doc) => count(doc, 1) > 0);
    },
    // Where a longer phrase stands is found in many documents at once, and counted only in those that may be among the best.
    countAll: words.length > 2 ? undefined : countPairs,
    count: (doc) => count(doc, ALL),
    most: (doc) => words.reduce((least, word) => Math.min(least, word.count(doc)), Number.POSITIVE_INFINITY),
    lists: words.map(({ list }) => list),
    adds: false,
  };
}

/** What a leaf of plain words looks for, and what its places must be like. */
function termsOf(leaf: ScoredLeaf): { terms: readonly string[]; rule: ChainRule | undefined } {
  if (leaf.kind === 'text') return { terms: leaf.query.parts.map(({ term }) => term), rule: undefined };
  if (leaf.kind === 'chain') return { terms: pairOfChain(leaf) ?? [], rule: leaf.node.rule };
  const { distance, ordered } = leaf;
  return { terms: pairOfNear(leaf) ?? [], rule: { unit: 'word', least: 1, most: distance, ordered } };
}

/** The documents that have each of the words of such a leaf; undefined when one of its words is in no document. */
export function holdersOf(live: LiveSegment, leaf: ScoredLeaf, average: number): Operand[] | undefined {
  const holders: Operand[] = [];
  for (const term of termsOf(leaf).terms) {
    const entry = live.segment.words.find(term);
    if (entry === undefined) return undefined;
    holders.push(operandOfList(live.segment.termList(entry, leaf.mask, leaf.column, average)));
  }
  return holders;
}

/**
 * Opens a leaf of which `isOfPlainWords` is true in one segment; undefined when one of its words is in no document.
 * `average` is the average length of the fields it is asked of.
 */
export function openPlaces(live: LiveSegment, leaf: ScoredLeaf, average: number): PlaceCounter | undefined {
  const { terms, rule } = termsOf(leaf);
  const words: PlaceWord[] = [];
  for (const term of terms) {
    const entry = live.segment.words.find(term);
    if (entry === undefined) return undefined;
    words.push(new PlaceWord(live, entry, leaf.mask, leaf.column, average));
  }
  if (leaf.kind === 'text') {
    const offsets = leaf.query.parts.map(({ offset }) => offset);
    return phraseCounter(live, words, offsets);
  }
  const [first, second] = words;
  return rule && pairCounter(live, [first, second], rule);
}
