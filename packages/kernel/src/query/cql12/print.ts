import { findField, type QueryModifier, type QueryNode } from '@quanlian/contract';
import { type Dialect, type LeafNode, type PrintedQuery, printIn } from '../shared/print.js';
import { printPattern } from '../shared/wildcards.js';
import { printModifiers } from '../simple/marks.js';
import { CQL_SIGNS } from './lower.js';

const RESERVED = /^(?:and|or|not|prox|sortby|any|all|adj|within|encloses|exact|scr)$/i;
const EVERYTHING = 'cql.allRecords = 1';

const escaped = (text: string): string => text.replace(/[\\*?"^]/gu, '\\$&');
const isBare = (text: string): boolean => /^[^\s()=<>"/\\*?^.]+$/u.test(text) && !RESERVED.test(text);
const written = (text: string): string => (isBare(text) ? text : `"${escaped(text)}"`);
const spelled = (text: string): string =>
  /^[^\s()=<>"/\\]+$/u.test(text) && !RESERVED.test(text) ? text : `"${text}"`;

/** A clause on a field; on all text the term stands alone. */
const on = (field: string, term: string, marks = ''): string | undefined => {
  const known = findField(field);
  if (!known) return undefined;
  return known.name === 'text' && marks === '' ? term : `${known.name} =${marks} ${term}`;
};

const isName = (text: string): boolean => /^[^\s()=<>"/\\]+$/u.test(text);
const modifierTexts = ({ name, value }: QueryModifier): string[] => (value === undefined ? [name] : [name, value]);

function range({ field, from, to }: Extract<QueryNode, { op: 'range' }>): string | undefined {
  if (from !== undefined && to !== undefined) {
    return from === to ? `${field} = ${from}` : `${field} within "${from} ${to}"`;
  }
  if (from === undefined && to === undefined) return undefined;
  return from === undefined ? `${field} <= ${to}` : `${field} >= ${from}`;
}

function classText(node: Extract<QueryNode, { op: 'class' }>): string | undefined {
  const belowByItself = !/\/(?!0+$)/u.test(node.symbol);
  const marks = node.below === belowByItself ? '' : node.below ? '/below' : '/alone';
  return on(node.field, written(node.symbol), marks);
}

function leaf(node: LeafNode): string | undefined {
  switch (node.op) {
    case 'all':
      return EVERYTHING;
    case 'term':
    case 'phrase': {
      const term = node.op === 'phrase' ? `"${escaped(node.text)}"` : written(node.text);
      return on(node.field, term, node.exact ? '/exact' : '');
    }
    case 'prefix':
      return on(node.field, `"${escaped(node.text)}*"`);
    case 'pattern': {
      const text = printPattern(node.parts, CQL_SIGNS, escaped);
      return text === undefined ? undefined : on(node.field, `"${text}"`);
    }
    case 'value':
      return on(node.field, written(node.value));
    case 'class':
      return classText(node);
    case 'range':
      return range(node);
    case 'index': {
      const marks = printModifiers(node.modifiers ?? []);
      const isSayable = [node.index, ...(node.modifiers ?? []).flatMap(modifierTexts)].every(isName);
      if (!isSayable || /["\\]/u.test(node.text)) return undefined;
      return `${spelled(node.index)} ${node.relation}${marks} ${spelled(node.text)}`;
    }
    default:
      return undefined;
  }
}

function nearness({ unit, least, most, ordered }: Extract<QueryNode, { op: 'proximity' }>): string | undefined {
  if (unit === 'field' || (least !== undefined && most !== undefined && least !== most)) return undefined;
  if (least === undefined && most === undefined) return undefined;
  const distance = least === undefined ? `<=${most}` : most === undefined ? `>=${least}` : `=${most}`;
  return `prox/unit=${unit}/distance${distance}${ordered ? '/ordered' : ''}`;
}

const DIALECT: Dialect = {
  and: 'and',
  or: 'or',
  not: 'not',
  everything: EVERYTHING,
  nearness,
  leaf,
};

/** Writes a normal tree in standard CQL 1.2. */
export function printCql(ast: QueryNode): PrintedQuery {
  if (ast.op !== 'sorted') return printIn(DIALECT, ast);
  const { text, problems } = printIn(DIALECT, ast.clause);
  const keys = ast.keys.map(({ index, modifiers }) => index + printModifiers(modifiers ?? []));
  return { text: `${text} sortby ${keys.join(' ')}`, problems };
}
