import type { QueryNode } from '@quanlian/contract';
import type { Span } from './fault.js';

/** An operator between two operands; the higher the rank, the tighter it binds. Equal ranks join from the left. */
export interface Infix extends Span {
  /** Tokens it is written in; none for one that two operands side by side imply. */
  readonly words: number;
  readonly rank: number;
  readonly join: (left: QueryNode, right: QueryNode) => QueryNode;
}

export interface InfixReader {
  /** Reads the operand that must stand here; fails when there is none. */
  readonly operand: () => QueryNode;
  /** The operator that stands here, not yet taken; undefined at the end of the expression. */
  readonly peek: () => Infix | undefined;
  readonly skip: (tokens: number) => void;
}

/** Reads operands and operators by rank. The depth of the recursion is the number of ranks. */
export function readInfix(reader: InfixReader, least = 0): QueryNode {
  let left = reader.operand();
  for (let operator = reader.peek(); operator && operator.rank >= least; operator = reader.peek()) {
    reader.skip(operator.words);
    left = operator.join(left, readInfix(reader, operator.rank + 1));
  }
  return left;
}
