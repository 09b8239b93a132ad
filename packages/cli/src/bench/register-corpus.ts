import type { PatentDocument } from '@quanlian/contract';
import { itemAt, seededRandom } from './measure.js';

const OFFICES = ['CN', 'US', 'EP', 'JP', 'KR', 'DE'];
const FIRST_NUMBER = 20_000_000;
/** Applications of one invention at most, and how far back a document cites. */
const MOST_MEMBERS = 4;
const CITED_BACK = 200_000;
const MOST_CITATIONS = 8;
const CATEGORIES = ['X', 'Y', 'A', 'XY', 'D'];
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1995, 0, 1);
const DAYS = 11_000;

const dayAt = (offset: number): string => new Date(FIRST_DAY + offset * DAY_MS).toISOString().slice(0, 10);

/**
 * The bibliographic data of document `index` of a seed, without texts: inventions of one to four applications that
 * claim the first one's priority, a third of the applications published twice, a quarter with a family number of the
 * source, some divided from others, citing earlier documents. `crowd` draws everything from so few numbers that
 * small corpora tie their documents in many ways.
 */
export function registerDocument(index: number, seed: number, version = 0, crowd?: number): PatentDocument {
  const invention = Math.floor(index / MOST_MEMBERS);
  const shared = seededRandom(Math.imul(seed + 1, 2_654_435_761) ^ Math.imul(invention + 1, 40_503));
  const random = seededRandom(Math.imul(seed + 7, 97_531) ^ Math.imul(index + 1, 69_069) ^ version);
  const members = 1 + Math.floor(shared() * MOST_MEMBERS);
  const hasNumber = shared() < 0.25;
  const filed = Math.floor(shared() * DAYS);
  const member = index % MOST_MEMBERS;
  const inFamily = member < members;
  const any = (count: number): number => Math.floor(random() * count);
  const number = (n: number): string => String(FIRST_NUMBER + (crowd === undefined ? n : n % crowd));
  const office = itemAt(OFFICES, inFamily ? member : any(OFFICES.length));
  const own = { office, number: `2010${number(index - (index % 3 === 2 ? 1 : 0))}`, date: dayAt(filed + member * 30) };
  const priority = {
    office: itemAt(OFFICES, 0),
    number: `2010${number(invention * MOST_MEMBERS)}`,
    date: dayAt(filed),
  };
  const kind = index % 3 === 2 ? 'B2' : 'A1';
  const cited = Array.from({ length: any(MOST_CITATIONS) }, () => {
    const back = index - 1 - any(Math.min(index, crowd ?? CITED_BACK) || 1);
    const target = Math.max(0, back);
    return {
      id: `${itemAt(OFFICES, target % OFFICES.length)}${number(target)}A1`,
      phase: random() < 0.6 ? 'search' : 'applicant',
      category: itemAt(CATEGORIES, any(CATEGORIES.length)),
    };
  });
  const owner = Math.floor(50_000 * shared() ** 3);
  const divided =
    random() < 0.03 ? [{ relation: 'division', document: { office, number: `2010${number(any(index + 1))}` } }] : [];
  return {
    id: `${office}${number(index)}${kind}`,
    office,
    number: number(index),
    kind,
    date: dayAt(filed + member * 30 + 540),
    lang: 'en',
    titles: { en: `Arrangement ${invention}` },
    application: own,
    ...(inFamily && member > 0 ? { priorities: [priority] } : {}),
    ...(hasNumber && inFamily
      ? { familyId: String(1_000_000 + (crowd === undefined ? invention : invention % 5)) }
      : {}),
    ...(divided.length > 0 ? { related: divided } : {}),
    applicants: [{ name: `Owner ${owner} Ltd`, country: office, address: `${owner % 997} Long Street` }],
    inventors: [{ name: `Person ${owner * 5 + any(5)}` }, { name: `Person ${owner * 5 + any(5)}` }],
    ...(cited.length > 0 ? { citations: cited } : {}),
    events: [{ office, code: 'PB01', date: dayAt(filed + member * 30 + 540) }],
    sources: [
      {
        format: 'bench',
        file: 'bench',
        offset: index,
        sha256: `${seed}-${index}-${version}`,
        sourceDate: `20${20 + version}-01-01`,
      },
    ],
  };
}
