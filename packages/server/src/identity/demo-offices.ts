import type { DemoOrganization } from './demo.js';

interface Named {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
}

/** What of a generated city has offices, parks and universities. */
export interface DemoOffices {
  readonly name: { readonly zh: string; readonly en: string };
  readonly districts: readonly Named[];
  readonly parks: readonly (Named & { readonly district: string })[];
  readonly universities: readonly Named[];
}

/** The key of the city's own office, which all others are under. */
export const CITY = 'city';

/** The city's office, those of its districts, its parks and its universities; parents first. */
export function demoOffices({ name, districts, parks, universities }: DemoOffices): DemoOrganization[] {
  const office = { zh: `${name.zh}知识产权局`, en: `${name.en} Intellectual Property Office` };
  return [
    { key: CITY, parent: null, kind: 'city-office', serviceLevel: 'city', name: office },
    ...districts.map(
      ({ id, name: { zh, en } }): DemoOrganization => ({
        key: id,
        parent: CITY,
        kind: 'district-office',
        serviceLevel: 'district',
        name: { zh: `${zh}知识产权局`, en: `${en} IP Office` },
      }),
    ),
    ...parks.map(
      ({ id, district, name: own }): DemoOrganization => ({
        key: id,
        parent: district,
        kind: 'carrier',
        serviceLevel: 'carrier',
        name: own,
      }),
    ),
    ...universities.map(
      ({ id, name: own }): DemoOrganization => ({ key: id, parent: CITY, kind: 'university', name: own }),
    ),
  ];
}

/** The address of somebody made up. No mail ever arrives there (RFC 2606). */
export const demoMail = (name: string): string => `${name}@demo.invalid`;
