import { findField, type QueryNode } from '@quanlian/contract';
import { compactDate, type Dialect, type LeafNode, type PrintedQuery, printIn } from '../shared/print.js';
import { printPattern } from '../shared/wildcards.js';
import { OPS_INDEXES, OPS_SETTINGS, OPS_SIGNS } from './indexes.js';
import { sideFields } from './prox.js';

const RESERVED = /^(?:and|or|not|within|any|all|prox.*)$/i;

/** The index of one field, and those of field lists with their fields in the order they are read. */
const SINGLE = new Map(
  [...OPS_INDEXES.values()].flatMap((index) => {
    const [field, ...others] = index.fields;
    return field !== undefined && others.length === 0 ? [[field, index] as const] : [];
  }),
);
const LISTS = [...new Set(OPS_INDEXES.values())]
  .filter((index) => index.fields.length > 1)
  .sort((a, b) => b.fields.length - a.fields.length);

const quoted = (text: string): string => `"${text.replace(/["\\]/gu, '\\$&')}"`;
const written = (text: string): string =>
  /^[\p{L}\p{N}\p{M}.:_'’&+-]+$/u.test(text) && !RESERVED.test(text) ? text : quoted(text);

/** Wildcards count inside quotes too, so a text that holds their signs cannot be said. */
const plain = (text: string): string | undefined => (/[*?#]/u.test(text) ? undefined : text);

function range({ field, from, to }: Extract<QueryNode, { op: 'range' }>): string | undefined {
  const name = SINGLE.get(field)?.name;
  const [first, last] = [from, to].map((date) => date && compactDate(date));
  if (name === undefined || (!first && !last)) return undefined;
  if (first && last) return first === last ? `${name}=${first}` : `${name} within "${first} ${last}"`;
  return first ? `${name}>=${first}` : `${name}<=${last}`;
}

/** A symbol with a stroke is meant alone, one without with all in it; `/low` adds what is below. */
function symbol({ field, symbol: text, below }: Extract<QueryNode, { op: 'class' }>): string | undefined {
  const index = SINGLE.get(field);
  const bare = text.replace(/\s/gu, '');
  if (!index) return undefined;
  if (below && /^[^/]+\/0+$/.test(bare)) return `${index.name}=${bare.replace(/\/0+$/, '')}`;
  if (below === !bare.includes('/')) return `${index.name}=${bare}`;
  return below && index.scheme ? `${index.name}=/low ${bare}` : undefined;
}

function value({ field, value: text }: Extract<QueryNode, { op: 'value' }>): string | undefined {
  if (field === 'office') return /^[A-Z]{2}$/.test(text) ? `pn=${text}` : undefined;
  const name = SINGLE.get(field)?.name;
  const term = plain(text);
  return name === undefined || term === undefined ? undefined : `${name}=${written(term)}`;
}

function pattern(field: string, parts: Extract<QueryNode, { op: 'pattern' }>['parts']): string | undefined {
  const index = SINGLE.get(field);
  const [first] = parts;
  const isOpen = parts.some((part) => typeof part !== 'string' && part.max === undefined);
  if (!index || index.fields.includes('date') || (typeof first !== 'string' && !index.leading)) return undefined;
  const stem = parts.reduce<string>((all, part) => (typeof part === 'string' ? all + part : all), '');
  const before = typeof first === 'string' ? first : stem;
  if (isOpen && before.length < OPS_SETTINGS.minimumStem) return undefined;
  const text = printPattern(parts, OPS_SIGNS, plain);
  return text === undefined || /\s/u.test(text) ? undefined : `${index.name}=${quoted(text)}`;
}

function leaf(node: LeafNode): string | undefined {
  switch (node.op) {
    case 'term':
    case 'phrase': {
      const name = SINGLE.get(node.field)?.name;
      const text = plain(node.text);
      if (name === undefined || text === undefined) return undefined;
      const term = node.op === 'phrase' ? quoted(text) : written(text);
      return node.exact ? `${name}=/exact ${term}` : `${name}=${term}`;
    }
    case 'prefix': {
      const isCode = /^[A-Z]{2}$/.test(node.text) && (node.field === 'application' || node.field === 'priority');
      if (isCode) return `${SINGLE.get(node.field)?.name}=${node.text}`;
      const isClass = findField(node.field)?.kind === 'class';
      return pattern(node.field, [isClass ? node.text.replace(/\s/gu, '') : node.text, { min: 0 }]);
    }
    case 'pattern':
      return pattern(node.field, node.parts);
    case 'value':
      return value(node);
    case 'class':
      return symbol(node);
    case 'range':
      return range(node);
    case 'index': {
      const index = OPS_INDEXES.get(node.index);
      if (!index || plain(node.text) === undefined) return undefined;
      const marks = (node.modifiers ?? []).map(({ name }) => `/${name}`).join('');
      const relation = /^\w/.test(node.relation) ? ` ${node.relation} ` : node.relation;
      return `${node.index}${relation}${marks}${marks ? ' ' : ''}${written(node.text)}`;
    }
    default:
      return undefined;
  }
}

const withoutField = (node: QueryNode): string => JSON.stringify(node, (key, item) => (key === 'field' ? '' : item));

/** `num=EP`: everything of one office. */
function officeList(clauses: readonly QueryNode[], at: number): { text: string; taken: number } | undefined {
  const [office, application, priority] = clauses.slice(at, at + 3);
  if (office?.op !== 'value' || office.field !== 'office') return undefined;
  const isSame = (node: QueryNode | undefined, field: string): boolean =>
    node?.op === 'prefix' && node.field === field && node.text === office.value;
  if (!isSame(application, 'application') || !isSame(priority, 'priority')) return undefined;
  return { text: `num=${office.value}`, taken: 3 };
}

/** `ta=x` for the same leaf in title and abstract, and so on for every index of several fields. */
function list(clauses: readonly QueryNode[], at: number): { text: string; taken: number } | undefined {
  const office = officeList(clauses, at);
  if (office) return office;
  for (const index of LISTS) {
    const run = clauses.slice(at, at + index.fields.length);
    const [first] = run;
    const same = index.fields.every((field, i) => {
      const node = run[i];
      return node && first && 'field' in node && node.field === field && withoutField(node) === withoutField(first);
    });
    if (!same || !first || first.op === 'class' || first.op === 'range' || first.op === 'near') continue;
    const text = leaf(first as LeafNode);
    if (text !== undefined) return { text: `${index.name}${text.slice(text.search(/=/))}`, taken: run.length };
  }
  return undefined;
}

function nearness(node: Extract<QueryNode, { op: 'proximity' }>): string | undefined {
  const { unit, least, most, ordered, clauses } = node;
  if (new Set(clauses.map(sideFields)).size > 1) return undefined;
  if (unit === 'field' || (least !== undefined && most !== undefined && least !== most)) return undefined;
  const distance = least === undefined ? `<=${most}` : most === undefined ? `>=${least}` : `=${most}`;
  const isUsual = unit !== 'word' && least === undefined && most === 0;
  if (least === undefined && most === undefined) return undefined;
  const parts = [
    unit === 'word' ? '' : `/unit=${unit}`,
    isUsual ? '' : `/distance${distance}`,
    ordered ? '/ordered=true' : '',
  ];
  return `prox${parts.join('')}`;
}

const DIALECT: Dialect = { and: 'and', or: 'or', not: 'not', nearness, leaf, list };

/** Writes a normal tree in OPS CQL. */
export const printOps = (ast: QueryNode): PrintedQuery => printIn(DIALECT, ast);
