/** A piece of a text that two versions share, or that only one has. */
export interface Piece {
  readonly op: 'same' | 'deleted' | 'added';
  readonly text: string;
}

/** Characters of scripts without spaces between words stand alone; letters and digits make words; the rest stands alone. */
const TOKENS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[\p{L}\p{M}\p{N}_]+|\s+|./gsu;

export const tokensOf = (text: string): string[] => text.match(TOKENS) ?? [];

/** Beyond this many cells of the table two texts are taken as replaced where they differ. */
const MOST_CELLS = 6_000_000;

/** Lengths of the longest common subsequence of what is left of both lists, for every place. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    const row = rows[i] as Uint16Array;
    const below = rows[i + 1] as Uint16Array;
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] =
        before[i] === after[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return rows;
}

function middle(before: readonly string[], after: readonly string[]): Piece[] {
  if (before.length * after.length > MOST_CELLS || before.length > 65_000)
    return [
      { op: 'deleted', text: before.join('') },
      { op: 'added', text: after.join('') },
    ];
  const lengths = commonLengths(before, after);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, young] = [before[i], after[j]];
    if (old !== undefined && old === young) {
      pieces.push({ op: 'same', text: old });
      i++;
      j++;
    } else if (
      young === undefined ||
      (old !== undefined && (lengths[i + 1]?.[j] as number) >= (lengths[i]?.[j + 1] as number))
    ) {
      pieces.push({ op: 'deleted', text: old ?? '' });
      i++;
    } else {
      pieces.push({ op: 'added', text: young });
      j++;
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece; blanks alone between two changes belong to the changes. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const { op, text } of pieces) {
    if (text === '') continue;
    const last = out.at(-1);
    if (last?.op === op) out[out.length - 1] = { op, text: last.text + text };
    else out.push({ op, text });
  }
  return out;
}

/** The words that were taken out of a text and put in, in their order: deleted and same give the one, added and same the other. */
export function compareWords(before: string, after: string): Piece[] {
  const [old, young] = [tokensOf(before), tokensOf(after)];
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < young.length - head && old.at(-1 - tail) === young.at(-1 - tail)) tail++;
  return joined([
    { op: 'same', text: old.slice(0, head).join('') },
    ...middle(old.slice(head, old.length - tail), young.slice(head, young.length - tail)),
    { op: 'same', text: old.slice(old.length - tail).join('') },
  ]);
}
