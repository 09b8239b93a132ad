import { normalizeQuery } from '../normal.js';
import { guarded, type ReadQuery } from '../shared/fault.js';
import { readCql } from './grammar.js';
import { lowerCql } from './lower.js';
import { cqlText } from './tree.js';

/** Reads standard CQL 1.2 into the neutral tree; `canonical` is the query as written, in one spacing and case of operators. */
export function parseCql12(input: string): ReadQuery & { readonly canonical: string | null } {
  const reading = readCql(input);
  if (reading.error) return { ast: null, canonical: null, errors: [reading.error] };
  const { query } = reading;
  const read = guarded([], { from: 0, to: input.length }, () => normalizeQuery(lowerCql(query)));
  return { ...read, canonical: read.ast === null ? null : cqlText(query) };
}
