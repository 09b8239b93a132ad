import { createHash } from 'node:crypto';
import { QuanlianError, type SearchRequest } from '@quanlian/contract';
import type { SortKey } from './order.js';

/** Where a page ended: the commit it was read from, the day whose derived values held, and the key of its last hit. */
export interface Cursor {
  readonly sequence: number;
  readonly day: number;
  readonly after: SortKey;
}

/** What settles the hits and their order; a cursor belongs to one such request. */
type Settling = Pick<SearchRequest, 'query' | 'sort' | 'asOf' | 'collapse' | 'weights' | 'synonyms'>;

const hashOf = ({ query, sort, asOf, collapse, weights, synonyms }: Settling): string =>
  createHash('sha256')
    .update(JSON.stringify([query, sort, asOf, collapse, weights, synonyms]))
    .digest('base64url')
    .slice(0, 16);

export function writeCursor({ sequence, day: asOf, after }: Cursor, request: Settling): string {
  const { score, day, id } = after;
  return Buffer.from(JSON.stringify([sequence, hashOf(request), score, day, id, asOf])).toString('base64url');
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
export function readCursor(text: string, request: Settling): Cursor {
  const [sequence, hash, score, day, id, asOf] = parse(text);
  if (
    typeof sequence !== 'number' ||
    typeof score !== 'number' ||
    typeof day !== 'number' ||
    typeof id !== 'string' ||
    typeof asOf !== 'number' ||
    hash !== hashOf(request)
  ) {
    throw new QuanlianError(
      'cursor.invalid',
      'The cursor was not given out for this query and sort; ask for the first page again.',
    );
  }
  return { sequence, day: asOf, after: { score, day, id } };
}
