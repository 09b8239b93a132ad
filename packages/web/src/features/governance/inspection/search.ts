import type { AgeBand, FindingStanding, FindingState, Severity } from '@quanlian/contract';
import { AGE_BANDS, FINDING_STANDINGS, FINDING_STATES, SEVERITIES } from './lists.js';

/** Which findings an address means. */
export interface FindingSearch {
  organization?: string;
  state?: FindingState;
  severity?: Severity;
  item?: string;
  /** As a figure of the overview counts them on the day `on`. */
  standing?: FindingStanding;
  age?: AgeBand;
  on?: string;
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
  const standing = FINDING_STANDINGS.find((one) => one === raw['standing']);
  if (standing !== undefined) search.standing = standing;
  const age = AGE_BANDS.find((one) => one === raw['age']);
  if (age !== undefined) search.age = age;
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(raw['on']))) search.on = String(raw['on']);
  const offset = Number(raw['offset']);
  if (Number.isInteger(offset) && offset > 0) search.offset = offset;
  return search;
}
