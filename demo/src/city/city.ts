import { type Random, randomFor, weighted } from '../random.js';
import { FIELDS_OF_TECHNOLOGY } from '../vocabulary/parse.js';
import { TRADES } from './industries.js';
import { address, brand, chinesePerson } from './names.js';
import type {
  Agency,
  Bank,
  Carrier,
  City,
  Company,
  CompanySize,
  District,
  Pair,
  Park,
  ServicePoint,
  University,
} from './types.js';

/** No place in China bears this name; the demo city must not be taken for a real one. */
export const CITY_NAME: Pair = { zh: '澜江市', en: 'Lanjiang' };
const SHORT_NAME = '澜江';

const DISTRICTS: readonly (readonly [string, string, number, number])[] = [
  ['望澜区', 'Wanglan District', 912_000, 68],
  ['砚湖区', 'Yanhu District', 846_000, 214],
  ['青埠区', 'Qingbu District', 633_000, 305],
  ['岚桥区', 'Lanqiao District', 578_000, 176],
  ['汀南区', 'Tingnan District', 702_000, 129],
  ['鹤汀区', 'Heting District', 421_000, 390],
  ['澜北新区', 'Lanbei New Area', 367_000, 512],
  ['石澜县', 'Shilan County', 489_000, 1_460],
];

const PARKS: readonly (readonly [string, string, number, readonly string[], number])[] = [
  ['砚湖新能源产业园', 'Yanhu New Energy Park', 1, ['battery', 'power'], 2009],
  ['澜北集成电路产业园', 'Lanbei Integrated Circuit Park', 6, ['semiconductor', 'optics'], 2014],
  ['望澜软件园', 'Wanglan Software Park', 0, ['computing', 'telecom'], 2003],
  ['青埠智能制造产业园', 'Qingbu Smart Manufacturing Park', 2, ['handling', 'metalworking', 'plastics'], 2007],
  ['汀南生命健康园', 'Tingnan Life and Health Park', 4, ['medical-device', 'medicine'], 2010],
  ['岚桥新材料产业园', 'Lanqiao New Materials Park', 3, ['polymer', 'mineral', 'alloy', 'chemicals'], 2005],
  ['鹤汀汽车城', 'Heting Motor Park', 5, ['vehicle', 'engine'], 2006],
  ['石澜农产品加工园', 'Shilan Farm Produce Park', 7, ['agriculture', 'food'], 2012],
  ['澜北低空经济产业园', 'Lanbei Low-Altitude Park', 6, ['craft', 'measurement'], 2019],
  ['青埠家电产业园', 'Qingbu Household Appliance Park', 2, ['home', 'heat', 'lighting'], 2001],
  ['汀南绿色建筑产业园', 'Tingnan Green Building Park', 4, ['building', 'doors', 'separation'], 2011],
  ['石澜纺织产业园', 'Shilan Textile Park', 7, ['textile'], 2002],
];

