import type { QueryModifier } from '@quanlian/contract';

/** A name bound to a context set by its identifier; the default set has no name. */
export interface CqlPrefix {
  readonly name: string | undefined;
  readonly identifier: string;
}

export type CqlOperator = 'and' | 'or' | 'not' | 'prox';

/** An operator and the operand on its right. */
export interface CqlLink {
  readonly operator: CqlOperator;
  readonly modifiers: readonly QueryModifier[];
  readonly tree: CqlTree;
}

/**
 * A query of CQL 1.2 as it was written: every index name, modifier and quote kept. Index and relation of a clause
 * are undefined for a bare term (`cql.serverChoice` and `=`).
 */
export type CqlTree = {
  /** The prefixes bound before this node, outermost first. */
  readonly prefixes: readonly CqlPrefix[];
} & (
  | {
      readonly type: 'clause';
      readonly index: string | undefined;
      readonly relation: string;
      readonly modifiers: readonly QueryModifier[];
      /** The words as written, backslashes kept; several only for words side by side without quotes. */
      readonly words: readonly string[];
      readonly quoted: boolean;
    }
  /** Operands joined from the left, all operators having one rank. */
  | { readonly type: 'chain'; readonly first: CqlTree; readonly rest: readonly CqlLink[] }
  /** Brackets around a tree. */
  | { readonly type: 'group'; readonly tree: CqlTree }
);

export interface CqlSortKey {
  readonly index: string;
  readonly modifiers: readonly QueryModifier[];
}

/** A whole query: its tree and the keys it asks to be sorted by. */
export interface CqlQuery {
  readonly tree: CqlTree;
  readonly keys: readonly CqlSortKey[];
}

const modifierText = ({ name, comparison, value }: QueryModifier): string =>
  `/${valueText(name)}${comparison ?? ''}${comparison === undefined ? '' : valueText(value ?? '')}`;

const valueText = (value: string): string => (/^[^\s()=<>"/]+$/u.test(value) ? value : `"${value}"`);

const modifiersText = (modifiers: readonly QueryModifier[]): string => modifiers.map(modifierText).join('');

function treeText(tree: CqlTree): string {
  const prefixes = tree.prefixes.map(({ name, identifier }) =>
    name === undefined ? `> ${valueText(identifier)} ` : `> ${valueText(name)} = ${valueText(identifier)} `,
  );
  const head = prefixes.join('');
  if (tree.type === 'group') return `${head}(${treeText(tree.tree)})`;
  if (tree.type === 'chain') {
    const rest = tree.rest.map((link) => ` ${link.operator}${modifiersText(link.modifiers)} ${treeText(link.tree)}`);
    return head + treeText(tree.first) + rest.join('');
  }
  const term = tree.quoted ? `"${tree.words.join(' ')}"` : tree.words.join(' ');
  if (tree.index === undefined) return head + term;
  return `${head}${valueText(tree.index)} ${tree.relation}${modifiersText(tree.modifiers)} ${term}`;
}

/** The query in one writing: single blanks, operators in small letters, everything else as it stood. */
export function cqlText({ tree, keys }: CqlQuery): string {
  if (keys.length === 0) return treeText(tree);
  return `${treeText(tree)} sortby ${keys.map(({ index, modifiers }) => valueText(index) + modifiersText(modifiers)).join(' ')}`;
}
