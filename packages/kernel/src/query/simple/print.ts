import type { QueryNode } from '@quanlian/contract';
import { isBareWord, normalizeQuery } from '../normal.js';
import { likeText, printModifiers } from './marks.js';

const DEFAULT_FIELD = 'text';

const quoted = (text: string): string => `"${text.replace(/["“”＂\\]/gu, '\\$&')}"`;

const inField = (field: string, text: string): string => (field === DEFAULT_FIELD ? text : `${field}:${text}`);

/** A value without blanks as it is, otherwise in quotes. */
const value = (text: string): string => (isBareWord(text) ? text : quoted(text));

function range(node: Extract<QueryNode, { op: 'range' }>): string {
  if (node.from !== undefined && node.from === node.to) return node.from;
  return `${node.from ?? ''}..${node.to ?? ''}`;
}

/** A symbol's main groups and everything above them are meant with all below; a subgroup alone. The other way round is marked. */
function classSymbol(node: Extract<QueryNode, { op: 'class' }>): string {
  const symbol = node.symbol.replace(/\s/gu, '');
  const belowByItself = !/\/(?!0+$)/u.test(symbol);
  if (node.below === belowByItself) return symbol;
  return node.below ? `${symbol}+` : `=${symbol}`;
}

function together({ unit, least, most, ordered, clauses }: Extract<QueryNode, { op: 'proximity' }>): string {
  const range = least === undefined && most === undefined && !ordered ? '' : `/${least ?? ''}..${most ?? ''}`;
  return `@together/${unit}${range}${ordered ? '/ordered' : ''}(${clauses.map(bracketed).join(' ')})`;
}

/** What stands in one piece and needs no brackets around it. */
function leaf(node: Exclude<QueryNode, { op: 'and' | 'or' | 'not' }>): string {
  switch (node.op) {
    case 'all':
      return '*';
    case 'none':
      return '-*';
    case 'term':
      return inField(node.field, (node.exact ? '=' : '') + node.text);
    case 'phrase':
      return inField(node.field, (node.exact ? '=' : '') + quoted(node.text));
    case 'prefix':
      return inField(node.field, `${value(node.text)}*`);
    case 'value':
      return inField(node.field, value(node.value));
    case 'class':
      return inField(node.field, classSymbol(node));
    case 'range':
      return inField(node.field, range(node));
    case 'near': {
      const call = `@${node.ordered ? 'next' : 'near'}/${node.distance}(${node.texts.map(quoted).join(' ')})`;
      return inField(node.field, call);
    }
    case 'ids':
      return `@ids(${node.ids.map(value).join(' ')})`;
    case 'filter':
      return `@filter(${print(node.clause)})`;
    case 'boost':
      return `@boost/${node.factor}(${print(node.clause)})`;
    case 'pattern':
      return inField(node.field, `@like(${quoted(likeText(node.parts))})`);
    case 'proximity':
      return together(node);
    case 'xor':
      return `@xor(${node.clauses.map(bracketed).join(' ')})`;
    case 'set':
      return `@set(${value(node.name)})`;
    case 'index': {
      const marks = node.modifiers?.length ? [printModifiers(node.modifiers)] : [];
      return `@index(${[node.index, node.relation, node.text, ...marks].map(quoted).join(' ')})`;
    }
    case 'modified':
      return `@modified(${quoted(printModifiers(node.modifiers))})(${print(node.clause)})`;
    case 'sorted': {
      const keys = node.keys.map(({ index, modifiers }) => quoted(index + printModifiers(modifiers ?? [])));
      return `@sorted(${keys.join(' ')})(${print(node.clause)})`;
    }
  }
}

const bracketed = (node: QueryNode): string =>
  node.op === 'and' || node.op === 'or' ? `(${print(node)})` : print(node);

function print(node: QueryNode): string {
  if (node.op === 'and') return node.clauses.map(bracketed).join(' ');
  if (node.op === 'or') return node.clauses.map(bracketed).join(' OR ');
  if (node.op === 'not') return `-${bracketed(node.clause)}`;
  return leaf(node);
}

/**
 * The canonical text of a query in the simple syntax, which has a writing for every operator: reading it gives the query's normal form again.
 * It serves for single clauses as well.
 */
export function printQuery(query: QueryNode): string {
  return print(normalizeQuery(query));
}
