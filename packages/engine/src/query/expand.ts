import { QuanlianError } from '@quanlian/contract';
import type { PhrasePart, WordPattern } from '@quanlian/kernel';
import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import { MARK_SEPARATOR } from '../segment/builder.js';
import type { TermEntry } from '../segment/dictionary.js';
import type { PlacedList, Segment } from '../segment/segment.js';
import { hasBit } from '../storage/bits.js';
import { isScored, type KeyLeaf, type KeyPrefix, type Leaf, leavesOf, type Plan, queriesOf } from './plan.js';

/** Words of the whole corpus that a prefix or pattern may stand for. */
const MOST_TERMS = 100_000;

/** The terms of a segment that start with a prefix. */
const expandPrefix = (segment: Segment, list: PlacedList | 'keys', prefix: string): TermEntry[] => [
  ...segment[list].withPrefix(prefix),
];

/** The words of a segment that fit a pattern: found by how they begin, else by how they end, else by looking at all. */
function expandPattern(segment: Segment, { expression, start, end }: WordPattern): readonly TermEntry[] {
  if (start !== '') return expandPrefix(segment, 'words', start).filter(({ term }) => expression.test(term));
  if (end !== '') return segment.wordsEnding(end, expression);
  const found: TermEntry[] = [];
  for (const entry of segment.walkWords()) if (expression.test(entry.term)) found.push(entry);
  return found;
}

/** What the parts of the queries now being answered stand for: asked for more than once by each of them. */
const expanded = new WeakMap<PhrasePart | KeyPrefix, WeakMap<Segment, readonly TermEntry[]>>();

/** What a part stands for in a segment, found once for a query. */
function remembered(
  part: PhrasePart | KeyPrefix,
  segment: Segment,
  expand: () => readonly TermEntry[],
): readonly TermEntry[] {
  const known = expanded.get(part) ?? new WeakMap<Segment, readonly TermEntry[]>();
  const entries = known.get(segment) ?? expand();
  known.set(segment, entries);
  expanded.set(part, known);
  return entries;
}

/** The words of a segment that an open part of a phrase stands for. */
export function expandPart(segment: Segment, part: PhrasePart): readonly TermEntry[] {
  const { term, pattern } = part;
  return remembered(part, segment, () =>
    pattern === undefined ? expandPrefix(segment, 'words', term) : expandPattern(segment, pattern),
  );
}

/** The keys of a segment that a prefix stands for. */
export function expandKeys(segment: Segment, part: KeyPrefix): readonly TermEntry[] {
  const { prefix, expression } = part;
  return remembered(part, segment, () => {
    const entries = expandPrefix(segment, 'keys', prefix);
    return expression ? entries.filter(({ term }) => expression.test(term)) : entries;
  });
}

/** True when a live document has the term. */
function isLive(
  { segment, live, entry: { docs, liveDocs } }: LiveSegment,
  list: PlacedList | 'keys',
  term: TermEntry,
): boolean {
  if (docs === liveDocs) return true;
  const having = list === 'keys' ? segment.keyDocs(term) : segment.docsOf(list, term);
  return having.some((doc) => hasBit(live, doc));
}

/** Refuses `query.too_costly` when live documents have too many terms; how these lie in segments is of no account. */
function guard(
  snapshot: Snapshot,
  list: PlacedList | 'keys',
  expand: (segment: Segment) => readonly TermEntry[],
  written: string,
): void {
  const found = snapshot.segments.map((live) => ({ live, entries: expand(live.segment) }));
  if (found.reduce((sum, { entries }) => sum + entries.length, 0) <= MOST_TERMS) return;
  const terms = new Set<string>();
  for (const { live, entries } of found) {
    for (const entry of entries) {
      if (terms.has(entry.term) || !isLive(live, list, entry)) continue;
      terms.add(entry.term);
      if (terms.size > MOST_TERMS) {
        throw new QuanlianError(
          'query.too_costly',
          `More than ${MOST_TERMS} words fit "${written}"; give more letters.`,
        );
      }
    }
  }
}

function guardKeys(snapshot: Snapshot, { prefixes }: KeyLeaf): void {
  for (const prefix of prefixes) guard(snapshot, 'keys', (segment) => expandKeys(segment, prefix), prefix.prefix);
}

function guardLeaf(snapshot: Snapshot, leaf: Leaf): void {
  if (leaf.kind === 'keys') guardKeys(snapshot, leaf);
  if (!isScored(leaf)) return;
  for (const part of queriesOf(leaf).flatMap(({ parts }) => parts)) {
    if (!part.open && part.pattern === undefined) continue;
    const written = part.pattern ? part.pattern.expression.source : part.term;
    guard(snapshot, 'words', (segment) => expandPart(segment, part), written);
  }
}

/** Refuses a query of which a prefix or pattern stands for more words than may be looked up. */
export function guardExpansions(snapshot: Snapshot, plan: Plan): void {
  for (const leaf of leavesOf(plan)) guardLeaf(snapshot, leaf);
}

/** The marks of the forms in which a unit is written otherwise than folded. */
export const expandMarks = (segment: Segment, unit: string): TermEntry[] =>
  expandPrefix(segment, 'marks', unit + MARK_SEPARATOR);
