import { findField, type QueryNode } from '@quanlian/contract';
import { compactDate, type Dialect, type LeafNode, type PrintedQuery, printIn } from '../shared/print.js';
import { printPattern } from '../shared/wildcards.js';
import { CNIPA_SETTINGS, CNIPA_SIGNS, cnipaField, NAME_OF } from './fields.js';
import { operatorOf } from './operators.js';

function isBare(text: string): boolean {
  if (!/^[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}_'./-]*$/u.test(text) || /[\uFF01-\uFF5E]/u.test(text)) return false;
  return operatorOf(text, CNIPA_SETTINGS) === undefined && !/^S\d{1,4}$/.test(text);
}

/** Wildcards count inside quotes too, a quote cannot be guarded, and full-width signs are read as the usual ones. */
const sayable = (text: string): boolean => !/["“”＂+?#＋？＃\uFF01-\uFF5E\u3000]/u.test(text);

const written = (text: string): string => (isBare(text) ? text : `"${text}"`);

function inField(field: string, term: string): string | undefined {
  if (field === 'text') return term;
  const name = NAME_OF[field];
  return name === undefined ? undefined : `${name}=${term}`;
}

function range({ field, from, to }: Extract<QueryNode, { op: 'range' }>): string | undefined {
  const name = NAME_OF[field];
  if (name === undefined || (from === undefined && to === undefined)) return undefined;
  if (from !== undefined && to !== undefined) {
    return `${name}=${compactDate(from)}${from === to ? '' : `:${compactDate(to)}`}`;
  }
  return from === undefined ? `${name}<=${compactDate(to ?? '')}` : `${name}>=${compactDate(from)}`;
}

function symbol(node: Extract<QueryNode, { op: 'class' }>): string | undefined {
  const bare = node.symbol.replace(/\s/gu, '');
  if (node.below && /^[^/]+\/0+$/.test(bare)) return inField(node.field, bare.replace(/\/0+$/, ''));
  return node.below === !bare.includes('/') ? inField(node.field, bare) : undefined;
}

function pattern(field: string, parts: Extract<QueryNode, { op: 'pattern' }>['parts']): string | undefined {
  const kind = findField(field)?.kind;
  if (kind === 'date') return undefined;
  const text = printPattern(parts, CNIPA_SIGNS, (piece) => {
    const bare = kind === 'class' ? piece.replace(/\s/gu, '') : piece;
    return /^[\p{L}\p{N}\p{M}/-]*$/u.test(bare) && sayable(bare) ? bare : undefined;
  });
  return text === undefined ? undefined : inField(field, text);
}

function leaf(node: LeafNode): string | undefined {
  switch (node.op) {
    case 'term':
    case 'phrase':
      if (node.exact || !sayable(node.text)) return undefined;
      return inField(node.field, node.op === 'phrase' ? `"${node.text}"` : written(node.text));
    case 'prefix':
      return pattern(node.field, [node.text, { min: 0 }]);
    case 'pattern':
      return pattern(node.field, node.parts);
    case 'value':
      return sayable(node.value) ? inField(node.field, written(node.value)) : undefined;
    case 'class':
      return symbol(node);
    case 'range':
      return range(node);
    case 'set':
      return /^S\d{1,4}$/.test(node.name) ? node.name : undefined;
    case 'index': {
      const known = cnipaField(node.index);
      const isOurs = known?.name === node.index && known.fields.length === 0 && !node.modifiers;
      return isOurs && !/["“”\uFF01-\uFF5E\u3000]/u.test(node.text)
        ? `${node.index}${node.relation}"${node.text}"`
        : undefined;
    }
    default:
      return undefined;
  }
}

function nearness({ unit, least, most, ordered }: Extract<QueryNode, { op: 'proximity' }>): string | undefined {
  if (unit !== 'word') {
    const asked = unit === 'field' ? undefined : 0;
    if (least !== undefined || most !== asked || ordered) return undefined;
    return { sentence: 'S', paragraph: 'P', field: 'F' }[unit];
  }
  if (most === undefined || most < 1 || most > 999 || (least !== undefined && least !== most)) return undefined;
  const between = most === 1 && least === undefined ? '' : String(most - 1);
  return `${least === undefined ? '' : '='}${between}${ordered ? 'W' : 'D'}`;
}

const DIALECT: Dialect = {
  and: 'AND',
  or: 'OR',
  not: 'NOT',
  xor: 'XOR',
  negation: 'NOT',
  nearness,
  leaf,
};

/** Writes a normal tree in the Chinese command style. */
export const printCnipa = (ast: QueryNode): PrintedQuery => printIn(DIALECT, ast);
