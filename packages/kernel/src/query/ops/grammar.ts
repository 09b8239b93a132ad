import type { QueryError, QueryNode } from '@quanlian/contract';
import { normalizeQuery } from '../normal.js';
import { group, joined, proximity, without } from '../shared/build.js';
import { checkLength, DEEPEST_BRACKETS, fail, guarded, type ReadQuery, report, type Span } from '../shared/fault.js';
import { type Infix, readInfix } from '../shared/infix.js';
import { OPS_SETTINGS, type OpsIndex, type OpsSettings, opsIndex } from './indexes.js';
import { inferredIndex } from './infer.js';
import { nearnessOf, sideFields } from './prox.js';
import { type OpsTerm, termNode } from './terms.js';
import { type OpsToken, opsTokens } from './tokens.js';

interface Reader {
  readonly tokens: readonly OpsToken[];
  readonly errors: QueryError[];
  readonly settings: OpsSettings;
  readonly end: Span;
  readonly used: Map<string, number>;
  prox: number;
  at: number;
  depth: number;
}

/** Each prox looks at everything on its left. */
const MOST_PROX = 100;

/** The index and relation that stand before a group and hold for every term in it. */
interface Scope {
  readonly index: OpsIndex;
  readonly relation: string;
  readonly modifiers: readonly string[];
}

const peek = (reader: Reader, ahead = 0): OpsToken | undefined => reader.tokens[reader.at + ahead];

const wordOf = (token: OpsToken | undefined): string | undefined =>
  token?.type === 'word' ? token.text.toLowerCase() : undefined;

const isOperator = (token: OpsToken | undefined): boolean =>
  token?.type === 'prox' || ['and', 'or', 'not'].includes(wordOf(token) ?? '');

/** `within`, `any` and `all` are relations where a term follows them, words otherwise. */
function isNamedRelation(reader: Reader, ahead: number): boolean {
  const next = peek(reader, ahead + 1);
  if (!['within', 'any', 'all'].includes(wordOf(peek(reader, ahead)) ?? '')) return false;
  return (next?.type === 'word' && !isOperator(next)) || next?.type === 'quoted';
}

function count(reader: Reader, index: OpsIndex, place: Span): void {
  const { mostTermsPerIndex = Number.POSITIVE_INFINITY, mostTerms = Number.POSITIVE_INFINITY } = reader.settings;
  const here = (reader.used.get(index.name) ?? 0) + 1;
  reader.used.set(index.name, here);
  const all = [...reader.used.values()].reduce((sum, n) => sum + n, 0);
  if (here > mostTermsPerIndex) {
    fail(
      'query.too_many_terms',
      `At most ${mostTermsPerIndex} terms may stand on ${index.name}; leave some out.`,
      place,
    );
  }
  if (all > mostTerms) {
    fail('query.too_many_terms', `At most ${mostTerms} terms may stand in one query; leave some out.`, place);
  }
}

function leaf(reader: Reader, scope: Scope, term: OpsTerm): QueryNode {
  count(reader, scope.index, term);
  const clause = termNode(scope, term, reader.settings);
  if ('node' in clause) return clause.node;
  return report(reader.errors, clause, term);
}

function bracketed<T>(reader: Reader, open: Span, body: () => T): T {
  reader.at++;
  reader.depth++;
  if (reader.depth > DEEPEST_BRACKETS) {
    fail('query.too_deep', `Brackets are nested deeper than ${DEEPEST_BRACKETS}; write the query flatter.`, open);
  }
  if (peek(reader)?.type === 'close') {
    fail('query.empty_group', 'There is nothing between these brackets.', { from: open.from, to: open.to + 1 });
  }
  const result = body();
  if (peek(reader)?.type !== 'close') {
    fail('query.unclosed_group', `The bracket at character ${open.from + 1} is not closed.`, open);
  }
  reader.at++;
  reader.depth--;
  return result;
}

/** The terms of `(US, EP)`: every one must hold. */
function list(reader: Reader, scope: Scope, first: QueryNode): QueryNode {
  const nodes = [first];
  while (peek(reader)?.type === 'comma') {
    reader.at++;
    nodes.push(operand(reader, scope));
  }
  return group('and', nodes);
}

/** What follows an index and its relation: a term, or a group every term of which is meant on the index. */
function valueAfter(reader: Reader, scope: Scope, start: Span): QueryNode {
  const token = peek(reader);
  if (token?.type === 'open') return bracketed(reader, token, () => list(reader, scope, expression(reader, scope)));
  if (token?.type !== 'word' && token?.type !== 'quoted') {
    return fail('query.missing_value', `A term must follow the relation on ${scope.index.name}.`, {
      from: start.from,
      to: token?.to ?? reader.end.to,
    });
  }
  reader.at++;
  const text = token.type === 'quoted' ? token.text : withGroup(reader, scope.index, token.text);
  return leaf(reader, scope, { text, quoted: token.type === 'quoted', from: token.from, to: token.to });
}

