import type { Party, PatentDocument } from '@quanlian/contract';
import { POSTCODES } from './china.js';
import { PLACES, type Place, type RegionLevel } from './places.js';

/** Where an owner is, as far as the address says: the values of columns and facets. */
export type Region = Readonly<Partial<Record<RegionLevel, string>>>;

/** Reads addresses with the places it was made with. */
export interface RegionReader {
  /** Where a party is; empty when its address does not say. */
  ofParty(party: Party): Region;
  /** Where the owners of a publication are, each place once; see `ownersOf`. */
  ofDocument(document: PatentDocument): Region[];
}

/** The owners a publication names: proprietors of a grant, else assignees, else applicants. */
function ownersOf({ proprietors, assignees, applicants }: PatentDocument): readonly Party[] {
  return [proprietors, assignees, applicants].find((list) => list !== undefined && list.length > 0) ?? [];
}

const HAN = /\p{Script=Han}/u;
/** What may stand before the province: the postcode, the country. */
const BEFORE = /^(?:\d{6}|中国|中华人民共和国|[\s,，、:：;；()（）-])+/u;
/** A name of a district or county as written behind a city or province. */
const WRITTEN = /^(\p{Script=Han}{1,7}?(?:自治县|新区|区|县|市|旗))(?!\p{Script=Han}?[园发])/u;
/** Zones for firms, which are no districts. */
const ZONE = /(?:开发区|高新区|园区|保税区|示范区|试验区|社区|小区|厂区|院区|校区|工业区|科技区)$/u;
const LONGEST = 12;
/** Addresses that are remembered. */
const MOST_READ = 20_000;

type Names = ReadonlyMap<string, readonly Place[]>;

function namesOf(places: readonly Place[], pick: (one: Place) => readonly string[]): Names {
  const names = new Map<string, Place[]>();
  for (const one of places)
    for (const name of new Set(pick(one))) if (name !== '') names.set(name, [...(names.get(name) ?? []), one]);
  return names;
}

/** The place with the longest name that a text begins with, of those that `fits`. */
function startOf(names: Names, text: string, fits: (one: Place) => boolean = () => true): [Place, string] | undefined {
  for (let length = Math.min(LONGEST, text.length); length >= 2; length--) {
    const found = (names.get(text.slice(0, length)) ?? []).filter(fits);
    const [first] = found;
    if (first !== undefined && found.length === 1) return [first, text.slice(length)];
  }
  return undefined;
}

const regionOf = (place: Place | undefined): Region =>
  place === undefined ? {} : { ...regionOf(place.within), [place.level]: place.value };

/** A reader of addresses. `districts` are places beside those the program knows by itself. */
export function createRegionReader(districts: readonly Place[] = []): RegionReader {
  const places = [...PLACES.filter(({ code }) => !code.startsWith('US-')), ...districts];
  const level = (wanted: RegionLevel): Place[] => places.filter((one) => one.level === wanted);
  const provinces = namesOf(level('province'), ({ zh, short }) => [zh, short]);
  const cities = namesOf(level('city'), ({ zh }) => [zh]);
  const citiesShort = namesOf(level('city'), ({ zh, short }) => [zh, short]);
  const inside = namesOf(level('district'), ({ zh }) => [zh]);
  const english = namesOf([...level('province'), ...level('city')], ({ en }) => [en.toLowerCase()]);
  const states = new Map(
    PLACES.filter(({ code }) => code.startsWith('US-')).flatMap((one) => [
      [one.code.slice(3).toLowerCase(), one] as const,
      [one.en.toLowerCase(), one] as const,
    ]),
  );

  function districtOf(city: Place | undefined, province: Place | undefined, rest: string): Region {
    const around = city ?? province;
    if (around === undefined) return {};
    const known = startOf(inside, rest, ({ within }) => within === around);
    if (known !== undefined) return regionOf(known[0]);
    const written = WRITTEN.exec(rest)?.[1];
    if (written === undefined || ZONE.test(written)) return regionOf(around);
    return { ...regionOf(around), district: around.value + written };
  }

  function ofChinese(text: string): Region {
    const postcode = /(?:^|\D)(\d{6})(?:\D|$)/.exec(text)?.[1];
    let rest = text.replace(BEFORE, '').replaceAll(/[\s,，]/gu, '');
    const province = startOf(provinces, rest);
    if (province !== undefined) rest = province[1].replace(/^[省市]/u, '');
    const own = province?.[0];
    const city = own === undefined ? startOf(cities, rest) : startOf(citiesShort, rest, ({ within }) => within === own);
    if (city !== undefined) return districtOf(city[0], own, city[1]);
    // The four cities that are provinces need not be named twice.
    const single = own && startOf(citiesShort, own.zh, ({ within }) => within === own)?.[0];
    if (own !== undefined) return districtOf(single, own, rest);
    return regionOf(postcode === undefined ? undefined : provinceOfPostcode(postcode));
  }

  function provinceOfPostcode(postcode: string): Place | undefined {
    const [code] = Object.entries(POSTCODES).find(([, starts]) => starts.includes(postcode.slice(0, 2))) ?? [];
    return places.find((one) => one.code === `${code}0000`);
  }

  /** Names in Latin letters: a city alone counts only when no other has its name, or its province is named too. */
  function ofLatin(text: string): Region {
    const words = text
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .split(/[^a-z]+/)
      .filter(Boolean);
    const found = words.flatMap((word, i) => [
      ...(english.get(word) ?? []),
      ...(english.get(`${word} ${words[i + 1] ?? ''}`) ?? []),
    ]);
    const named = new Set(found.filter((one) => one.level === 'province'));
    const fitting = new Set(
      found.filter((one) => one.level === 'city' && (named.size === 0 || (one.within && named.has(one.within)))),
    );
    const [city] = fitting;
    if (city !== undefined && fitting.size === 1) return regionOf(city);
    const [province] = named;
    return regionOf(named.size === 1 ? province : undefined);
  }

  const read = new Map<string, Region>();

  /** One owner stands on many publications, always with the same words. */
  function ofParty(party: Party): Region {
    const key = [party.country, party.region, party.city, party.address].join('\t');
    const known = read.get(key);
    if (known !== undefined) return known;
    if (read.size >= MOST_READ) read.clear();
    const found = readParty(party);
    read.set(key, found);
    return found;
  }

  function readParty({ country, region, city, address }: Party): Region {
    if (country === 'US') return regionOf(states.get((region ?? '').trim().toLowerCase()));
    if (country !== undefined && country !== '' && !['CN', 'HK', 'MO', 'TW'].includes(country)) return {};
    const whole = [region, city, address].filter(Boolean).join(' ');
    const texts = [address, whole].filter((text): text is string => Boolean(text));
    const all = texts.map((text) => (HAN.test(text) ? ofChinese(text) : country === 'CN' ? ofLatin(text) : {}));
    return all.reduce((best, one) => (Object.keys(one).length > Object.keys(best).length ? one : best), {});
  }

  return {
    ofParty,
    ofDocument(document) {
      const found = new Map<string, Region>();
      for (const party of ownersOf(document)) {
        const region = ofParty(party);
        if (Object.keys(region).length > 0) found.set(JSON.stringify(region), region);
      }
      return [...found.values()];
    },
  };
}

/** The different places of a level. */
export const valuesOfLevel = (regions: readonly Region[], level: RegionLevel): string[] => [
  ...new Set(regions.flatMap((region) => region[level] ?? [])),
];
