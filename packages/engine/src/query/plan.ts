import type { ColumnName, ProximityUnit, QueryNode } from '@quanlian/contract';
import type { TextQuery } from '@quanlian/kernel';
import type { LengthColumn, NumberColumn } from '../segment/segment.js';

/** Words to find in the fields of `mask`, scored over the length column. `exact` compares the forms as written. */
export interface TextLeaf {
  readonly kind: 'text';
  readonly mask: number;
  readonly column: LengthColumn;
  readonly query: TextQuery;
  readonly exact: boolean;
  /** The text asked for, when this one is its synonym. */
  readonly synonymOf: string | undefined;
}

/** Phrases in one field of `mask`, each next one starting at most `distance` positions after the end of the one before. */
export interface NearLeaf {
  readonly kind: 'near';
  readonly mask: number;
  readonly column: LengthColumn;
  readonly queries: readonly TextQuery[];
  readonly distance: number;
  readonly ordered: boolean;
}

/** How far apart the parts of a chain may be; see `chainEnds`. */
export interface ChainRule {
  readonly unit: ProximityUnit;
  readonly least: number;
  readonly most: number;
  readonly ordered: boolean;
}

/** What has places in a text: a phrase, any of several such things, or several such things near each other. */
export type SpanNode =
  | { readonly kind: 'text'; readonly mask: number; readonly query: TextQuery; readonly exact: boolean }
  | { readonly kind: 'or'; readonly nodes: readonly SpanNode[] }
  | { readonly kind: 'chain'; readonly rule: ChainRule; readonly nodes: readonly SpanNode[] };

/** A chain of things near each other, scored like one word by the places where it ends. */
export interface ChainLeaf {
  readonly kind: 'chain';
  readonly mask: number;
  readonly column: LengthColumn;
  readonly node: Extract<SpanNode, { kind: 'chain' }>;
}

/** Documents that stand in any of these lists; a prefix stands for all lists whose key starts with it. */
export interface KeyLeaf {
  readonly kind: 'keys';
  readonly keys: readonly string[];
  readonly prefixes: readonly KeyPrefix[];
}

/** Keys that start so, and of them those that fit the expression. */
export interface KeyPrefix {
  readonly prefix: string;
  readonly expression?: RegExp;
}

/** Documents whose day lies between the two, both included; undated ones never do. */
export interface DayLeaf {
  readonly kind: 'days';
  readonly column: NumberColumn;
  readonly from: number;
  readonly to: number;
}

/** Documents by a derived column on the day asked for: without a value, with one of those given, or in a range of numbers. */
export interface ColumnLeaf {
  readonly kind: 'column';
  readonly name: ColumnName;
  readonly wanted: 'none' | ((value: string) => boolean);
}

/** Documents that have any text in a field. */
export interface HeldLeaf {
  readonly kind: 'held';
  readonly column: LengthColumn;
}

export type ScoredLeaf = TextLeaf | NearLeaf | ChainLeaf;
export type Leaf =
  | ScoredLeaf
  | KeyLeaf
  | DayLeaf
  | ColumnLeaf
  | HeldLeaf
  | { readonly kind: 'all' }
  | { readonly kind: 'none' };

/** A query made ready: fields checked, texts analysed, values in the form of the index. `source` is what was asked. */
export type Plan = { readonly source: QueryNode } & (
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'and' | 'or' | 'xor'; readonly children: readonly Plan[] }
  | { readonly kind: 'not' | 'filter'; readonly child: Plan }
  | { readonly kind: 'boost'; readonly child: Plan; readonly factor: number }
);

export const isScored = (leaf: Leaf): leaf is ScoredLeaf =>
  leaf.kind === 'text' || leaf.kind === 'near' || leaf.kind === 'chain';

/** The plans directly under one. */
export function childrenOf(plan: Plan): readonly Plan[] {
  if (plan.kind === 'leaf') return [];
  return 'children' in plan ? plan.children : [plan.child];
}

/** Every leaf of a plan. */
export function leavesOf(plan: Plan): Leaf[] {
  return plan.kind === 'leaf' ? [plan.leaf] : childrenOf(plan).flatMap(leavesOf);
}

/** The text leaves that a hit may match: not those under a `not`. */
export function positiveTexts(plan: Plan): ScoredLeaf[] {
  if (plan.kind === 'leaf') return isScored(plan.leaf) ? [plan.leaf] : [];
  return plan.kind === 'not' ? [] : childrenOf(plan).flatMap(positiveTexts);
}

/** The phrases of a node with places. */
function textsOf(node: SpanNode): Extract<SpanNode, { kind: 'text' }>[] {
  return node.kind === 'text' ? [node] : node.nodes.flatMap(textsOf);
}

/** Every text a scored leaf looks for. */
export function queriesOf(leaf: ScoredLeaf): readonly TextQuery[] {
  if (leaf.kind === 'text') return [leaf.query];
  return leaf.kind === 'near' ? leaf.queries : textsOf(leaf.node).map(({ query }) => query);
}
