import {
  analyse,
  analyserOf,
  type ExactPart,
  type PhrasePart,
  type TextQuery,
  type Token,
  textBorders,
} from '@quanlian/kernel';
import type { TextValue } from '../content/document.js';
import { POSITION_GAP } from '../segment/builder.js';
import { WORD_FIELDS } from '../segment/postings.js';
import { findChains } from './chain.js';
import { findNear } from './near.js';
import { type ChainLeaf, queriesOf, type ScoredLeaf, type SpanNode } from './plan.js';
import { distinctSpans, spacingOf } from './spans.js';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where a value shows a leaf; `of` is the text asked for when the leaf is its synonym. */
export interface LeafRange extends Range {
  readonly leaf: number;
  readonly of: string | undefined;
}

/** An occurrence of a query text: its places as positions and in the text. */
interface Found extends Range {
  readonly start: number;
  readonly end: number;
}

/** Chains looked at one by one; where there would be more, every occurrence of their texts is shown. */
const MOST_CHAINS = 20_000;

type TokensAt = ReadonlyMap<number, readonly Token[]>;

function byPosition(tokens: readonly Token[]): TokensAt {
  const map = new Map<number, Token[]>();
  for (const token of tokens) {
    const list = map.get(token.position);
    if (list) list.push(token);
    else map.set(token.position, [token]);
  }
  return map;
}

function fits(token: Token, { term, open, pattern }: PhrasePart): boolean {
  if (pattern) return pattern.expression.test(token.term);
  return open ? token.term.startsWith(term) : token.term === term;
}

/** Where the phrase stands when its first position is `start`; undefined when it does not. */
function findAt(at: TokensAt, { parts, exact, length }: TextQuery, isExact: boolean, start: number): Found | undefined {
  const isWritten = (token: Token, { unit, original }: ExactPart): boolean =>
    token.unit === unit && token.original === original;
  const isThere = (part: ExactPart): boolean =>
    (at.get(start + part.offset) ?? []).some((token) => isWritten(token, part));
  if (isExact && !exact.every(isThere)) return undefined;
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const part of parts) {
    const written = isExact ? exact[part.offset] : undefined;
    const matching = (at.get(start + part.offset) ?? []).filter(
      (token) => fits(token, part) && (written === undefined || isWritten(token, written)),
    );
    if (matching.length === 0) return undefined;
    // Of a divided word the whole and its parts may all begin with the same letters; the longest is shown.
    from = Math.min(from, ...matching.map((token) => token.from));
    to = Math.max(to, ...matching.map((token) => (part.open || part.pattern ? token.unitTo : token.to)));
  }
  return { from, to, start, end: start + length - 1 };
}

function findPhrase(at: TokensAt, query: TextQuery, isExact: boolean): Found[] {
  if (query.parts.length === 0) return [];
  return [...at.keys()].flatMap((start) => findAt(at, query, isExact, start) ?? []);
}

function findInValue(at: TokensAt, leaf: Exclude<ScoredLeaf, ChainLeaf>): Found[] {
  if (leaf.kind === 'text') return findPhrase(at, leaf.query, leaf.exact);
  const lists = leaf.queries.map((query) => findPhrase(at, query, false));
  return lists.some((list) => list.length === 0) ? [] : findNear(lists, leaf.distance, leaf.ordered);
}

/** Finds the tokens that any of the leaves looks for. */
function tokensFor(leaves: readonly ScoredLeaf[]): (text: string) => Token[] {
  const queries = leaves.flatMap(queriesOf);
  const parts = queries.flatMap((query) => query.parts);
  const units = new Set(queries.flatMap(({ exact }) => exact.map(({ unit }) => unit)));
  const prefixes = parts.filter(({ open }) => open).map(({ term }) => term);
  const expressions = parts.flatMap(({ pattern }) => (pattern ? [pattern.expression] : []));
  if (prefixes.length + expressions.length === 0) return analyserOf(units);
  return analyserOf(
    units,
    (unit) =>
      prefixes.some((prefix) => unit.startsWith(prefix)) || expressions.some((expression) => expression.test(unit)),
  );
}

