import { BOUND_STEPS, WINDOW_SHIFT } from '../segment/term-list.js';
import { type Bits, forEachBit, hasBit } from '../storage/bits.js';
import type { PlaceCounter } from './place-counter.js';
import { ROUNDING, type Weighing } from './sources.js';

/**
 * What a part of a query adds where it takes long to tell, asked for one document at a time and only for those that
 * may be among the best.
 */
export interface CostlySource {
  addBounds(bounds: Float64Array): void;
  /** No less than the score of a document. */
  most(doc: number): number;
  score(doc: number): number;
}

/** Adds to each window the most that the words of a leaf let one of its documents get. */
function addPlaceBounds({ lists, adds }: PlaceCounter, { weight, average }: Weighing, bounds: Float64Array): void {
  const steps = lists.map((list) => (weight / BOUND_STEPS) * Math.max(1, average / list.average) * ROUNDING);
  for (let window = 0; window < bounds.length; window++) {
    let most = adds ? 0 : Number.POSITIVE_INFINITY;
    for (let i = 0; i < lists.length; i++) {
      const own = steps[i] * (lists[i].bounds?.[window] ?? 0);
      if (adds) most += own;
      else if (own < most) most = own;
    }
    bounds[window] += most;
  }
}

/** What the occurrences in the places of words add, counted when they are asked for. */
export function placeSource(places: PlaceCounter, weighing: Weighing): CostlySource {
  const { weight, norms } = weighing;
  const { factors } = weighing.tables;
  const scoreOf = (doc: number, count: number): number => weight * (count / (count + factors[norms[doc]]));
  const most = (doc: number): number =>
    weight > 0 && hasBit(places.candidates(), doc) ? scoreOf(doc, places.most(doc)) : 0;
  return {
    addBounds(bounds) {
      if (weight <= 0) return;
      if (places.lists.every((list) => list.bounds !== undefined)) {
        addPlaceBounds(places, weighing, bounds);
        return;
      }
      const own = new Float64Array(bounds.length);
      forEachBit(places.candidates(), (doc) => {
        const window = doc >>> WINDOW_SHIFT;
        own[window] = Math.max(own[window], most(doc));
      });
      for (let window = 0; window < bounds.length; window++) bounds[window] += own[window];
    },
    most,
    score: (doc) => (hasBit(places.candidates(), doc) ? scoreOf(doc, places.count(doc)) : 0),
  };
}

/** A costly source of which only some documents count. */
export const limitedCostly = (source: CostlySource, within: Bits): CostlySource => ({
  addBounds: (bounds) => source.addBounds(bounds),
  most: (doc) => (hasBit(within, doc) ? source.most(doc) : 0),
  score: (doc) => (hasBit(within, doc) ? source.score(doc) : 0),
});
