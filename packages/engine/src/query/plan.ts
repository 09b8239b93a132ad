import type { QueryNode } from '@quanlian/contract';
import type { TextQuery } from '@quanlian/kernel';
import type { LengthColumn, NumberColumn } from '../segment/segment.js';

/** Words to find in the fields of `mask`, scored over the length column. `exact` compares the forms as written. */
export interface TextLeaf {
  readonly kind: 'text';
  readonly mask: number;
  readonly column: LengthColumn;
  readonly query: TextQuery;
  readonly exact: boolean;
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

/** Documents that stand in any of these lists; a prefix stands for all lists whose key starts with it. */
export interface KeyLeaf {
  readonly kind: 'keys';
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
}

/** Documents whose day lies between the two, both included; undated ones never do. */
export interface DayLeaf {
  readonly kind: 'days';
  readonly column: NumberColumn;
  readonly from: number;
  readonly to: number;
}

export type ScoredLeaf = TextLeaf | NearLeaf;
export type Leaf = ScoredLeaf | KeyLeaf | DayLeaf | { readonly kind: 'all' } | { readonly kind: 'none' };

/** A query made ready: fields checked, texts analysed, values in the form of the index. `source` is what was asked. */
export type Plan = { readonly source: QueryNode } & (
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'and' | 'or'; readonly children: readonly Plan[] }
  | { readonly kind: 'not' | 'filter'; readonly child: Plan }
  | { readonly kind: 'boost'; readonly child: Plan; readonly factor: number }
);

/** The text leaves that a hit may match: not those under a `not`. */
export function positiveTexts(plan: Plan): ScoredLeaf[] {
  switch (plan.kind) {
    case 'leaf':
      return plan.leaf.kind === 'text' || plan.leaf.kind === 'near' ? [plan.leaf] : [];
    case 'and':
    case 'or':
      return plan.children.flatMap(positiveTexts);
    case 'filter':
    case 'boost':
      return positiveTexts(plan.child);
    case 'not':
      return [];
  }
}