const UNIVERSITIES: readonly (readonly [string, string, number, number, readonly string[]])[] = [
  [
    '澜江大学',
    'Lanjiang University',
    0,
    1952,
    ['computing', 'polymer', 'measurement', 'battery', 'semiconductor', 'chemicals'],
  ],
  [
    '澜江理工大学',
    'Lanjiang University of Technology',
    1,
    1958,
    ['power', 'handling', 'metalworking', 'engine', 'computing', 'mineral'],
  ],
  ['澜江医科大学', 'Lanjiang Medical University', 4, 1956, ['medicine', 'medical-device']],
  ['澜江农业大学', 'Lanjiang Agricultural University', 5, 1954, ['agriculture', 'food', 'separation']],
  ['澜江建筑科技大学', 'Lanjiang University of Building Science', 3, 1960, ['building', 'heat', 'separation']],
  ['澜江职业技术学院', 'Lanjiang Polytechnic', 2, 1998, ['home', 'plastics', 'vehicle', 'textile']],
];

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no entry ${index} in this list.`);
  return found;
};

const idOf = (kind: string, index: number): string => `${kind}-${String(index + 1).padStart(3, '0')}`;

function makeDistricts(): District[] {
  return DISTRICTS.map(([zh, en, population, area], index) => ({
    id: idOf('district', index),
    name: { zh, en },
    population,
    area,
  }));
}

function makeParks(districts: readonly District[]): Park[] {
  return PARKS.map(([zh, en, district, fields, founded], index) => ({
    id: idOf('park', index),
    name: { zh, en },
    district: at(districts, district).id,
    fields,
    founded,
  }));
}

const CARRIERS = [
  { kind: 'incubator', zh: '孵化器', en: 'Incubator' },
  { kind: 'accelerator', zh: '加速器', en: 'Accelerator' },
  { kind: 'workspace', zh: '众创空间', en: 'Makerspace' },
] as const;

function makeCarriers(random: Random, parks: readonly Park[]): Carrier[] {
  return parks.flatMap((park, parkIndex) =>
    [0, 1, 2].map((n) => {
      const type = at(CARRIERS, n);
      const name = brand(random);
      return {
        id: idOf('carrier', parkIndex * 3 + n),
        name: { zh: `${SHORT_NAME}${name.zh}${type.zh}`, en: `Lanjiang ${name.en} ${type.en}` },
        park: park.id,
        kind: type.kind,
      };
    }),
  );
}

const SIZES: readonly (readonly [CompanySize, number, number, number])[] = [
  ['large', 0.04, 1_000, 24_000],
  ['medium', 0.16, 300, 999],
  ['small', 0.55, 20, 299],
  ['micro', 1, 3, 19],
];

function sizeAt(rank: number, count: number): readonly [CompanySize, number, number, number] {
  return SIZES.find(([, upTo]) => rank < upTo * count) ?? at(SIZES, 3);
}

function companyName(random: Random, field: string, size: CompanySize, taken: Set<string>): Pair {
  const [tradeZh = '', tradeEn = ''] = random.pick(TRADES[field] ?? ['科技=Technology']).split('=');
  const joint = size === 'large' && random.chance(0.7);
  for (;;) {
    const { zh, en } = brand(random);
    const name = {
      zh: `${SHORT_NAME}${zh}${tradeZh}${joint ? '股份有限公司' : '有限公司'}`,
      en: `Lanjiang ${en} ${tradeEn} Co., Ltd.`,
    };
    if (taken.has(name.zh) || taken.has(name.en)) continue;
    taken.add(name.zh).add(name.en);
    return name;
  }
}

interface Places {
  readonly districts: readonly District[];
  readonly parks: readonly Park[];
  readonly carriers: readonly Carrier[];
}

/** Companies in order of size, largest first; that order is also their rank as owners. */
function makeCompanies(random: Random, places: Places, count: number): Company[] {
  const field = weighted(FIELDS_OF_TECHNOLOGY, (f) => f.weight);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, rank) => {
    const [size, , low, high] = sizeAt(rank, count);
    const { key } = field(random);
    const homes = places.parks.filter((park) => park.fields.includes(key));
    const park = homes.length > 0 && random.chance(0.6) ? random.pick(homes) : undefined;
    const district = places.districts.find((d) => d.id === park?.district) ?? random.pick(places.districts);
    const employees = Math.round(low * (high / low) ** random.next());
    const carriers = places.carriers.filter((carrier) => carrier.park === park?.id);
    const hosted = (size === 'micro' || size === 'small') && carriers.length > 0 && random.chance(0.4);
    return {
      id: idOf('company', rank),
      name: companyName(random, key, size, taken),
      address: address(random, CITY_NAME, district.name),
      district: district.id,
      ...(park ? { park: park.id } : {}),
      ...(hosted ? { carrier: random.pick(carriers).id } : {}),
      field: key,
      size,
      employees,
      revenue: Math.round(employees * random.int(280_000, 1_600_000)),
      founded: size === 'large' ? random.int(1985, 2008) : random.int(1996, 2023),
    };
  });
}

function makeUniversities(random: Random, districts: readonly District[]): University[] {
  return UNIVERSITIES.map(([zh, en, district, founded, fields], index) => ({
    id: idOf('university', index),
    name: { zh, en },
    address: address(random, CITY_NAME, at(districts, district).name),
    district: at(districts, district).id,
    fields,
    founded,
  }));
}

const BANKS: readonly (readonly [string, string])[] = [
  ['澜江银行', 'Bank of Lanjiang'],
  ['澜江农村商业银行', 'Lanjiang Rural Commercial Bank'],
  ['望澜科技银行', 'Wanglan Technology Bank'],
  ['澜江普惠银行', 'Lanjiang Inclusive Bank'],
  ['砚湖商业银行', 'Yanhu Commercial Bank'],
  ['澜北产业银行', 'Lanbei Industry Bank'],
  ['澜江中小企业银行', 'Lanjiang Small Business Bank'],
  ['青埠村镇银行', 'Qingbu Village Bank'],
];

function makeBanks(random: Random, districts: readonly District[]): Bank[] {
  return BANKS.map(([zh, en], index) => {
    const district = random.pick(districts);
    return {
      id: idOf('bank', index),
      name: { zh, en },
      address: address(random, CITY_NAME, district.name),
      district: district.id,
    };
  });
}

function makeAgencies(random: Random, districts: readonly District[]): Agency[] {
  const taken = new Set<string>();
  return Array.from({ length: 30 }, (_, index) => {
    let name = brand(random);
    while (taken.has(name.zh)) name = brand(random);
    taken.add(name.zh);
    const district = random.pick(districts);
    const form = index % 3 === 0 ? '（普通合伙）' : '有限公司';
    return {
      id: idOf('agency', index),
      name: {
        zh: `${SHORT_NAME}${name.zh}专利代理${form === '有限公司' ? '有限公司' : `事务所${form}`}`,
        en: `Lanjiang ${name.en} Patent Agency${form === '有限公司' ? ' Co., Ltd.' : ''}`,
      },
      address: address(random, CITY_NAME, district.name),
      district: district.id,
      agents: Array.from({ length: random.int(3, 14) }, () => chinesePerson(random)),
    };
  });
}

function makeServicePoints(random: Random, { districts, parks, carriers }: Places): ServicePoint[] {
  const districtOf = (id: string): District => districts.find((d) => d.id === id) ?? at(districts, 0);
  const points: Omit<ServicePoint, 'id' | 'address'>[] = [
    {
      name: { zh: '澜江市知识产权公共服务中心', en: 'Lanjiang Intellectual Property Service Centre' },
      level: 'city',
      district: at(districts, 0).id,
    },
    {
      name: { zh: '澜江市知识产权保护中心', en: 'Lanjiang Intellectual Property Protection Centre' },
      level: 'city',
      district: at(districts, 6).id,
    },
    ...districts.map((d) => ({
      name: { zh: `${d.name.zh}知识产权服务站`, en: `${d.name.en} Intellectual Property Service Station` },
      level: 'district' as const,
      district: d.id,
    })),
    ...parks.map((p) => ({
      name: { zh: `${p.name.zh}知识产权工作站`, en: `${p.name.en} Intellectual Property Workstation` },
      level: 'carrier' as const,
      district: p.district,
      place: p.id,
    })),
    ...carriers.map((c) => ({
      name: { zh: `${c.name.zh}知识产权服务点`, en: `${c.name.en} Intellectual Property Service Point` },
      level: 'carrier' as const,
      district: parks.find((p) => p.id === c.park)?.district ?? at(districts, 0).id,
      place: c.id,
    })),
  ];
  return points.map((point, index) => ({
    id: idOf('service-point', index),
    ...point,
    address: address(random, CITY_NAME, districtOf(point.district).name),
  }));
}

/** The demo city of a seed: the same seed gives the same city. Nothing and nobody in it exists. */
export function generateCity(seed: number): City {
  const random = randomFor(seed, 'city');
  const districts = makeDistricts();
  const parks = makeParks(districts);
  const places: Places = { districts, parks, carriers: makeCarriers(random, parks) };
  return {
    seed,
    name: CITY_NAME,
    ...places,
    companies: makeCompanies(randomFor(seed, 'companies'), places, 600),
    universities: makeUniversities(randomFor(seed, 'universities'), districts),
    banks: makeBanks(randomFor(seed, 'banks'), districts),
    agencies: makeAgencies(randomFor(seed, 'agencies'), districts),
    servicePoints: makeServicePoints(randomFor(seed, 'service-points'), places),
  };
}
