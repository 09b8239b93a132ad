import { createHash } from 'node:crypto';
import { QuanlianError, type QueryNode, type Sort } from '@quanlian/contract';
import type { SortKey } from './order.js';

/** Where a page ended: the commit it was read from and the key of its last hit. */
export interface Cursor {
  readonly sequence: number;
  readonly after: SortKey;
}

const hashOf = (query: QueryNode, sort: Sort): string =>
  createHash('sha256')
    .update(JSON.stringify([query, sort]))
    .digest('base64url')
    .slice(0, 16);

export function writeCursor({ sequence, after }: Cursor, query: QueryNode, sort: Sort): string {
  const { score, day, id } = after;
  return Buffer.from(JSON.stringify([sequence, hashOf(query, sort), score, day, id])).toString('base64url');
}

function parse(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** Reads a cursor back. Refuses `cursor.invalid` when it is damaged or belongs to another query or sort. */
export function readCursor(text: string, query: QueryNode, sort: Sort): Cursor {
  const [sequence, hash, score, day, id] = parse(text);
  if (
    typeof sequence !== 'number' ||
    typeof score !== 'number' ||
    typeof day !== 'number' ||
    typeof id !== 'string' ||
    hash !== hashOf(query, sort)
  ) {
    throw new QuanlianError(
      'cursor.invalid',
      'The cursor was not given out for this query and sort; ask for the first page again.',
    );
  }
  return { sequence, after: { score, day, id } };
}
