/** One occurrence of a text: its first and last position. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
}

interface Step extends Occurrence {
  readonly item: number;
  /** Sets of texts (a bit each) that a chain ending here can have. */
  readonly sets: Set<number>;
}

const follows = (before: Occurrence, after: Occurrence, distance: number): boolean =>
  after.start > before.end && after.start - before.end <= distance;

/** The texts a chain must have before `item` can come: any in free order, exactly the earlier ones in given order. */
function grow(step: Step, before: Step, ordered: boolean): void {
  const own = 1 << step.item;
  for (const set of before.sets) {
    if ((set & own) === 0 && (!ordered || set === own - 1)) step.sets.add(set | own);
  }
}

function markUsed(steps: readonly Step[], index: number, set: number, distance: number, used: Set<string>): void {
  const key = `${index} ${set}`;
  if (used.has(key)) return;
  used.add(key);
  const step = steps[index];
  const rest = set & ~(1 << step.item);
  if (rest === 0) return;
  for (let i = 0; i < index; i++) {
    if (steps[i].sets.has(rest) && follows(steps[i], step, distance)) markUsed(steps, i, rest, distance, used);
  }
}

/** Every occurrence with the sets of texts that chains ending there can have. */
function buildSteps(lists: readonly (readonly Occurrence[])[], distance: number, ordered: boolean): Step[] {
  const steps: Step[] = lists
    .flatMap((list, item) => list.map(({ start, end }) => ({ start, end, item, sets: new Set<number>() })))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.item - b.item);
  let first = 0;
  steps.forEach((step, index) => {
    if (!ordered || step.item === 0) step.sets.add(1 << step.item);
    // Later steps start no earlier, so what this one cannot reach none of them can.
    while (steps[first].end + distance < step.start) first++;
    for (let i = first; i < index; i++) if (follows(steps[i], step, distance)) grow(step, steps[i], ordered);
  });
  return steps;
}

const fullSet = (lists: readonly unknown[]): number => 2 ** lists.length - 1;

/** How many of `after` follow one of `before`. Occurrences of one text have one length, so their ends are sorted too. */
function countFollowing(before: readonly Occurrence[], after: readonly Occurrence[], distance: number): number {
  let count = 0;
  let last = -1;
  for (const occurrence of after) {
    while (last + 1 < before.length && before[last + 1].end < occurrence.start) last++;
    if (last >= 0 && follows(before[last], occurrence, distance)) count++;
  }
  return count;
}

/**
 * How many occurrences end a chain: one occurrence of each text, none overlapping, each starting at most
 * `distance` positions after the end of the one before (adjacent words are at distance 1), in the given order or
 * in any.
 */
export function countNear(lists: readonly (readonly Occurrence[])[], distance: number, ordered: boolean): number {
  const [first, second] = lists;
  if (lists.length === 2) {
    const forward = countFollowing(first, second, distance);
    return ordered ? forward : forward + countFollowing(second, first, distance);
  }
  const full = fullSet(lists);
  return buildSteps(lists, distance, ordered).filter(({ sets }) => sets.has(full)).length;
}

/** The occurrences that are part of a whole chain. */
export function findNear<T extends Occurrence>(
  lists: readonly (readonly T[])[],
  distance: number,
  ordered: boolean,
): T[] {
  const full = fullSet(lists);
  const steps = buildSteps(lists, distance, ordered);
  const marked = new Set<string>();
  steps.forEach((step, index) => {
    if (step.sets.has(full)) markUsed(steps, index, full, distance, marked);
  });
  const used = new Set([...marked].map((key) => steps[Number(key.split(' ')[0])]));
  return lists.flatMap((list, item) =>
    list.filter(({ start, end }) =>
      [...used].some((step) => step.item === item && step.start === start && step.end === end),
    ),
  );
}
