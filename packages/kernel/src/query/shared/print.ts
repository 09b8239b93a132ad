import type { QueryNode } from '@quanlian/contract';
import { isBareWord } from '../normal.js';

type NodeOf<Op extends QueryNode['op']> = Extract<QueryNode, { op: Op }>;

/** Text of a node and whether it can stand beside an operator without brackets. */
interface Printed {
  readonly text: string;
  readonly whole: boolean;
}

/** The nodes that are no combination of others. `near` is printed as the proximity it is. */
export type LeafNode = Exclude<
  QueryNode,
  NodeOf<'and' | 'or' | 'not' | 'xor' | 'proximity' | 'near' | 'modified' | 'sorted' | 'filter'>
>;

/** How a language writes trees. Whatever gives undefined has no meaning in it and is named in the problems. */
export interface Dialect {
  readonly and: string;
  readonly or: string;
  /** Between what is wanted and what is not. */
  readonly not: string;
  readonly xor?: string;
  /** What finds every document, for a clause that only excludes. */
  readonly everything?: string;
  /** The sign before a clause that only excludes, where the language has one. */
  readonly negation?: string;
  /** The operator between two sides. */
  readonly nearness: (node: NodeOf<'proximity'>) => string | undefined;
  readonly leaf: (node: LeafNode) => string | undefined;
  /** Writes some alternatives in one piece (`ta=x` for title and abstract); gives how many it took. */
  readonly list?: (clauses: readonly QueryNode[], at: number) => { text: string; taken: number } | undefined;
  readonly boost?: (inner: string, factor: number) => string | undefined;
}

/** The name a problem gives a node. */
function nodeName(node: QueryNode): string {
  switch (node.op) {
    case 'index':
      return `the index “${node.index}” with “${node.relation}”`;
    case 'set':
      return `the set ${node.name}`;
    case 'near':
    case 'proximity':
      return 'this nearness';
    case 'sorted':
      return 'a sort order';
    case 'modified':
      return `the modifiers ${node.modifiers.map(({ name }) => `/${name}`).join('')}`;
    case 'term':
    case 'phrase':
      return `${node.exact ? 'exact characters' : 'the text'} “${node.text}” in field ${node.field}`;
    default:
      return 'field' in node ? `“${node.op}” in field ${node.field}` : `“${node.op}”`;
  }
}

/** The clauses of a `near` as nodes of their own. */
function nearAsProximity({ field, texts, distance, ordered }: NodeOf<'near'>): NodeOf<'proximity'> {
  return {
    op: 'proximity',
    unit: 'word',
    most: distance,
    ...(ordered ? { ordered } : {}),
    clauses: texts.map((text) => ({ op: isBareWord(text) ? 'term' : 'phrase', field, text })),
  };
}

export interface PrintedQuery {
  readonly text: string;
  /** What of the query has no meaning in the language, each named once. */
  readonly problems: readonly string[];
}

/** Writes a normal tree in a language. The text is of use only without problems. */
export function printIn(dialect: Dialect, root: QueryNode): PrintedQuery {
  const problems = new Set<string>();
  const missing = (node: QueryNode): Printed => {
    problems.add(nodeName(node));
    return { text: '', whole: true };
  };
  const bracketed = ({ text, whole }: Printed): string => (whole ? text : `(${text})`);

  /** Sides joined by one sign. */
  function chain(parts: readonly Printed[], sign: string): string {
    return parts.map(bracketed).join(` ${sign} `);
  }

  function both(node: NodeOf<'and'>): Printed {
    const wanted = node.clauses.filter((clause) => clause.op !== 'not').map(print);
    const excluded = node.clauses.flatMap((clause) => (clause.op === 'not' ? [print(clause.clause)] : []));
    if (wanted.length === 0) {
      if (dialect.everything === undefined && dialect.negation === undefined) return missing(node);
      const [first, ...others] = excluded;
      if (dialect.everything === undefined && first) {
        const head = `${dialect.negation} ${bracketed(first)}`;
        return { text: [head, ...others.map(bracketed)].join(` ${dialect.not} `), whole: false };
      }
      wanted.push({ text: dialect.everything ?? '', whole: true });
    }
    const text = [chain(wanted, dialect.and), ...excluded.map(bracketed)].join(` ${dialect.not} `);
    return { text, whole: excluded.length === 0 && wanted.length < 2 };
  }

  function either(node: NodeOf<'or'>): Printed {
    const parts: Printed[] = [];
    for (let at = 0; at < node.clauses.length; ) {
      const list = dialect.list?.(node.clauses, at);
      const clause = node.clauses[at];
      if (list) parts.push({ text: list.text, whole: true });
      else if (clause) parts.push(print(clause));
      at += list?.taken ?? 1;
    }
    const [first] = parts;
    return first && parts.length === 1 ? first : { text: chain(parts, dialect.or), whole: false };
  }

  function near(node: NodeOf<'proximity'>): Printed {
    const isChain = node.ordered || (node.unit !== 'word' && node.most === 0 && node.least === undefined);
    const sign = node.clauses.length > 2 && !isChain ? undefined : dialect.nearness(node);
    if (sign === undefined) return missing(node);
    return { text: node.clauses.map(print).map(bracketed).join(` ${sign} `), whole: false };
  }

  function print(node: QueryNode): Printed {
    switch (node.op) {
      case 'and':
        return both(node);
      case 'or':
        return either(node);
      case 'not':
        return both({ op: 'and', clauses: [node] });
      case 'xor':
        return dialect.xor ? { text: chain(node.clauses.map(print), dialect.xor), whole: false } : missing(node);
      case 'near':
        return near(nearAsProximity(node));
      case 'proximity':
        return near(node);
      case 'boost': {
        const text = dialect.boost?.(bracketed(print(node.clause)), node.factor);
        return text === undefined ? missing(node) : { text, whole: true };
      }
      case 'filter':
      case 'modified':
      case 'sorted':
        return missing(node);
      default: {
        const text = dialect.leaf(node);
        return text === undefined ? missing(node) : { text, whole: true };
      }
    }
  }

  return { text: print(root).text, problems: [...problems] };
}

/** A date of the corpus (ISO, maybe partial) without its dashes. */
export const compactDate = (date: string): string => date.replaceAll('-', '');
