import { findField, type QueryError, type QueryNode } from '@quanlian/contract';
import { normalizeQuery } from '../normal.js';
import { checkLength, DEEPEST_BRACKETS, fail, guarded, type ReadQuery, report, type Span } from '../shared/fault.js';
import { type Infix, readInfix } from '../shared/infix.js';
import { CNIPA_SETTINGS, type CnipaField, type CnipaSettings, cnipaField } from './fields.js';
import { operatorName, operatorOf } from './operators.js';
import { termNode } from './terms.js';
import { type CnipaToken, cnipaTokens, narrowed } from './tokens.js';

interface Scope {
  readonly field: CnipaField;
  readonly relation: string;
}

interface Reader {
  readonly tokens: readonly CnipaToken[];
  readonly errors: QueryError[];
  readonly settings: CnipaSettings;
  readonly end: Span;
  at: number;
  depth: number;
}

const EVERYWHERE: Scope = { field: { name: '全文', fields: [findField('text') ?? []].flat() }, relation: '=' };
const SET = /^S\d{1,4}$/;

const peek = (reader: Reader, ahead = 0): CnipaToken | undefined => reader.tokens[reader.at + ahead];

function enter(reader: Reader, place: Span): void {
  if (++reader.depth > DEEPEST_BRACKETS) {
    fail('query.too_deep', `Brackets are nested deeper than ${DEEPEST_BRACKETS}; write the query flatter.`, place);
  }
}

function groupNode(reader: Reader, open: Span, scope: Scope): QueryNode {
  reader.at++;
  enter(reader, open);
  if (peek(reader)?.type === 'close') {
    fail('query.empty_group', 'There is nothing between these brackets.', { from: open.from, to: open.to + 1 });
  }
  const node = expression(reader, scope);
  if (peek(reader)?.type !== 'close') {
    fail('query.unclosed_group', `The bracket at character ${open.from + 1} is not closed.`, open);
  }
  reader.at++;
  reader.depth--;
  return node;
}

