import { QuanlianError, type QueryNode, type SearchSet, type Syntax } from '@quanlian/contract';
import { parseCommand } from '../command/grammar.js';
import { LONGEST_QUERY, parseQuery } from '../parse.js';

/** The number of a set's name: `S1`, `s01` and `L1` are the same set. */
const NAME = /^[SL]0*([1-9]\d{0,3})$/iu;
const numberOf = (name: string): string | undefined => NAME.exec(name.trim())?.[1];

/** What a text of set names, operators and brackets alone is made of. */
const COMBINATION = /^[\s()]*(?:(?:[SL]\d{1,4}|AND|OR|NOT|XOR|与|或|非|且|异或)(?![\p{L}\p{N}])[\s()]*)+$/iu;
const IN_ENGLISH: Readonly<Record<string, string>> = { 与: 'AND', 且: 'AND', 或: 'OR', 非: 'NOT', 异或: 'XOR' };

/** Parts that a query may have once its sets stand in it; a chain of doublings would fill any memory. */
const MOST_PARTS = 4096;

/**
 * Reads a text that only combines sets (`S1 AND (S2 OR L3)`), in any language alike; undefined when it holds anything
 * else or a set that is not in the history, since `S1` may be a word to search for.
 */
export function readCombination(text: string, sets: readonly SearchSet[]): QueryNode | undefined {
  if (text.length > LONGEST_QUERY || !COMBINATION.test(text)) return undefined;
  const known = new Set(sets.map(({ name }) => numberOf(name)));
  const names = text.match(/[SL]\d{1,4}/giu) ?? [];
  if (names.length === 0 || names.some((name) => !known.has(numberOf(name)))) return undefined;
  const plain = text.replace(/异或|[与或非且]/gu, (word) => ` ${IN_ENGLISH[word] ?? word} `).toUpperCase();
  return parseCommand(plain).ast ?? undefined;
}

const childrenOf = (node: QueryNode): readonly QueryNode[] => {
  if ('clauses' in node) return node.clauses;
  return 'clause' in node ? [node.clause] : [];
};

/** The names of the sets a query stands on, as written. */
export function setsIn(node: QueryNode): string[] {
  return node.op === 'set' ? [node.name] : childrenOf(node).flatMap(setsIn);
}

const refusal = (sentence: string): QuanlianError => new QuanlianError('query.invalid', sentence, { path: 'q' });

interface Resolved {
  readonly ast: QueryNode;
  readonly size: number;
}

/**
 * Puts the queries of the history in the place of the sets that name them, those within them too. Throws
 * `query.invalid` for a set that is not there, that cannot be read or that stands on itself, and `query.too_costly`
 * when the whole becomes too large.
 */
export function resolveSets(ast: QueryNode, sets: readonly SearchSet[]): QueryNode {
  const texts = new Map(sets.map((set) => [numberOf(set.name), set]));
  const done = new Map<string, Resolved>();
  const open: string[] = [];

  function readSet(name: string): Resolved {
    const number = numberOf(name);
    const set = number === undefined ? undefined : texts.get(number);
    if (number === undefined || set === undefined) {
      throw refusal(`There is no set ${name} in the history; run its query first, or take one of those there.`);
    }
    const known = done.get(number);
    if (known) return known;
    if (open.includes(number)) {
      const round = [...open.slice(open.indexOf(number)), number].map((one) => `S${one}`).join(' → ');
      throw refusal(`The set ${name} stands on itself (${round}); write one of these queries anew.`);
    }
    open.push(number);
    const combined = readCombination(set.text, sets);
    const { ast: read, errors } = combined ? { ast: combined, errors: [] } : parseQuery(set.text, set.syntax);
    if (read === null) throw refusal(`The query of set ${name} cannot be read: ${errors[0]?.message ?? ''}`);
    const resolved = resolve(read);
    open.pop();
    done.set(number, resolved);
    return resolved;
  }

  function resolve(node: QueryNode): Resolved {
    if (node.op === 'set') return readSet(node.name);
    const children = childrenOf(node).map(resolve);
    const size = children.reduce((sum, child) => sum + child.size, 1);
    if (size > MOST_PARTS) {
      throw new QuanlianError('query.too_costly', `With its sets the query has more than ${MOST_PARTS} parts.`);
    }
    if ('clauses' in node) return { ast: { ...node, clauses: children.map((child) => child.ast) }, size };
    const [only] = children;
    return only && 'clause' in node ? { ast: { ...node, clause: only.ast }, size } : { ast: node, size };
  }

  return resolve(ast).ast;
}

/** Reads a query that may combine sets of a history; the same answer as `parseQuery`. */
export function parseWithSets(text: string, syntax: Syntax, sets: readonly SearchSet[]): ReturnType<typeof parseQuery> {
  const combined = readCombination(text, sets);
  if (combined === undefined) return parseQuery(text, syntax);
  return { input: text, syntax, valid: true, ast: combined, canonical: text.trim(), errors: [] };
}
