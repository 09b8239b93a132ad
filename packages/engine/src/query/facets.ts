import type { Facet, FacetName, FacetRequest } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import { VALUE_FACETS, type ValueFacet } from '../content/document.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, countBits, forEachBit } from '../storage/bits.js';

/** Values of a facet returned when the request does not say. */
const DEFAULT_SIZE = 10;

interface Tally {
  readonly counts: Map<string, number>;
  unknown: number;
}

const isValueFacet = (name: FacetName): name is ValueFacet => VALUE_FACETS.some((facet) => facet === name);

const addCount = (counts: Map<string, number>, value: string, more: number): void => {
  counts.set(value, (counts.get(value) ?? 0) + more);
};

function tallyValues(snapshot: Snapshot, bits: readonly Bits[], name: ValueFacet): Tally {
  const tally: Tally = { counts: new Map(), unknown: 0 };
  snapshot.segments.forEach(({ segment }, index) => {
    const { values, starts, ordinals } = segment.facet(name);
    const counts = new Uint32Array(values.length);
    forEachBit(bits[index], (doc) => {
      if (starts[doc] === starts[doc + 1]) tally.unknown++;
      for (let i = starts[doc]; i < starts[doc + 1]; i++) counts[ordinals[i]]++;
    });
    for (let ordinal = 0; ordinal < counts.length; ordinal++) {
      if (counts[ordinal] > 0) addCount(tally.counts, values[ordinal], counts[ordinal]);
    }
  });
  return tally;
}

function tallyYears(snapshot: Snapshot, bits: readonly Bits[]): Tally {
  const byYear = new Uint32Array(10_000);
  const tally: Tally = { counts: new Map(), unknown: 0 };
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    forEachBit(bits[index], (doc) => {
      if (days[doc] === NO_DATE) tally.unknown++;
      else byYear[Math.floor(days[doc] / 10_000)]++;
    });
  });
  byYear.forEach((count, year) => {
    if (count > 0) tally.counts.set(String(year).padStart(4, '0'), count);
  });
  return tally;
}

function tallyOf(snapshot: Snapshot, bits: readonly Bits[], name: FacetName): Tally {
  if (name === 'year') return tallyYears(snapshot, bits);
  if (isValueFacet(name)) return tallyValues(snapshot, bits, name);
  // No source of legal status is read as yet: every document's status is unknown.
  return { counts: new Map(), unknown: bits.reduce((sum, set) => sum + countBits(set), 0) };
}

type Value = { value: string; count: number };
const byValue = (a: Value, b: Value): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
const byCount = (a: Value, b: Value): number => b.count - a.count || byValue(a, b);

/** All values of a facet over the hits, with their counts. */
export function countFacet(snapshot: Snapshot, bits: readonly Bits[], { name, size }: FacetRequest): Facet {
  const { counts, unknown } = tallyOf(snapshot, bits, name);
  const sorted = [...counts].map(([value, count]) => ({ value, count })).sort(byCount);
  const kept = name === 'year' && size === undefined ? sorted : sorted.slice(0, size ?? DEFAULT_SIZE);
  return { values: name === 'year' ? kept.sort(byValue) : kept, unknown, distinct: counts.size };
}
