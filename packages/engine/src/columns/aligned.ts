import { UNKNOWN_VALUE } from '@quanlian/contract';

/** A derived column turned to the documents of one segment. */
export interface AlignedColumn {
  readonly values: readonly string[];
  /** The values of document `doc` are `ordinals[starts[doc]..starts[doc + 1])`, each holding from its day on. */
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
  readonly from: Uint32Array;
  /** Every value always holds, so that no day need be looked at. */
  readonly timeless: boolean;
}

/**
 * Where the values that hold on a day stand: those of the latest beginning not after it. Empty when none holds, and
 * when what holds is that nothing is known any more.
 */
export function valuesOn(
  { values, starts, ordinals, from }: AlignedColumn,
  doc: number,
  day: number,
): readonly [number, number] {
  let end = starts[doc + 1];
  const begin = starts[doc];
  while (end > begin && from[end - 1] > day) end--;
  let first = end;
  while (first > begin && from[first - 1] === from[end - 1]) first--;
  return end - first === 1 && values[ordinals[first]] === UNKNOWN_VALUE ? [end, end] : [first, end];
}