/** A symbol is often written with a blank before its group (`H01M 10/0525`); the two words are taken as one. */
function withGroup(reader: Reader, scope: Scope, text: string): string {
  const next = peek(reader);
  if (scope.field.fields[0]?.kind !== 'class' || next?.type !== 'word') return text;
  if (!/^[A-HY]\d{2}[A-Z]$/iu.test(text) || !/^\d{1,4}\/[\d+?#]{0,8}$/u.test(next.text)) return text;
  reader.at++;
  return `${text} ${next.text}`;
}

const DAY = /^\d{4}[\d年月日./-]*$/u;
const BETWEEN = /^(?::|to|至|-|~)$/iu;

/** Both ends of a range may stand apart from the sign between them (`20200101 : 20201231`, `2020 至 2022`). */
function withEnd(reader: Reader, scope: Scope, text: string): string {
  const next = peek(reader);
  if (scope.field.fields[0]?.kind !== 'date' || next?.type !== 'word') return text;
  if (text.endsWith(':') && DAY.test(text.slice(0, -1)) && DAY.test(next.text)) {
    reader.at++;
    return text + next.text;
  }
  if (!DAY.test(text)) return text;
  if (next.text.startsWith(':') && DAY.test(next.text.slice(1))) {
    reader.at++;
    return text + next.text;
  }
  const end = peek(reader, 1);
  if (!BETWEEN.test(next.text) || end?.type !== 'word' || !DAY.test(end.text)) return text;
  reader.at += 2;
  return `${text}:${end.text}`;
}

function termHere(reader: Reader, token: Extract<CnipaToken, { text: string }>, scope: Scope): QueryNode {
  reader.at++;
  const quoted = token.type === 'quoted';
  if (!quoted && scope === EVERYWHERE && SET.test(token.text)) return { op: 'set', name: token.text };
  const text = quoted ? token.text : withEnd(reader, scope, withGroup(reader, scope, token.text));
  if (!quoted && /^[=<>]/.test(text)) {
    return fail('query.unexpected', `A field must stand before “${text.charAt(0)}”.`, token);
  }
  const clause = termNode({ ...scope, text, quoted });
  if ('node' in clause) return clause.node;
  return report(reader.errors, clause, token);
}

function scopeOf(token: CnipaToken & { readonly type: 'field' }): Scope {
  const fields = token.names.flatMap((name) => cnipaField(name) ?? []);
  const [first] = fields;
  if (first && fields.length === 1 && token.names.length === 1) return { field: first, relation: token.relation };
  const wrong = token.names.find((name) => (cnipaField(name)?.fields.length ?? 0) === 0);
  if (wrong === undefined) {
    const field = { name: token.names.join(','), fields: fields.flatMap((known) => known.fields) };
    return { field, relation: token.relation };
  }
  const message = `There is no field “${wrong}”; take one such as 发明名称, 摘要, 申请人, 申请日 or IPC分类号.`;
  return fail('query.unknown_field', message, { from: token.from, to: token.from + token.names.join(',').length });
}

function operand(reader: Reader, around: Scope): QueryNode {
  const token = peek(reader);
  if (!token) return fail('query.missing_operand', 'A word, a field or a group is missing at the end.', reader.end);
  if (token.type === 'field') {
    const scope = scopeOf(token);
    reader.at++;
    const next = peek(reader);
    if (next?.type === 'open') return groupNode(reader, next, scope);
    if (next?.type === 'word' || next?.type === 'quoted') return termHere(reader, next, scope);
    return fail('query.missing_value', 'A value must follow the sign behind a field.', {
      from: token.from,
      to: next?.to ?? token.to,
    });
  }
  if (token.type === 'open') return groupNode(reader, token, around);
  if (token.type !== 'word' && token.type !== 'quoted') {
    return fail('query.extra_bracket', 'This closing bracket has no opening one, or nothing stands before it.', token);
  }
  const name = token.type === 'quoted' ? undefined : operatorName(token.text);
  if (name === 'not') return negation(reader, token, around);
  if (name !== undefined) {
    return fail('query.missing_operand', `A word or a group is missing before “${token.text}”.`, token);
  }
  return termHere(reader, token, around);
}

function negation(reader: Reader, token: Span, scope: Scope): QueryNode {
  reader.at++;
  enter(reader, token);
  const clause = operand(reader, scope);
  reader.depth--;
  return { op: 'not', clause };
}

function infixAt(reader: Reader): Infix | undefined {
  const token = peek(reader);
  if (!token || token.type === 'close') return undefined;
  const written = token.type === 'word' ? operatorOf(token.text, reader.settings) : undefined;
  if (written) return { ...written, from: token.from, to: token.to };
  const implied = operatorOf(reader.settings.blank, reader.settings);
  return implied && { ...implied, words: 0, from: token.from, to: token.from };
}

function expression(reader: Reader, scope: Scope): QueryNode {
  return readInfix({
    operand: () => operand(reader, scope),
    peek: () => infixAt(reader),
    skip: (tokens) => {
      reader.at += tokens;
    },
  });
}

/**
 * Reads the command style of the Chinese office's search: a field, a sign and a value or a group, signs in any width,
 * operators in English or Chinese. Never throws.
 */
export function parseCnipa(input: string, settings: CnipaSettings = CNIPA_SETTINGS): ReadQuery {
  const errors: QueryError[] = [];
  const whole = { from: 0, to: input.length };
  return guarded(errors, whole, () => {
    const tokens = cnipaTokens(narrowed(input));
    checkLength(tokens);
    if (tokens.length === 0) fail('query.empty', 'There is no query; write a clause such as 发明名称=电池.', whole);
    const end = { from: input.length, to: input.length };
    const reader: Reader = { tokens, errors, settings, end, at: 0, depth: 0 };
    const tree = expression(reader, EVERYWHERE);
    const rest = peek(reader);
    if (rest) fail('query.extra_bracket', 'This closing bracket has no opening one.', rest);
    return normalizeQuery(tree);
  });
}
