import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { K1, lengthTables } from '../segment/norms.js';
import { type Bits, keepCommon } from '../storage/bits.js';
import type { ScoreSink } from './alone.js';
import { type CostlySource, limitedCostly, placeSource } from './costly.js';
import { isWeighed, type QueryContext } from './evaluate.js';
import type { Evaluated } from './evaluated.js';
import { MergedSource } from './merged-source.js';
import type { MergedWords } from './merged-words.js';
import { isScored, type ScoredLeaf } from './plan.js';
import { averageLength } from './rarity.js';
import { countedSource, limitedSource, termSource, type Weighing, type WindowSource } from './sources.js';
import { SummedSource } from './summed-source.js';
import { allScores, offerBest, offerList, type Sources } from './windows.js';

function weighingOf(snapshot: Snapshot, index: number, { column }: ScoredLeaf, weight: number): Weighing {
  const average = averageLength(snapshot, LENGTH_COLUMNS.indexOf(column));
  return { weight, tables: lengthTables(average), norms: snapshot.segments[index].segment.norms(column), average };
}

function mergedSource(
  { segments }: Snapshot,
  index: number,
  result: Evaluated,
  { words, weighing, leaf }: { words: MergedWords; weighing: Weighing; leaf: ScoredLeaf },
): MergedSource {
  const { segment } = segments[index];
  return new MergedSource(
    words,
    () => result.bits[index],
    weighing,
    (list) => segment.impacts(list, leaf.column),
  );
}

/** How the occurrences of a scored leaf weigh in one segment; undefined where it matches nothing. */
function addSource(
  sources: { quick: WindowSource[]; costly: CostlySource[] },
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  { result, leaf, boost, within }: { result: Evaluated; leaf: ScoredLeaf; boost: number; within?: Bits | undefined },
): void {
  const amounts = result.amounts(index);
  if (amounts === undefined || ('counts' in amounts && amounts.counts.length === 0)) return;
  const { segment } = snapshot.segments[index];
  const weighing = weighingOf(snapshot, index, leaf, boost * result.weight);
  if ('places' in amounts) {
    const source = placeSource(amounts.places, weighing);
    sources.costly.push(within ? limitedCostly(source, within) : source);
    return;
  }
  const below = isWeighed(leaf, context) ? K1 : undefined;
  const source =
    'list' in amounts
      ? termSource(amounts.list, weighing, () => segment.impacts(amounts.list, leaf.column))
      : 'words' in amounts
        ? mergedSource(snapshot, index, result, { words: amounts.words, weighing, leaf })
        : 'sums' in amounts
          ? new SummedSource(amounts.sums, () => result.bits[index], weighing)
          : countedSource(result.bits[index], amounts.counts, weighing, below);
  sources.quick.push(within ? limitedSource(source, within, segment.docs) : source);
}

/** What a scored leaf adds to the scores of one segment; nothing where it matches nothing. */
export function sourcesOfLeaf(
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  result: Evaluated,
  leaf: ScoredLeaf,
): Sources {
  const sources = { quick: [], costly: [] };
  addSource(sources, snapshot, context, index, { result, leaf, boost: 1 });
  return sources;
}

/** What every part of a query adds to the scores of one segment. */
function sourcesOf(snapshot: Snapshot, root: Evaluated, context: QueryContext, index: number): Sources {
  const sources = { quick: [], costly: [] };
  const visit = (result: Evaluated, boost: number, within: Bits | undefined): void => {
    const { plan, children } = result;
    if (plan.kind === 'not' || plan.kind === 'filter') return;
    if (plan.kind === 'leaf') {
      if (isScored(plan.leaf)) addSource(sources, snapshot, context, index, { result, leaf: plan.leaf, boost, within });
      return;
    }
    // A part of an alternative weighs only where the whole alternative matches; the hits themselves are looked at anyway.
    const narrows = (plan.kind === 'and' || plan.kind === 'xor') && result !== root;
    const own = narrows ? result.bits[index].slice() : within;
    if (narrows && own && within) keepCommon(own, within);
    for (const child of children) visit(child, plan.kind === 'boost' ? boost * plan.factor : boost, own);
  };
  visit(root, 1, undefined);
  return sources;
}

/** Scores of the hits of a segment: of all of them, or of those of some hits that may be among the best. */
export interface Scores {
  all(index: number): Float64Array;
  /** `count` is the number of the hits. */
  offerBest(index: number, hits: Bits, count: number, sink: ScoreSink): void;
  /** Offers the hits of a segment in which no set of them is made. */
  offerListed(index: number, sink: ScoreSink): void;
}

/**
 * BM25 scores of the hits, a segment at a time. A text leaf is weighed like one term: `count` is how often it occurs
 * in its field; the rarity of a word comes from the documents that have it, that of a phrase or of nearness is that of
 * its words together. With weights its occurrences in `text` are weighed by field first. Values, classes, dates,
 * filters and negations weigh nothing.
 */
export function scoresOf(snapshot: Snapshot, result: Evaluated, context: QueryContext): Scores {
  const docsOf = (index: number): number => snapshot.segments[index].segment.docs;
  return {
    all(index) {
      context.meter.take(8 * docsOf(index));
      return allScores(sourcesOf(snapshot, result, context, index), result.bits[index], docsOf(index));
    },
    offerBest: (index, hits, count, sink) =>
      offerBest(sourcesOf(snapshot, result, context, index), hits, count, docsOf(index), sink),
    offerListed(index, sink) {
      const amounts = result.amounts(index);
      if (result.plan.kind !== 'leaf' || !isScored(result.plan.leaf) || !amounts) return;
      const { leaf } = result.plan;
      const { live } = snapshot.segments[index];
      const weighing = weighingOf(snapshot, index, leaf, result.weight);
      if ('list' in amounts) offerList(amounts.list, weighing, live, sink);
      else if ('words' in amounts)
        mergedSource(snapshot, index, result, { words: amounts.words, weighing, leaf }).offerAlone(live, sink);
    },
  };
}
