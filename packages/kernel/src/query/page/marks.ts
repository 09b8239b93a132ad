import type { Syntax } from '@quanlian/contract';
import { operatorName } from '../cnipa/operators.js';
import { type CnipaToken, cnipaTokens, narrowed } from '../cnipa/tokens.js';
import { operatorOf as commandOperator } from '../command/operators.js';
import { type CommandToken, commandTokens } from '../command/tokens.js';
import { type CqlToken, cqlTokens } from '../cql12/tokens.js';
import { type OpsToken, opsTokens } from '../ops/tokens.js';
import { Unreadable } from '../shared/fault.js';
import { type Token, tokenize } from '../simple/tokens.js';

/** What a piece of a query is, for an editor. */
export const MARK_KINDS = ['word', 'phrase', 'field', 'operator', 'sign', 'bracket', 'set'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** A piece of the text, in UTF-16 units. */
export interface QueryMark {
  readonly from: number;
  readonly to: number;
  readonly kind: MarkKind;
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

const SET = /^[SL]\d{1,4}$/u;
const CQL_WORDS = /^(?:and|or|not|prox|sortby|any|all|adj|within|encloses|exact)$/iu;

const simpleKind = (token: Token): MarkKind => {
  if (token.type === 'open' || token.type === 'close') return 'bracket';
  if (token.type === 'operator' || token.type === 'call') return 'operator';
  if (token.type === 'minus' || token.type === 'exact') return 'sign';
  if (token.type === 'field') return 'field';
  return token.type === 'quoted' ? 'phrase' : 'word';
};

const commandKind = (token: CommandToken, next: CommandToken | undefined): MarkKind => {
  if (token.type === 'open' || token.type === 'close') return 'bracket';
  if (token.type === 'suffix' || token.type === 'prefix' || token.type === 'comparison') return 'field';
  if (token.type === 'quoted') return 'phrase';
  if (SET.test(token.text)) return 'set';
  return commandOperator(token.text, next?.type === 'word' ? next.text : undefined) ? 'operator' : 'word';
};

const cnipaKind = (token: CnipaToken): MarkKind => {
  if (token.type === 'field') return 'field';
  if (!('text' in token)) return 'bracket';
  if (token.type === 'quoted') return 'phrase';
  if (SET.test(token.text)) return 'set';
  return operatorName(token.text) || /^=?\d{0,3}[WDSPF]$/u.test(token.text) ? 'operator' : 'word';
};

const opsKind = (token: OpsToken, next: OpsToken | undefined): MarkKind => {
  if (token.type === 'relation') return 'sign';
  if (token.type === 'prox') return 'operator';
  if (!('text' in token)) return 'bracket';
  if (token.type === 'quoted') return 'phrase';
  if (CQL_WORDS.test(token.text)) return 'operator';
  const named = next?.type === 'relation' || (next?.type === 'word' && /^(?:any|all|within)$/iu.test(next.text));
  return named ? 'field' : 'word';
};

const cqlKind = (token: CqlToken, next: CqlToken | undefined): MarkKind => {
  if (token.type === 'stroke' || token.type === 'comparison') return 'sign';
  if (!('text' in token)) return 'bracket';
  if (token.type === 'quoted') return 'phrase';
  if (CQL_WORDS.test(token.text)) return 'operator';
  const named = next?.type === 'comparison' || (next?.type === 'word' && /^(?:any|all|within|adj)$/iu.test(next.text));
  return named ? 'field' : 'word';
};

const marked = <T extends Piece>(
  tokens: readonly T[],
  kind: (token: T, next: T | undefined) => MarkKind,
): QueryMark[] => tokens.map((token, i) => ({ from: token.from, to: token.to, kind: kind(token, tokens[i + 1]) }));

function marksOf(text: string, syntax: Syntax): QueryMark[] {
  switch (syntax) {
    case 'simple':
      return marked(tokenize(text).tokens, simpleKind);
    case 'command':
      return marked(commandTokens(text), commandKind);
    case 'cnipa':
      return marked(cnipaTokens(narrowed(text)), cnipaKind);
    case 'cql':
      return marked(opsTokens(text), opsKind);
    case 'cql12':
      return marked(cqlTokens(text), cqlKind);
  }
}

/** A quote that a reader is still typing: the text up to it has marks all the same. */
function marksBefore(text: string, syntax: Syntax): QueryMark[] {
  const quote = text.lastIndexOf('"');
  if (quote < 0) return [];
  try {
    return [...marksOf(text.slice(0, quote), syntax), { from: quote, to: text.length, kind: 'phrase' }];
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
}

/** What each piece of a query is, by the tokens its parser reads; a text that is no query yet has marks too. */
export function markQuery(text: string, syntax: Syntax): QueryMark[] {
  try {
    return marksOf(text, syntax);
  } catch (error) {
    if (error instanceof Unreadable) return marksBefore(text, syntax);
    throw error;
  }
}
