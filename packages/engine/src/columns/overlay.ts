import { compareAt, compareTexts, type PackedColumn, unpackTexts } from './packed.js';

/** A stretch of rows taken over from one of the two columns. */
interface Stretch {
  readonly of: PackedColumn;
  readonly from: number;
  readonly to: number;
}

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

/** The values in use, sorted, and for each column the place of its values among them. */
function commonValues(stretches: readonly Stretch[]): { values: string[]; ranks: Map<PackedColumn, Uint32Array> } {
  const used = new Map<PackedColumn, Uint8Array>();
  for (const { of, from, to } of stretches) {
    const marks = used.get(of) ?? new Uint8Array(of.values.starts.length - 1);
    used.set(of, marks);
    for (let i = of.starts[from]; i < of.starts[to]; i++) marks[of.ordinals[i]] = 1;
  }
  const texts = new Map([...used.keys()].map((of) => [of, unpackTexts(of.values)]));
  const all = new Set<string>();
  for (const [of, marks] of used) for (const [i, text] of (texts.get(of) ?? []).entries()) if (marks[i]) all.add(text);
  const values = [...all].sort(compareTexts);
  const rankOf = new Map(values.map((value, rank) => [value, rank]));
  const ranks = new Map(
    [...texts].map(([of, list]) => [of, Uint32Array.from(list, (text) => rankOf.get(text) ?? 0)] as const),
  );
  return { values, ranks };
}

/** A column ready to be written: as a `PackedColumn`, its values sorted and all in use. */
export interface OverlaidColumn extends Omit<PackedColumn, 'values'> {
  readonly values: readonly string[];
}

/** What a column held, overlaid with updates; rows that stay are copied in stretches. */
export function overlayColumn(before: PackedColumn | undefined, updates: PackedColumn): OverlaidColumn {
  const stretches = stretchesOf(before, updates);
  const { values, ranks } = commonValues(stretches);
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
