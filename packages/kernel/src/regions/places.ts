import { CHINA, DEMO_CITY } from './china.js';
import { STATES } from './united-states.js';

export const REGION_LEVELS = ['province', 'city', 'district'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

/** A province, state, city or district. */
export interface Place {
  readonly level: RegionLevel;
  /** GB/T 2260 in China, `US-` and the postal code for a state; of the demo's places, which have none, empty. */
  readonly code: string;
  /** What columns, facets and queries have for it: in China the Chinese name, of a district behind its city's. */
  readonly value: string;
  readonly zh: string;
  readonly en: string;
  /** The name without its ending, where addresses write it so; may be the name itself. */
  readonly short: string;
  /** What it lies in. */
  readonly within: Place | undefined;
}

/** A line of a table of further districts: code of six digits after GB/T 2260, Chinese name, English name or none. */
export interface DistrictRow {
  readonly code: string;
  readonly zh: string;
  readonly en?: string | undefined;
}

const spaced = (text: string): string => text.replaceAll('_', ' ');
const lines = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' | '));

function place(
  level: RegionLevel,
  code: string,
  names: { zh: string; en: string; short?: string },
  within?: Place,
): Place {
  const { zh, en, short = zh } = names;
  const value = level === 'district' && within !== undefined ? within.value + zh : zh;
  return { level, code, value, zh, en, short, within };
}

/** A stem of two or more signs and its ending, where it is written with one. */
const ENDING = /(?:市|盟|地区|自治州)$/u;

function chinesePlaces(): Place[] {
  return lines(CHINA).flatMap(([head = '', list = '']) => {
    const [code = '', zh = '', short = '', en = ''] = head.replace(/ \|$/, '').split(' ');
    const province = place('province', `${code}0000`, { zh, short, en: spaced(en) });
    const cities = [...list.matchAll(/(\d\d)([^=\s]+)=(\S+)/gu)].map(([, own = '', stem = '', name = '']) => {
      const whole = ENDING.test(stem) ? stem : `${stem}市`;
      return place('city', `${code}${own}00`, { zh: whole, short: stem, en: spaced(name) }, province);
    });
    return [province, ...cities];
  });
}

function demoPlaces(): Place[] {
  return lines(DEMO_CITY).flatMap(([head = '', list = '']) => {
    const [, zh = '', short = '', en = ''] = head.split(' ');
    const city = place('city', '', { zh, short, en });
    const districts = list.split(' ').map((one) => {
      const [name = '', english = ''] = one.split('=');
      return place('district', '', { zh: name, en: `${spaced(english)}, ${en}` }, city);
    });
    return [city, ...districts];
  });
}

function states(): Place[] {
  return STATES.trim()
    .split(/[|\n]/)
    .map((one) => {
      const [code = '', en = '', zh = ''] = one.split(' ');
      return { ...place('province', `US-${code}`, { zh, en: spaced(en) }), value: spaced(en) };
    });
}

/** Every place that the program knows by itself. */
export const PLACES: readonly Place[] = [...chinesePlaces(), ...demoPlaces(), ...states()];

/** Cities that are provinces, by the first digits of their codes. */
const MUNICIPALITIES: ReadonlySet<string> = new Set(['11', '12', '31', '50']);

/**
 * Districts of a table under the cities they lie in by their codes, those that a province governs itself (90 in the
 * place of a city) under the province; rows of no known place are left out.
 */
export function districtPlaces(rows: readonly DistrictRow[]): Place[] {
  const byCode = new Map(PLACES.map((one) => [one.code, one]));
  const withinOf = (code: string): Place | undefined => {
    const province = code.slice(0, 2);
    // Districts of the four cities that are provinces have codes under 01 and 02, the others under their city's.
    if (MUNICIPALITIES.has(province)) return byCode.get(`${province}0100`);
    return byCode.get(code.slice(2, 4) === '90' ? `${province}0000` : `${code.slice(0, 4)}00`);
  };
  return rows.flatMap(({ code, zh, en }) => {
    const within = withinOf(code);
    return within === undefined ? [] : [place('district', code, { zh, en: en ?? zh }, within)];
  });
}

const byValue = new Map(PLACES.map((one) => [`${one.level} ${one.value}`, one]));

/** What a place of a column is called in a language; the value itself when the program knows no other name. */
export function placeName(level: RegionLevel, value: string, language: 'zh' | 'en'): string {
  return byValue.get(`${level} ${value}`)?.[language] ?? value;
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const byName = new Map<string, Place[]>();
for (const one of PLACES) {
  for (const name of new Set(
    [one.value, one.zh, one.short, one.en, one.code, one.code.replace(/^US-/, '')].map(folded),
  )) {
    const key = `${one.level} ${name}`;
    if (name !== '') byName.set(key, [...(byName.get(key) ?? []), one]);
  }
}

/** The value that somebody means by a name, short name, English name or code; the text itself when it is none or several. */
export function regionValue(level: RegionLevel, text: string): string {
  const found = byName.get(`${level} ${folded(text)}`) ?? [];
  const [first] = found;
  return first !== undefined && found.length === 1 ? first.value : text.normalize('NFKC').trim();
}