/** One value of a field with the position at which it begins there. */
interface PlacedValue {
  readonly index: number;
  readonly base: number;
  readonly at: TokensAt;
  /** The positions at which its sentences begin, and of these those that begin a paragraph. */
  readonly sentences: readonly number[];
  readonly paragraphs: readonly number[];
}

function placeValue({ text }: TextValue, index: number, base: number): PlacedValue & { taken: number } {
  const tokens = analyse(text);
  const units = tokens.filter(({ part }) => !part);
  const sentences: number[] = [];
  const paragraphs: number[] = [];
  const borders = [{ at: 0, paragraph: true }, ...textBorders(text)];
  for (const { at, paragraph } of borders) {
    const first = units.find(({ from }) => from >= at);
    if (first === undefined) break;
    sentences.push(base + first.position);
    if (paragraph) paragraphs.push(base + first.position);
  }
  return { index, base, at: byPosition(tokens), sentences, paragraphs, taken: units.length };
}

/** The values of one field as the index lays them out. */
function placeField(values: readonly TextValue[], field: number): PlacedValue[] {
  const placed: PlacedValue[] = [];
  let base = 0;
  values.forEach((value, index) => {
    if (value.field !== WORD_FIELDS[field]) return;
    const { taken, ...own } = placeValue(value, index, base);
    placed.push(own);
    base += taken + POSITION_GAP;
  });
  return placed;
}

/** A stretch of a field with the pieces of text that it is made of. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly (Range & { readonly value: number })[];
}

const joined = (before: Stretch, after: Stretch): Stretch => ({
  start: before.start,
  end: after.end,
  pieces: [...before.pieces, ...after.pieces],
});

/** Stretches with the same ends as one, so that nothing is followed twice. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const byPlace = new Map<string, Stretch>();
  for (const stretch of stretches) {
    const key = `${stretch.start} ${stretch.end}`;
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, pieces: [...new Set([...known.pieces, ...stretch.pieces])] } : stretch);
  }
  return distinctSpans([...byPlace.values()]);
}

function findNode(placed: readonly PlacedValue[], node: SpanNode, field: number): Stretch[] {
  if (node.kind === 'or') return merged(node.nodes.flatMap((part) => findNode(placed, part, field)));
  if (node.kind === 'text') {
    if ((node.mask & (1 << field)) === 0) return [];
    return placed.flatMap(({ index, base, at }) =>
      findPhrase(at, node.query, node.exact).map(({ from, to, start, end }) => ({
        start: base + start,
        end: base + end,
        pieces: [{ from, to, value: index }],
      })),
    );
  }
  const lists = node.nodes.map((part) => findNode(placed, part, field));
  if (lists.reduce((product, list) => product * list.length, 1) > MOST_CHAINS) return lists.flat();
  const starts = (): number[] =>
    placed.flatMap(({ sentences, paragraphs }) => (node.rule.unit === 'sentence' ? sentences : paragraphs));
  return merged(findChains(lists, node.rule.ordered, spacingOf(node.rule, starts), joined));
}

/** Where each value shows any of the leaves, in order. */
export function findLeaves(values: readonly TextValue[], leaves: readonly ScoredLeaf[]): LeafRange[][] {
  const tokensOf = tokensFor(leaves);
  const ranges = values.map((): LeafRange[] => []);
  values.forEach((value, index) => {
    const bit = 1 << WORD_FIELDS.indexOf(value.field);
    if (!leaves.some((leaf) => leaf.kind !== 'chain' && (leaf.mask & bit) !== 0)) return;
    const at = byPosition(tokensOf(value.text));
    leaves.forEach((own, leaf) => {
      if (own.kind === 'chain' || (own.mask & bit) === 0) return;
      const of = own.kind === 'text' ? own.synonymOf : undefined;
      for (const { from, to } of findInValue(at, own)) ranges[index].push({ from, to, leaf, of });
    });
  });
  leaves.forEach((own, leaf) => {
    if (own.kind !== 'chain') return;
    WORD_FIELDS.forEach((_, field) => {
      if ((own.mask & (1 << field)) === 0) return;
      for (const { pieces } of findNode(placeField(values, field), own.node, field)) {
        for (const { value, from, to } of pieces) ranges[value].push({ from, to, leaf, of: undefined });
      }
    });
  });
  return ranges.map((list) => list.sort((a, b) => a.from - b.from || a.to - b.to));
}
