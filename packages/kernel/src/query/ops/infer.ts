import { isOffice } from '../../numbers/offices.js';
import { opsDate, opsRange } from './dates.js';

const CLASS = /^[a-hy](?:\d{2}(?:[a-z](?:\d{1,4}(?:\/[0-9a-f]{1,6})?)?)?)?$/i;
const NUMBER = /^(?:[a-z0-9]{2,4}\d+[a-z]?\d?|\d+)$/i;

/** The index that OPS takes for a term without one ("smart search"), by the term's shape alone. */
export function inferredIndex(term: string): 'num' | 'pd' | 'cl' | 'ia' | 'txt' {
  const bare = term.replace(/[*?#]+$/u, '');
  if (/^[A-Z]{2}$/.test(term) && isOffice(term)) return 'num';
  const dates = opsDate(term) ? [opsDate(term)] : opsRange(term) ? [opsRange(term)?.from, opsRange(term)?.to] : [];
  if (dates.length > 0 && dates.every((date) => date?.[0] !== undefined && date[0] >= 1800 && date[0] <= 2999)) {
    return 'pd';
  }
  if (CLASS.test(bare)) return 'cl';
  if (NUMBER.test(bare)) return 'num';
  return /^\p{Lu}[\p{L}\p{M}.'’&*?#\s-]*$/u.test(term) ? 'ia' : 'txt';
}
