import type { QueryError, QueryNode } from '@quanlian/contract';
import { normalizeQuery } from '../normal.js';
import { checkLength, DEEPEST_BRACKETS, fail, guarded, type ReadQuery, report, type Span } from '../shared/fault.js';
import { type Infix, readInfix } from '../shared/infix.js';
import { anyCommandIndex, COMMAND_SETTINGS, type CommandIndex, type CommandSettings } from './fields.js';
import { type CommandOperator, operatorOf } from './operators.js';
import { comparisonNode, termNode } from './terms.js';
import { type CommandToken, commandTokens, type Marks } from './tokens.js';

const EVERYWHERE: readonly CommandIndex[] = [anyCommandIndex('TXT')];
const SET = /^[LS]\d{1,4}$/;

interface Reader {
  readonly tokens: readonly CommandToken[];
  /** For every opening bracket the place of its closing one. */
  readonly partners: ReadonlyMap<number, number>;
  readonly errors: QueryError[];
  readonly settings: CommandSettings;
  readonly end: Span;
  at: number;
  depth: number;
}

function partnersOf(tokens: readonly CommandToken[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ type }, at) => {
    if (type === 'open') open.push(at);
    const start = type === 'close' ? open.pop() : undefined;
    if (start !== undefined) partners.set(start, at);
  });
  return partners;
}

const peek = (reader: Reader, ahead = 0): CommandToken | undefined => reader.tokens[reader.at + ahead];

const indexesOf = (aliases: readonly string[]): readonly CommandIndex[] => aliases.map(anyCommandIndex);

/** The indexes of the suffix behind a token, which say where the token is looked for. */
function suffixed(token: CommandToken | undefined, outer: readonly CommandIndex[]): readonly CommandIndex[] {
  return token?.type === 'suffix' ? indexesOf(token.aliases) : outer;
}

const weighted = (node: QueryNode, { boost }: Marks): QueryNode =>
  boost === undefined || boost <= 0 ? node : { op: 'boost', clause: node, factor: boost };

function passSuffix(reader: Reader): void {
  if (peek(reader)?.type === 'suffix') reader.at++;
}

function groupNode(reader: Reader, open: Span, outer: readonly CommandIndex[]): QueryNode {
  const partner = reader.partners.get(reader.at);
  if (partner === undefined) {
    return fail('query.unclosed_group', `The bracket at character ${open.from + 1} is not closed.`, open);
  }
  if (partner === reader.at + 1) {
    return fail('query.empty_group', 'There is nothing between these brackets.', { from: open.from, to: open.to + 1 });
  }
  if (++reader.depth > DEEPEST_BRACKETS) {
    fail('query.too_deep', `Brackets are nested deeper than ${DEEPEST_BRACKETS}; write the query flatter.`, open);
  }
  reader.at++;
  const node = expression(reader, suffixed(reader.tokens[partner + 1], outer));
  const close = peek(reader);
  if (close?.type !== 'close')
    return fail('query.unexpected', 'An operator or a bracket is missing before this.', close ?? reader.end);
  reader.at++;
  reader.depth--;
  passSuffix(reader);
  return weighted(node, close.marks);
}

function termHere(
  reader: Reader,
  token: CommandToken & { readonly text: string; readonly marks: Marks },
  outer: readonly CommandIndex[],
): QueryNode {
  if (token.type === 'word' && token.text.startsWith('@')) {
    return fail(
      'query.bad_comparison',
      `“${token.text}” is no comparison; write for example @PD>=20200101<=20201231.`,
      token,
    );
  }
  const indexes = suffixed(peek(reader, 1), outer);
  reader.at++;
  passSuffix(reader);
  if (token.type === 'word' && SET.test(token.text) && indexes === EVERYWHERE)
    return weighted({ op: 'set', name: token.text }, token.marks);
  const clause = termNode(indexes, { text: token.text, quoted: token.type === 'quoted', marks: token.marks });
  if ('node' in clause) return weighted(clause.node, token.marks);
  return report(reader.errors, clause, token);
}

