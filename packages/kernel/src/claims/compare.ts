import type { Claim, ClaimRow } from '@quanlian/contract';
import { compareWords, tokensOf } from './words.js';

/** Claims less alike than this are two claims, not one that was changed. */
const ALIKE = 0.5;

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** How often each word stands in a claim, without the number that some sources print before it. */
function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokensOf(text.toLowerCase()))
    if (/[\p{L}\p{N}]/u.test(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** The share of words two claims have in common (Dice), from 0 to 1. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [common, all] = [0, 0];
  for (const [token, count] of a) {
    common += Math.min(count, b.get(token) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 1 : (2 * common) / all;
}

/** Which claim became which: the most alike first, on a tie the nearer in number. Indices into both lists. */
function pairs(before: readonly Claim[], after: readonly Claim[]): Map<number, number> {
  const [old, young] = [before.map(({ text }) => countsOf(text)), after.map(({ text }) => countsOf(text))];
  const candidates = old.flatMap((a, i) =>
    young.flatMap((b, j) => {
      const alike = plain(before[i]?.text ?? '') === plain(after[j]?.text ?? '') ? 2 : likeness(a, b);
      return alike < ALIKE ? [] : [{ i, j, alike, apart: Math.abs(i - j) }];
    }),
  );
  candidates.sort((a, b) => b.alike - a.alike || a.apart - b.apart || a.j - b.j || a.i - b.i);
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  for (const { i, j } of candidates) {
    if (taken.has(i) || partner.has(j)) continue;
    partner.set(j, i);
    taken.add(i);
  }
  return partner;
}

function pairRow(old: Claim, young: Claim): ClaimRow {
  const same = plain(old.text) === plain(young.text);
  return {
    before: old.number,
    after: young.number,
    change: same ? 'same' : 'changed',
    pieces: same ? [{ op: 'same', text: young.text }] : compareWords(old.text, young.text),
  };
}

const loneRow = ({ number, text }: Claim, op: 'added' | 'deleted'): ClaimRow => ({
  before: op === 'deleted' ? number : null,
  after: op === 'added' ? number : null,
  change: op,
  pieces: [{ op, text }],
});

/**
 * Two versions of the claims of one application: which claim became which, with the words that changed; what was
 * deleted stands where it stood. Rows in the order of the later version.
 */
export function compareClaims(before: readonly Claim[], after: readonly Claim[]): ClaimRow[] {
  const partner = pairs(before, after);
  const gone = new Set(before.keys());
  for (const i of partner.values()) gone.delete(i);
  const rows: ClaimRow[] = [];
  const deleteUpTo = (end: number): void => {
    for (const i of [...gone].filter((one) => one < end)) {
      rows.push(loneRow(before[i] as Claim, 'deleted'));
      gone.delete(i);
    }
  };
  for (const [j, claim] of after.entries()) {
    const i = partner.get(j);
    if (i !== undefined) deleteUpTo(i);
    rows.push(i === undefined ? loneRow(claim, 'added') : pairRow(before[i] as Claim, claim));
  }
  deleteUpTo(before.length);
  return rows;
}
