import { findField, type QueryNode } from '@quanlian/contract';
import { compactDate, type Dialect, type LeafNode, type PrintedQuery, printIn } from '../shared/print.js';
import { printPattern } from '../shared/wildcards.js';
import { ALIAS_OF, COMMAND_SIGNS } from './fields.js';
import { operatorOf } from './operators.js';

/** What would be read as a sign, an operator, a set or a comment when it is not in quotes. */
function isBare(text: string): boolean {
  if (!/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}_'-]*$/u.test(text)) return false;
  return operatorOf(text, undefined) === undefined && !/^[LS]\d{1,4}$/.test(text);
}

/** Wildcards count inside quotes too, and a quote cannot be guarded; such texts cannot be said. */
const sayable = (text: string): boolean => !/["$*?]/u.test(text);

const written = (text: string): string => (isBare(text) ? text : `"${text}"`);

/** A term with its field behind it; text of all fields has none. */
function inField(field: string, term: string): string | undefined {
  if (field === 'text') return term;
  const alias = ALIAS_OF.get(field);
  return alias === undefined ? undefined : `${term}.${alias}.`;
}

function range({ field, from, to }: Extract<QueryNode, { op: 'range' }>): string | undefined {
  const alias = ALIAS_OF.get(field);
  if (alias === undefined || (from === undefined && to === undefined)) return undefined;
  if (from !== undefined && from === to) return `@${alias}=${compactDate(from)}`;
  const low = from === undefined ? '' : `>=${compactDate(from)}`;
  return `@${alias}${low}${to === undefined ? '' : `<=${compactDate(to)}`}`;
}

/** A symbol with a stroke is meant alone; a main group with all below it is truncated at the stroke. */
function symbol(node: Extract<QueryNode, { op: 'class' }>): string | undefined {
  const bare = node.symbol.replace(/\s/gu, '');
  if (node.below && /^[^/]+\/0+$/.test(bare)) return inField(node.field, bare.replace(/\/0+$/, ''));
  return node.below === !bare.includes('/') ? inField(node.field, bare) : undefined;
}

function number(node: Extract<QueryNode, { op: 'value' }>): string | undefined {
  const { field, value } = node;
  const own = field === 'id' ? /^US(\d{6,11})$/.exec(value)?.[1] : undefined;
  return sayable(value) ? inField(field, written(own ?? value)) : undefined;
}

function pattern(field: string, parts: Extract<QueryNode, { op: 'pattern' }>['parts']): string | undefined {
  const kind = findField(field)?.kind;
  if (kind === 'date' || kind === 'number') return undefined;
  const text = printPattern(parts, COMMAND_SIGNS, (piece) => {
    const bare = kind === 'class' ? piece.replace(/\s/gu, '') : piece;
    return /^[\p{L}\p{N}\p{M}/-]*$/u.test(bare) ? bare : undefined;
  });
  // A digit behind an open stretch would be read as its count.
  const isUnclear = parts.some((part, i) => {
    const next = parts[i + 1];
    return typeof part !== 'string' && part.max !== part.min && typeof next === 'string' && /^\d/.test(next);
  });
  return text === undefined || isUnclear ? undefined : inField(field, text);
}

function leaf(node: LeafNode): string | undefined {
  switch (node.op) {
    case 'term':
    case 'phrase': {
      if (node.exact || !sayable(node.text)) return undefined;
      return inField(node.field, node.op === 'phrase' ? `"${node.text}"` : written(node.text));
    }
    case 'prefix':
      return /\s/u.test(node.text) && findField(node.field)?.kind !== 'class'
        ? undefined
        : pattern(node.field, [node.text, { min: 0 }]);
    case 'pattern':
      return pattern(node.field, node.parts);
    case 'value':
      return number(node);
    case 'class':
      return symbol(node);
    case 'range':
      return range(node);
    case 'set':
      return /^[LS]\d{1,4}$/.test(node.name) ? node.name : undefined;
    case 'index': {
      if (!/^[A-Z][A-Z0-9]{1,3}$/.test(node.index) || node.modifiers || node.text.includes('"')) return undefined;
      if (node.relation === '=') return `"${node.text}".${node.index}.`;
      return /^\d{1,12}$/.test(node.text) ? `@${node.index}${node.relation}${node.text}` : undefined;
    }
    default:
      return undefined;
  }
}

function nearness({ unit, least, most, ordered }: Extract<QueryNode, { op: 'proximity' }>): string | undefined {
  if (unit === 'field' || least !== undefined || most === undefined || most > 999) return undefined;
  if (unit === 'word') {
    const name = ordered ? 'ADJ' : 'NEAR';
    return most < 1 ? undefined : most === 1 ? name : `${name}${most}`;
  }
  if (ordered) return undefined;
  return `${unit === 'sentence' ? 'WITH' : 'SAME'}${most === 0 ? '' : most}`;
}

/** A weight hangs on a word, a quoted text or a group that has none yet. */
function boost(inner: string, factor: number): string | undefined {
  const takesWeight = !inner.startsWith('@') && !/\^[\d.]+$/.test(inner) && /["\p{L}\p{N})]$/u.test(inner);
  return takesWeight && /^\d{1,6}(?:\.\d{1,6})?$/.test(String(factor)) ? `${inner}^${factor}` : undefined;
}

const DIALECT: Dialect = {
  and: 'AND',
  or: 'OR',
  not: 'NOT',
  xor: 'XOR',
  negation: 'NOT',
  nearness,
  leaf,
  boost,
};

/** Writes a normal tree in the language of US examiner search. */
export const printCommand = (ast: QueryNode): PrintedQuery => printIn(DIALECT, ast);
