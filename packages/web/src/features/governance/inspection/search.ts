import type { FindingState, Severity } from '@quanlian/contract';
import { FINDING_STATES, SEVERITIES } from './lists.js';

/** Which findings an address means. */
export interface FindingSearch {
  organization?: string;
  state?: FindingState;
  severity?: Severity;
  item?: string;
  offset?: number;
}

/** Keeps what an address says about findings; what it cannot mean is left out. */
export function tidyFindings(raw: Record<string, unknown>): FindingSearch {
  const search: FindingSearch = {};
  for (const name of ['organization', 'item'] as const) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') search[name] = value;
  }
  const state = FINDING_STATES.find((one) => one === raw['state']);
  if (state !== undefined) search.state = state;
  const severity = SEVERITIES.find((one) => one === raw['severity']);
  if (severity !== undefined) search.severity = severity;
  const offset = Number(raw['offset']);
  if (Number.isInteger(offset) && offset > 0) search.offset = offset;
  return search;
}