function onIndex(reader: Reader, name: OpsToken & { readonly type: 'word' }): QueryNode {
  const index = opsIndex(name.text);
  if (!index) {
    const message = `OPS has no index “${name.text}”; known are ti, ab, ta, in, pa, ia, txt, pn, ap, pr, num, pd, ct, famn, cpc, ipc, cl and others.`;
    return fail('query.unknown_field', message, name);
  }
  const relation = peek(reader, 1);
  reader.at += 2;
  if (relation?.type === 'relation') {
    return valueAfter(reader, { index, relation: relation.relation, modifiers: relation.modifiers }, name);
  }
  return valueAfter(reader, { index, relation: wordOf(relation) ?? '=', modifiers: [] }, name);
}

/** A symbol is often written with a blank before its group (`H04L 12/433`); the two words are taken as one. */
function withGroup(reader: Reader, index: OpsIndex, text: string): string {
  const next = peek(reader);
  const isClass = index.scheme || index.fields.some((field) => ['ipc', 'cpc', 'class'].includes(field));
  if (!isClass || next?.type !== 'word' || !/^[A-HY]\d{2}[A-Z]$/iu.test(text)) return text;
  if (!/^\d{1,4}\/[\d*?#]{1,8}$/.test(next.text)) return text;
  reader.at++;
  return `${text} ${next.text}`;
}

function bareTerm(reader: Reader, scope: Scope | undefined, token: OpsToken & { readonly text: string }): QueryNode {
  reader.at++;
  const term = { text: token.text, quoted: token.type === 'quoted', from: token.from, to: token.to };
  if (scope) return leaf(reader, scope, term);
  const index = opsIndex(inferredIndex(token.text));
  if (!index) return { op: 'none' };
  const text = term.quoted ? term.text : withGroup(reader, index, term.text);
  return leaf(reader, { index, relation: '=', modifiers: [] }, { ...term, text });
}

function operand(reader: Reader, scope: Scope | undefined): QueryNode {
  const token = peek(reader);
  if (token?.type === 'open') {
    return bracketed(reader, token, () => {
      const first = expression(reader, scope);
      return scope ? list(reader, scope, first) : first;
    });
  }
  if (wordOf(token) === 'not' && token) {
    return fail('query.leading_not', '“not” stands between two clauses; put what is wanted before it.', token);
  }
  if (token?.type === 'word' && !isOperator(token)) {
    if (peek(reader, 1)?.type === 'relation' || isNamedRelation(reader, 1)) return onIndex(reader, token);
    return bareTerm(reader, scope, token);
  }
  if (token?.type === 'quoted') return bareTerm(reader, scope, token);
  if (token?.type === 'close') {
    return fail('query.extra_bracket', 'This closing bracket has no opening one, or nothing stands before it.', token);
  }
  if (token) return fail('query.missing_operand', 'A clause is missing before this.', token);
  return fail('query.missing_operand', 'A clause is missing at the end.', reader.end);
}

/** All operators have one rank: OPS reads from left to right. Clauses side by side must all hold. */
function operatorAt(reader: Reader): Infix | undefined {
  const token = peek(reader);
  if (!token || token.type === 'close' || token.type === 'comma') return undefined;
  if (token.type === 'relation') {
    return fail('query.missing_operand', 'An index name must stand before this relation.', token);
  }
  const base = { rank: 0, words: 1, from: token.from, to: token.to };
  if (token.type === 'prox') {
    const nearness = nearnessOf(token);
    if (++reader.prox > MOST_PROX)
      fail('query.too_deep', `At most ${MOST_PROX} times prox may stand in one query.`, token);
    return {
      ...base,
      join: (left, right) => {
        if (sideFields(left) !== sideFields(right)) {
          fail('query.prox_fields', 'Both sides of prox must be terms on the same index.', token);
        }
        return proximity([left, right], nearness);
      },
    };
  }
  const word = wordOf(token);
  if (word === 'or') return { ...base, join: (left, right) => joined('or', left, right) };
  if (word === 'not') return { ...base, join: without };
  const join = (left: QueryNode, right: QueryNode): QueryNode => joined('and', left, right);
  return word === 'and' ? { ...base, join } : { ...base, words: 0, join };
}

function expression(reader: Reader, scope: Scope | undefined): QueryNode {
  return readInfix({
    operand: () => operand(reader, scope),
    peek: () => operatorAt(reader),
    skip: (tokens) => {
      reader.at += tokens;
    },
  });
}

/** Reads OPS CQL as published-data search takes it, terms without an index included. Never throws. */
export function parseOps(input: string, settings: OpsSettings = OPS_SETTINGS): ReadQuery {
  const errors: QueryError[] = [];
  const whole = { from: 0, to: input.length };
  return guarded(errors, whole, () => {
    const tokens = opsTokens(input);
    checkLength(tokens);
    if (tokens.length === 0)
      fail('query.empty', 'There is no query; write a term or a clause such as ti=battery.', whole);
    const end = { from: input.length, to: input.length };
    const reader: Reader = { tokens, errors, settings, end, used: new Map(), prox: 0, at: 0, depth: 0 };
    const tree = expression(reader, undefined);
    const rest = peek(reader);
    if (rest) fail('query.extra_bracket', 'This closing bracket or comma belongs to no group.', rest);
    return normalizeQuery(tree);
  });
}
