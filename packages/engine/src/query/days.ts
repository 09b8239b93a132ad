/** The first document whose day is before `day`: the documents of a segment stand newest first, undated last. */
export function firstBefore(days: Uint32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle] >= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
