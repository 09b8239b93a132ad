import type { Scheme, SchemeNode } from './scheme.js';

/** How a place differs between two versions of a scheme. `moved`: it hangs elsewhere; `retitled`: a title reads differently. */
export const SCHEME_CHANGES = ['new', 'deleted', 'moved', 'retitled'] as const;
export type SchemeChange = (typeof SCHEME_CHANGES)[number];

/** A place that differs, as it stands in the version that has it; of one in both the later one's. */
export interface ChangedPlace {
  readonly change: SchemeChange;
  readonly symbol: string;
  readonly titles: Readonly<Record<string, string>>;
  /** What it hangs on, before and after. */
  readonly parents: { readonly before: string | null; readonly after: string | null };
  /** The titles it had before, of one that reads differently. */
  readonly before?: Readonly<Record<string, string>>;
}

function allPlaces(tree: Scheme, under: string | undefined): string[] {
  if (under !== undefined) return tree.node(under) ? [under, ...tree.below(under)] : [];
  return tree.roots().flatMap(({ symbol }) => [symbol, ...tree.below(symbol)]);
}

const parentOf = (tree: Scheme, symbol: string): string | null => tree.ancestors(symbol).at(-1)?.symbol ?? null;

/** A title in a language that both have reads differently; white space and case do not count. */
function isRetitled(before: SchemeNode, after: SchemeNode): boolean {
  const plain = (text: string | undefined): string => (text ?? '').toLowerCase().replace(/\s+/g, ' ').trim();
  return Object.keys(before.titles).some(
    (lang) => after.titles[lang] !== undefined && plain(before.titles[lang]) !== plain(after.titles[lang]),
  );
}

/** The places that are new, deleted, hang elsewhere or read differently; `under` looks only at a place and below it. */
export function compareSchemes(before: Scheme, after: Scheme, under?: string): ChangedPlace[] {
  const changes: ChangedPlace[] = [];
  for (const symbol of allPlaces(after, under)) {
    const now = after.node(symbol);
    if (!now) continue;
    const { titles } = now;
    const was = before.node(symbol);
    const parents = { before: was ? parentOf(before, symbol) : null, after: parentOf(after, symbol) };
    if (!was) changes.push({ change: 'new', symbol, titles, parents });
    else if (parents.before !== parents.after) changes.push({ change: 'moved', symbol, titles, parents });
    else if (isRetitled(was, now)) changes.push({ change: 'retitled', symbol, titles, parents, before: was.titles });
  }
  for (const symbol of allPlaces(before, under)) {
    if (after.node(symbol)) continue;
    const parents = { before: parentOf(before, symbol), after: null };
    changes.push({ change: 'deleted', symbol, titles: before.node(symbol)?.titles ?? {}, parents });
  }
  return changes;
}