/** The operator at a place, one in two words included; a word in quotes or with a suffix is none. */
function operatorHere(reader: Reader): CommandOperator | undefined {
  const token = peek(reader);
  const next = peek(reader, 1);
  if (token?.type !== 'word' || next?.type === 'suffix') return undefined;
  return operatorOf(token.text, next?.type === 'word' ? next.text : undefined);
}

/** `NOT x` at the beginning of an expression: all but x. */
function negation(reader: Reader, outer: readonly CommandIndex[]): QueryNode {
  reader.at++;
  if (++reader.depth > DEEPEST_BRACKETS) {
    fail('query.too_deep', `More than ${DEEPEST_BRACKETS} times NOT in a row; leave them out in pairs.`, reader.end);
  }
  const clause = operand(reader, outer);
  reader.depth--;
  return { op: 'not', clause };
}

function operand(reader: Reader, around: readonly CommandIndex[]): QueryNode {
  let outer = around;
  let token = peek(reader);
  while (token?.type === 'prefix') {
    outer = indexesOf(token.aliases);
    reader.at++;
    token = peek(reader);
  }
  if (!token) return fail('query.missing_operand', 'A word or a group is missing at the end.', reader.end);
  if (token.type === 'open') return groupNode(reader, token, outer);
  if (token.type === 'comparison') {
    reader.at++;
    const clause = comparisonNode(anyCommandIndex(token.alias), token.conditions);
    if ('node' in clause) return clause.node;
    return report(reader.errors, clause, token);
  }
  if (token.type === 'suffix') {
    return fail('query.missing_operand', 'A field suffix stands behind a word, a quoted text or a group.', token);
  }
  if (token.type === 'close') {
    return fail('query.extra_bracket', 'This closing bracket has no opening one, or nothing stands before it.', token);
  }
  const operator = operatorHere(reader);
  if (!operator || token.type !== 'word') return termHere(reader, token, outer);
  if (token.text.toUpperCase() === 'NOT' && operator.words === 1) return negation(reader, outer);
  return fail(
    'query.missing_operand',
    `A word or a group is missing before “${token.text}”; put the operator in quotes to search for it.`,
    token,
  );
}

/** The operator at this place; two operands side by side are joined by the one that is set for blanks. */
function infixAt(reader: Reader): Infix | undefined {
  const token = peek(reader);
  if (!token || token.type === 'close') return undefined;
  if (token.type === 'suffix') {
    return fail('query.unexpected', 'A second field suffix stands behind one term; join them as .TI,AB.', token);
  }
  const written = operatorHere(reader);
  if (written) return { ...written, from: token.from, to: token.to };
  const implied = operatorOf(reader.settings.blank, undefined);
  return implied && { ...implied, words: 0, from: token.from, to: token.from };
}

function expression(reader: Reader, outer: readonly CommandIndex[]): QueryNode {
  return readInfix({
    operand: () => operand(reader, outer),
    peek: () => infixAt(reader),
    skip: (tokens) => {
      reader.at += tokens;
    },
  });
}

/** Reads US examiner search in the manner of BRS, EAST and Patent Public Search. Never throws. */
export function parseCommand(input: string, settings: CommandSettings = COMMAND_SETTINGS): ReadQuery {
  const errors: QueryError[] = [];
  const whole = { from: 0, to: input.length };
  return guarded(errors, whole, () => {
    const tokens = commandTokens(input);
    checkLength(tokens);
    if (tokens.length === 0)
      fail('query.empty', 'There is no query; write a word or a clause such as battery.TI.', whole);
    const end = { from: input.length, to: input.length };
    const reader: Reader = { tokens, partners: partnersOf(tokens), errors, settings, end, at: 0, depth: 0 };
    const tree = expression(reader, EVERYWHERE);
    const rest = peek(reader);
    if (rest) fail('query.extra_bracket', 'This closing bracket has no opening one.', rest);
    return normalizeQuery(tree);
  });
}
