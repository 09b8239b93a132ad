import { compareAt, type PackedColumn, type PackedTexts } from './packed.js';

/** A stretch of rows taken over from one of the two columns. */
interface Stretch {
  readonly of: PackedColumn;
  readonly from: number;
  readonly to: number;
}

const NO_TEXTS: PackedTexts = { bytes: new Uint8Array(0), starts: new Uint32Array(1) };

const rowsOf = ({ starts }: PackedColumn): number => starts.length - 1;

/** The first row from `low` on whose id is not before that of row `row` of `updates`. */
function firstNotBefore(before: PackedColumn, low: number, updates: PackedColumn, row: number): number {
  // What is updated together often stands together, so the way there doubles before it is halved.
  let step = 1;
  let from = low;
  const end = rowsOf(before);
  while (from + step <= end && compareAt(before.ids, from + step - 1, updates.ids, row) < 0) {
    from += step;
    step *= 2;
  }
  let to = Math.min(end, from + step - 1);
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareAt(before.ids, middle, updates.ids, row) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The rows of both in order; an update takes the place of what the column had, one without values removes it. */
function stretchesOf(before: PackedColumn | undefined, updates: PackedColumn): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (of: PackedColumn, from: number, to: number): void => {
    if (from === to) return;
    const last = stretches.at(-1);
    if (last?.of === of && last.to === from) stretches[stretches.length - 1] = { of, from: last.from, to };
    else stretches.push({ of, from, to });
  };
  let old = 0;
  for (let row = 0; row < rowsOf(updates); row++) {
    if (before !== undefined) {
      const next = firstNotBefore(before, old, updates, row);
      add(before, old, next);
      const same = next < rowsOf(before) && compareAt(before.ids, next, updates.ids, row) === 0;
      old = same ? next + 1 : next;
    }
    if (updates.starts[row + 1] > updates.starts[row]) add(updates, row, row + 1);
  }
  if (before !== undefined) add(before, old, rowsOf(before));
  return stretches;
}

/** Which values of a column the stretches taken from it use. */
function usedValues(of: PackedColumn, stretches: readonly Stretch[]): Uint8Array {
  const marks = new Uint8Array(of.values.starts.length - 1);
  for (const stretch of stretches) {
    if (stretch.of !== of) continue;
    for (let i = of.starts[stretch.from]; i < of.starts[stretch.to]; i++) marks[of.ordinals[i]] = 1;
  }
  return marks;
}

/** The first of the sorted texts from `low` on that is not before text `i` of others. */
function firstTextNotBefore(sorted: PackedTexts, low: number, others: PackedTexts, i: number): number {
  let from = low;
  let to = sorted.starts.length - 1;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareAt(sorted, middle, others, i) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

interface CommonValues {
  readonly values: PackedTexts;
  readonly ranks: ReadonlyMap<PackedColumn, Uint32Array>;
}

/**
 * The values in use, sorted, and for each column the place of its values among them. The values of the column before
 * are sorted and stay bytes: there may be millions of them, and of those of an update few.
 */
function commonValues(
  before: PackedColumn | undefined,
  updates: PackedColumn,
  stretches: readonly Stretch[],
): CommonValues {
  const old = before?.values ?? NO_TEXTS;
  const kept = before === undefined ? new Uint8Array(0) : usedValues(before, stretches);
  const wanted = usedValues(updates, stretches);
  const added = Uint32Array.from(wanted.keys())
    .filter((i) => wanted[i] === 1)
    .sort((a, b) => compareAt(updates.values, a, updates.values, b));
  const oldRanks = new Uint32Array(kept.length);
  const newRanks = new Uint32Array(wanted.length);
  const bytes = new Uint8Array(old.bytes.length + updates.values.bytes.length);
  const starts = new Uint32Array(kept.length + added.length + 1);
  let [count, size, at] = [0, 0, 0];
  const take = ({ bytes: from, starts: begins }: PackedTexts, i: number): void => {
    const [begin, end] = [begins[i], begins[i + 1]];
    for (let n = begin; n < end; n++) bytes[size++] = from[n];
    starts[++count] = size;
  };
  /** Nearly all values stay, so they are taken over in stretches. */
  const keepUpTo = (end: number): void => {
    while (at < end) {
      if (kept[at] === 0) {
        at++;
        continue;
      }
      const from = at;
      const [begin, shift] = [old.starts[from], size - old.starts[from]];
      for (; at < end && kept[at] === 1; at++) {
        oldRanks[at] = count;
        starts[++count] = old.starts[at + 1] + shift;
      }
      bytes.set(old.bytes.subarray(begin, old.starts[at]), size);
      size = starts[count];
    }
  };
  for (const i of added) {
    const place = firstTextNotBefore(old, at, updates.values, i);
    keepUpTo(place);
    newRanks[i] = count;
    if (place < kept.length && compareAt(old, place, updates.values, i) === 0) oldRanks[at++] = count;
    take(updates.values, i);
  }
  keepUpTo(kept.length);
  const ranks = new Map([[updates, newRanks]]);
  if (before !== undefined) ranks.set(before, oldRanks);
  return { values: { bytes: bytes.subarray(0, size), starts: starts.slice(0, count + 1) }, ranks };
}

/**
 * What a column held, overlaid with updates; rows that stay are copied in stretches. The values of `before` are sorted,
 * as are those of the result, which are all in use.
 */
export function overlayColumn(before: PackedColumn | undefined, updates: PackedColumn): PackedColumn {
  const stretches = stretchesOf(before, updates);
  const { values, ranks } = commonValues(before, updates, stretches);
  let [rows, size, count] = [0, 0, 0];
  for (const { of, from, to } of stretches) {
    rows += to - from;
    size += of.ids.starts[to] - of.ids.starts[from];
    count += of.starts[to] - of.starts[from];
  }
  const bytes = new Uint8Array(size);
  const idStarts = new Uint32Array(rows + 1);
  const starts = new Uint32Array(rows + 1);
  const ordinals = new Uint32Array(count);
  const days = new Uint32Array(count);
  [rows, size, count] = [0, 0, 0];
  for (const { of, from, to } of stretches) {
    const [idFrom, first, last] = [of.ids.starts[from], of.starts[from], of.starts[to]];
    bytes.set(of.ids.bytes.subarray(idFrom, of.ids.starts[to]), size);
    days.set(of.from.subarray(first, last), count);
    const rank = ranks.get(of) as Uint32Array;
    for (let i = first; i < last; i++) ordinals[count + i - first] = rank[of.ordinals[i]];
    for (let row = from; row < to; row++) {
      idStarts[rows + 1 + row - from] = size + of.ids.starts[row + 1] - idFrom;
      starts[rows + 1 + row - from] = count + of.starts[row + 1] - first;
    }
    rows += to - from;
    size += of.ids.starts[to] - idFrom;
    count += last - first;
  }
  return { ids: { bytes, starts: idStarts }, values, starts, ordinals, from: days };
}
