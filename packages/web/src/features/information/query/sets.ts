import type { SearchSet, Syntax } from '@quanlian/contract';
import { parseWithSets, setsIn } from '@quanlian/kernel';

/** A query that was run in this browser, under its name. */
export interface HistoryEntry extends SearchSet {
  readonly total: number;
  /** ISO 8601. */
  readonly at: string;
}

/** What is asked: a text, its language and the sets it stands on. */
export interface Asked {
  readonly text: string;
  readonly syntax: Syntax;
  readonly sets: readonly SearchSet[];
}

const MOST_ENTRIES = 200;
const numberOf = (name: string): number => Number(name.slice(1));
const sameSet = (a: string, b: string): boolean => numberOf(a) === numberOf(b);

/** The sets that a query stands on, those that they stand on included. */
export function neededSets(text: string, syntax: Syntax, history: readonly SearchSet[]): SearchSet[] {
  const needed: SearchSet[] = [];
  const visit = (query: string, language: Syntax): void => {
    const { ast } = parseWithSets(query, language, history);
    for (const name of ast === null ? [] : setsIn(ast)) {
      const set = history.find((one) => sameSet(one.name, name));
      if (set === undefined || needed.some((one) => one.name === set.name)) continue;
      needed.push({ name: set.name, text: set.text, syntax: set.syntax });
      visit(set.text, set.syntax);
    }
  };
  visit(text, syntax);
  return needed;
}

/** The history with a query that was run: a new set, or the one that already holds this query with its new total. */
export function withEntry(
  history: readonly HistoryEntry[],
  { text, syntax }: Pick<Asked, 'text' | 'syntax'>,
  total: number,
  at: string,
): HistoryEntry[] {
  const known = history.find((entry) => entry.text === text && entry.syntax === syntax);
  if (known) return history.map((entry) => (entry === known ? { ...entry, total, at } : entry));
  const next = Math.max(0, ...history.map(({ name }) => numberOf(name))) + 1;
  return [...history, { name: `S${next}`, text, syntax, total, at }].slice(-MOST_ENTRIES);
}

/** The history with the sets that a saved query stands on; a name that means something here already keeps it. */
export function withSets(history: readonly HistoryEntry[], sets: readonly SearchSet[], at: string): HistoryEntry[] {
  const missing = sets.filter((set) => !history.some((entry) => sameSet(entry.name, set.name)));
  return [...history, ...missing.map((set) => ({ ...set, total: 0, at }))].sort(
    (a, b) => numberOf(a.name) - numberOf(b.name),
  );
}

/** `S1 AND S3`; a set alone stays itself. */
export const combined = (names: readonly string[], operator: 'AND' | 'OR' | 'NOT'): string =>
  names.join(` ${operator} `);
