/** A percentage of an amount, rounded to the fen. Amounts are in yuan with at most two decimals; they are computed in whole fen so that nothing is lost. */
export function percentOf(amount: number, percent: number): number {
  return Math.round((Math.round(amount * 100) * percent) / 100) / 100;
}

/**
 * Splits an amount (yuan) by weights into whole fen. The parts add up to the amount exactly: what rounding leaves goes
 * to the largest remainders, on a tie to the earlier part. Weights are any non-negative numbers that are not all zero;
 * undefined when they are not.
 */
export function distribute(amount: number, weights: readonly number[]): number[] | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0) || weights.some((weight) => !(weight >= 0)) || !Number.isFinite(sum)) return undefined;
  const fen = Math.round(amount * 100);
  const exact = weights.map((weight) => (fen * weight) / sum);
  const parts = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = fen - parts.reduce((total, part) => total + part, 0);
  for (let turn = 0; left > 0; turn = (turn + 1) % order.length, left -= 1) {
    const { index } = order[turn] as { index: number };
    parts[index] = (parts[index] as number) + 1;
  }
  return parts.map((part) => part / 100);
}
