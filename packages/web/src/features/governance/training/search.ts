import type { TrainingTier } from '@quanlian/contract';
import { TIERS } from './names.js';

/** Which people of the coverage an address means. */
export interface PeopleSearch {
  on?: string;
  organization?: string;
  tier?: TrainingTier;
  certified?: 'true' | 'false';
  /** Days within which a certificate ends. */
  endsWithin?: number;
  offset?: number;
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** Keeps what an address says about people of the coverage; what it cannot mean is left out. */
export function tidyPeople(raw: Record<string, unknown>): PeopleSearch {
  const search: PeopleSearch = {};
  if (isDay(raw['on'])) search.on = raw['on'];
  if (typeof raw['organization'] === 'string') search.organization = raw['organization'];
  const tier = TIERS.find((one) => one === raw['tier']);
  if (tier !== undefined) search.tier = tier;
  if (raw['certified'] === 'true' || raw['certified'] === 'false') search.certified = raw['certified'];
  const days = Number(raw['endsWithin']);
  if (raw['endsWithin'] !== undefined && Number.isInteger(days) && days >= 0) search.endsWithin = days;
  const offset = Number(raw['offset']);
  if (Number.isInteger(offset) && offset > 0) search.offset = offset;
  return search;
}
