import type { Suggestion } from '@quanlian/contract';

/** Changes between two words: letters put in, left out, replaced, or two neighbours swapped. */
export function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** Shorter words are too near everything. */
const SHORTEST = 4;

const mostChanges = (word: string): number => (word.length < 6 ? 1 : 2);

interface Near extends Suggestion {
  readonly distance: number;
}

/** The nearest of a name's words, or the word itself. */
function distanceTo(word: string, text: string): number {
  const most = mostChanges(word);
  return Math.min(
    ...text
      .toLowerCase()
      .split(/\s+/u)
      .map((one) => distanceOf(word, one, most)),
  );
}

/**
 * Words of the corpus that differ little from one, the nearest and then the most frequent first. The dictionary is
 * asked by ever shorter beginnings, so a slip in the first letter is not found.
 */
export async function nearestWords(
  word: string,
  suggest: (beginning: string) => Promise<readonly Suggestion[]>,
): Promise<Suggestion[]> {
  const folded = word.toLowerCase();
  if (folded.length < SHORTEST || folded.length > 40) return [];
  const found = new Map<string, Near>();
  for (let length = folded.length; length >= 1; length--) {
    for (const suggestion of await suggest(folded.slice(0, length))) {
      const text = suggestion.text.toLowerCase();
      if (text === folded || found.has(text)) continue;
      const distance = distanceTo(folded, text);
      if (distance > 0 && distance <= mostChanges(folded)) found.set(text, { ...suggestion, distance });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.distance - b.distance || b.count - a.count)
    .map(({ text, kind, count }) => ({ text, kind, count }));
}
