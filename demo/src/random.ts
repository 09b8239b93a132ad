/** A seeded source of chance; the same seed gives the same sequence on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Different elements, at most as many as there are, in random order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** Spreads a text over 32 bits (FNV-1a with a final mix), so that neighbouring labels start far apart. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A generator of its own for each label, so that one part of the city can change without moving the others. */
export function randomFor(seed: number, ...label: readonly (string | number)[]): Random {
  let state = hash([seed, ...label].join('/'));
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const found = list[int(0, list.length - 1)];
    if (found === undefined) throw new Error('Nothing to pick from an empty list.');
    return found;
  };
  const sample = <T>(list: readonly T[], count: number): T[] => {
    const rest = [...list];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0) taken.push(...rest.splice(int(0, rest.length - 1), 1));
    return taken;
  };
  return { next, int, chance: (probability) => next() < probability, pick, sample };
}

/** Draws from a list by weight; the sums are made once. */
export function weighted<T>(list: readonly T[], weightOf: (item: T, index: number) => number): (random: Random) => T {
  const sums: number[] = [];
  let total = 0;
  list.forEach((item, index) => {
    total += weightOf(item, index);
    sums.push(total);
  });
  return (random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    const found = list[low];
    if (found === undefined) throw new Error('Nothing to draw from an empty list.');
    return found;
  };
}
