/** A stretch of a field: its first and last position. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How far apart two stretches are: from the end of the one to the start of the other, in the unit of the rule. */
export interface Spacing {
  readonly least: number;
  readonly most: number;
  /** The number of the unit that a position stands in: positions themselves, sentences, paragraphs. */
  unitOf(position: number): number;
}

const isFollowed = (before: Span, after: Span, { least, most, unitOf }: Spacing): boolean => {
  if (after.start <= before.end) return false;
  const distance = unitOf(after.start) - unitOf(before.end);
  return distance >= least && distance <= most;
};

/** The number of leading items for which the test holds; it must hold for all before one it holds for. */
function countLeading<T>(items: readonly T[], test: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(items[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

const byEnd = (a: Span, b: Span): number => a.end - b.end || a.start - b.start;

/** True when one of `before`, which are in order of their ends, is followed by `after`: the nearest far enough tells. */
function isReached(before: readonly Span[], after: Span, spacing: Spacing): boolean {
  const { least, unitOf } = spacing;
  const unit = unitOf(after.start);
  const count = countLeading(before, ({ end }) => end < after.start && unit - unitOf(end) >= least);
  return count > 0 && isFollowed(before[count - 1], after, spacing);
}

type Extend<T> = (chains: readonly T[], item: readonly T[], spacing: Spacing) => T[];

/**
 * The chains of one span of each list, by the list of their last span. `extend` makes chains longer by one span of a
 * list. Sets of lists (a bit each) grow by one, so a set is whole before it is extended.
 */
function buildChains<T extends Span>(
  lists: readonly (readonly T[])[],
  ordered: boolean,
  spacing: Spacing,
  extend: Extend<T>,
): ReadonlyMap<number, readonly T[]> {
  const reached = new Map<number, Map<number, readonly T[]>>();
  const put = (set: number, last: number, chains: readonly T[]): void => {
    if (chains.length > 0) reached.set(set, (reached.get(set) ?? new Map()).set(last, chains));
  };
  lists.forEach((list, item) => {
    if (!ordered || item === 0) put(1 << item, item, list);
  });
  for (const [set, byLast] of reached) {
    const chains = [...byLast.values()].flat().sort(byEnd);
    lists.forEach((list, item) => {
      const bit = 1 << item;
      if ((set & bit) !== 0 || (ordered && set !== bit - 1)) return;
      put(set | bit, item, extend(chains, list, spacing));
    });
  }
  return reached.get(2 ** lists.length - 1) ?? new Map();
}

/**
 * How many spans end a chain: one span of each list, none overlapping the next, each starting from `least` to `most`
 * units after the end of the one before. A span counts once for each list it is of.
 */
export function countChainEnds(lists: readonly (readonly Span[])[], ordered: boolean, spacing: Spacing): number {
  if (lists.some((list) => list.length === 0)) return 0;
  const extend: Extend<Span> = (chains, list) => list.filter((span) => isReached(chains, span, spacing));
  const whole = buildChains(lists, ordered, spacing, extend);
  let count = 0;
  for (const ends of whole.values()) count += new Set(ends.map(({ start, end }) => `${start} ${end}`)).size;
  return count;
}

/** The stretches that whole chains cover, from the start of the first span to the end of the last; `join` puts two together. */
export function findChains<T extends Span>(
  lists: readonly (readonly T[])[],
  ordered: boolean,
  spacing: Spacing,
  join: (before: T, after: T) => T,
): T[] {
  if (lists.some((list) => list.length === 0)) return [];
  const extend: Extend<T> = (chains, list) =>
    list.flatMap((span) =>
      chains.filter((chain) => isFollowed(chain, span, spacing)).map((chain) => join(chain, span)),
    );
  const whole = buildChains(lists, ordered, spacing, extend);
  return [...whole.values()].flat().sort(byEnd);
}
