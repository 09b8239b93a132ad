import { CITY_NAME } from '../city/city.js';
import { chinesePerson, coinedName, foreignPerson } from '../city/names.js';
import type { City, Pair } from '../city/types.js';
import { type Random, randomFor, weighted } from '../random.js';
import { FIELDS_OF_TECHNOLOGY } from '../vocabulary/parse.js';

/** Who applies for patents: a company, a university or a person of the city, or a company abroad. */
export interface Owner {
  readonly key: string;
  readonly kind: 'company' | 'university' | 'person' | 'abroad';
  readonly name: Pair;
  readonly country: string;
  readonly city: Pair;
  readonly address: Pair | undefined;
  /** Keys of the fields it works in, most usual first. */
  readonly fields: readonly string[];
  readonly founded: number;
  readonly inventors: readonly Pair[];
  /** How often it files abroad, 0 to 1. */
  readonly reach: number;
}

/** Draws owners for a year: only those that exist by then. */
export interface Owners {
  readonly all: readonly Owner[];
  draw(random: Random, year: number): Owner;
}

const ABROAD: readonly (readonly [string, Pair, Pair, number])[] = [
  ['US', { zh: '公司', en: 'Inc.' }, { zh: '波特兰', en: 'Portland' }, 14],
  ['DE', { zh: '有限责任公司', en: 'GmbH' }, { zh: '斯图加特', en: 'Stuttgart' }, 12],
  ['JP', { zh: '株式会社', en: 'Corporation' }, { zh: '名古屋', en: 'Nagoya' }, 14],
  ['KR', { zh: '株式会社', en: 'Co., Ltd.' }, { zh: '大田', en: 'Daejeon' }, 10],
  ['FR', { zh: '股份公司', en: 'S.A.' }, { zh: '里昂', en: 'Lyon' }, 6],
];

function people(random: Random, count: number, country: string): Pair[] {
  return Array.from({ length: count }, () =>
    country === 'CN' ? chinesePerson(random) : foreignPerson(random, country),
  );
}

function localCompanies(city: City, seed: number): Owner[] {
  return city.companies.map((company, rank) => {
    const random = randomFor(seed, 'owner', company.id);
    const pool = { large: 60, medium: 24, small: 9, micro: 3 }[company.size];
    return {
      key: company.id,
      kind: 'company',
      name: company.name,
      country: 'CN',
      city: CITY_NAME,
      address: company.address,
      fields: [company.field],
      founded: company.founded,
      inventors: people(random, pool, 'CN'),
      reach: rank < 24 ? 0.22 : rank < 100 ? 0.07 : 0.02,
    };
  });
}

function universities(city: City, seed: number): Owner[] {
  return city.universities.map((university) => ({
    key: university.id,
    kind: 'university',
    name: university.name,
    country: 'CN',
    city: CITY_NAME,
    address: university.address,
    fields: university.fields,
    founded: university.founded,
    inventors: people(randomFor(seed, 'owner', university.id), 160, 'CN'),
    reach: 0.04,
  }));
}

function persons(city: City, seed: number): Owner[] {
  const random = randomFor(seed, 'persons');
  return Array.from({ length: 900 }, (_, index) => {
    const name = chinesePerson(random);
    const district = random.pick(city.districts).name;
    return {
      key: `person-${index + 1}`,
      kind: 'person',
      name,
      country: 'CN',
      city: CITY_NAME,
      address: { zh: `${CITY_NAME.zh}${district.zh}`, en: `${district.en}, ${CITY_NAME.en}` },
      fields: [random.pick(FIELDS_OF_TECHNOLOGY).key],
      founded: 0,
      inventors: [name],
      reach: 0,
    };
  });
}

function abroad(seed: number): Owner[] {
  const field = weighted(FIELDS_OF_TECHNOLOGY, (f) => f.weight);
  return ABROAD.flatMap(([country, form, city, count]) =>
    Array.from({ length: count }, (_, index) => {
      const random = randomFor(seed, 'abroad', country, index);
      const name = coinedName(random);
      return {
        key: `abroad-${country}-${index + 1}`,
        kind: 'abroad' as const,
        name: { zh: name.zh + form.zh, en: `${name.en} ${form.en}` },
        country,
        city,
        address: undefined,
        fields: [field(random).key],
        founded: 0,
        inventors: people(random, 18, country),
        reach: 1,
      };
    }),
  );
}

/** Shares of the families by kind of owner; within companies and those abroad a few file most (Zipf). */
const SHARES: readonly (readonly [Owner['kind'], number])[] = [
  ['company', 0.68],
  ['university', 0.14],
  ['person', 0.07],
  ['abroad', 0.11],
];

const TRIES = 40;

export function makeOwners(city: City, seed: number): Owners {
  const groups = {
    company: localCompanies(city, seed),
    university: universities(city, seed),
    person: persons(city, seed),
    abroad: abroad(seed),
  };
  const drawKind = weighted(SHARES, ([, share]) => share);
  const zipf = (exponent: number) => (_: Owner, rank: number) => 1 / (rank + 2) ** exponent;
  const draws = {
    company: weighted(groups.company, zipf(0.92)),
    university: weighted(groups.university, zipf(0.8)),
    person: weighted(groups.person, () => 1),
    abroad: weighted(groups.abroad, zipf(0.5)),
  };
  const draw = (random: Random, year: number): Owner => {
    const [kind] = drawKind(random);
    for (let i = 0; i < TRIES; i++) {
      const owner = draws[kind](random);
      if (owner.founded <= year) return owner;
    }
    return draws.university(random);
  };
  return { all: Object.values(groups).flat(), draw };
}
