import type { Language } from '../../../i18n/languages.js';

/** A text in both languages of the pages. */
export type Pair = Record<Language, string>;

interface Named {
  id: string;
  name: Pair;
}

/** What the page reads of the generated city; the server passes the city on as the generator wrote it. */
export interface City {
  name: Pair;
  districts: (Named & { population: number; area: number })[];
  parks: (Named & { district: string; founded: number })[];
  carriers: (Named & { park: string })[];
  companies: (Named & { district: string; park?: string; size: CompanySize; employees: number; founded: number })[];
  universities: (Named & { address: Pair; district: string; founded: number })[];
  banks: (Named & { district: string })[];
  agencies: (Named & { district: string; agents: Pair[] })[];
  servicePoints: (Named & { address: Pair; level: ServiceLevel; district: string })[];
}

export const COMPANY_SIZES = ['large', 'medium', 'small', 'micro'] as const;
type CompanySize = (typeof COMPANY_SIZES)[number];

export const SERVICE_LEVELS = ['city', 'district', 'carrier'] as const;
type ServiceLevel = (typeof SERVICE_LEVELS)[number];

/** How often each value occurs among the items. */
export function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const value = keyOf(item);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
