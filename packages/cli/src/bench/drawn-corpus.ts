import type { PatentDocument } from '@quanlian/contract';
import { itemAt, seededRandom } from './measure.js';
import { createWordStock, type WordStock } from './wordstock.js';

/** Of the documents: those in Chinese, and those with a full description. */
const CHINESE_SHARE = 0.2;
const DESCRIBED_SHARE = 0.1;
/** Of the documents, those loaded in an older version first. */
const REPLACED_SHARE = 0.05;
const BATCHES = 50;

const OFFICES = ['US', 'CN', 'EP', 'JP', 'KR', 'WO', 'DE', 'TW', 'GB', 'FR'];
const STATUSES = ['granted', 'pending', 'lapsed', 'expired', 'withdrawn'];
const SUFFIXES = ['Corp', 'Ltd', 'GmbH', 'Inc', 'University', 'Institute', 'KK', 'Co'];

interface DrawnDocument {
  readonly document: PatentDocument;
  /** Its legal status, which the engine holds as a derived column. */
  readonly status: string;
}

/** A corpus that a seed settles; each document can be made alone. */
export interface BenchCorpus {
  readonly docs: number;
  /** Document `index` in its older (0) or its final (1) version. */
  make(index: number, version: 0 | 1): DrawnDocument;
  /** What to load, batch by batch: every document in disorder, some in an older version before the final one. */
  batches(): Iterable<DrawnDocument[]>;
  /** The documents as they are in the end. */
  final(): Iterable<DrawnDocument>;
}

const pad = (number: number): string => String(number).padStart(2, '0');

function dateOf(random: () => number): string {
  const year = 1985 + Math.floor(41 * random() ** 0.55);
  return `${year}-${pad(1 + Math.floor(random() * 12))}-${pad(1 + Math.floor(random() * 28))}`;
}

function skewed(random: () => number, count: number, power: number): number {
  return Math.floor(count * random() ** power);
}

function classesOf(random: () => number): string[] {
  const subclass = (): string => {
    const rank = skewed(random, 620, 2.2);
    return `${'ABCDEFGH'[rank % 8]}${pad(1 + (rank % 47))}${'BCDFGHKLMN'[rank % 10]}`;
  };
  const main = subclass();
  const count = 1 + skewed(random, 5, 2);
  const symbols = Array.from({ length: count }, () => {
    const own = random() < 0.65 ? main : subclass();
    return `${own}${1 + skewed(random, 90, 2)}/${pad(skewed(random, 60, 2))}`;
  });
  return [...new Set(symbols)];
}

/** Draws the texts of one document. */
function writer(stock: WordStock, random: () => number, chinese: boolean) {
  const [main, second] = [skewed(random, stock.topics, 1.5), skewed(random, stock.topics, 1.5)];
  const own = [stock.rareWord(random), stock.rareWord(random), stock.rareWord(random)];
  const sentence = (): string => {
    const draw = random();
    const topic = draw < 0.55 ? main : draw < 0.75 ? second : Math.floor(random() * stock.topics);
    const text = stock.sentence(random, topic, chinese);
    if (random() > 0.35) return text;
    const rare = random() < 0.6 ? itemAt(own, Math.floor(random() * own.length)) : stock.rareWord(random);
    return chinese ? text : `${text} ${rare}`;
  };
  const end = chinese ? '。' : '. ';
  return {
    line: sentence,
    text(length: number): string {
      let text = '';
      while (text.length < length) text += sentence() + end;
      return text.trimEnd();
    },
  };
}

function draw(stock: WordStock, seed: number, docs: number, index: number, version: 0 | 1): DrawnDocument {
  const own = Math.imul(seed, 2_654_435_761) ^ Math.imul(index + 1, 40_503);
  // What tells a document apart is the same in both versions.
  const identity = seededRandom(own);
  const random = seededRandom(own ^ (0x9e37 + version));
  const chinese = identity() < CHINESE_SHARE;
  const lang = chinese ? 'zh' : 'en';
  const scale = chinese ? 0.3 : 1;
  const { line, text } = writer(stock, random, chinese);
  const office = chinese ? 'CN' : itemAt(OFFICES, skewed(identity, OFFICES.length, 1.5));
  const number = String(10_000_000 + index);
  const owners = Math.max(2000, Math.floor(docs / 20));
  const applicants = Array.from({ length: random() < 0.75 ? 1 : 2 }, () => {
    const owner = skewed(random, owners, 3);
    return { name: `Owner${owner} ${SUFFIXES[owner % SUFFIXES.length]}` };
  });
  const claims = Array.from({ length: 2 + Math.floor(random() * 8) }, (_, i) => ({
    lang,
    number: i + 1,
    text: text((120 + random() * 260) * scale),
    dependsOn: [],
  }));
  const paragraphs = random() < DESCRIBED_SHARE ? 30 + Math.floor(random() * 60) : 0;
  const description = Array.from({ length: paragraphs }, () => ({ lang, text: text((250 + random() * 500) * scale) }));
  const document: PatentDocument = {
    id: `${office}${number}A1`,
    office,
    number,
    kind: 'A1',
    date: dateOf(random),
    lang,
    titles: { [lang]: line() },
    abstracts: { [lang]: text((500 + random() * 500) * scale) },
    claims,
    ...(paragraphs > 0 ? { description } : {}),
    applicants,
    inventors: [{ name: `Person ${Math.floor(random() * owners * 4)}` }],
    classifications: classesOf(random).map((symbol) => ({ scheme: 'IPC', symbol })),
    sources: [
      {
        format: 'bench',
        file: 'bench',
        offset: index,
        sha256: `${seed}-${index}-${version}`,
        sourceDate: version === 0 ? '2025-01-01' : '2026-01-01',
      },
    ],
  };
  return { document, status: itemAt(STATUSES, skewed(random, STATUSES.length, 2)) };
}

/** Every document once and the replaced ones twice, in disorder. */
function loadOrder(docs: number, seed: number): Uint32Array {
  const random = seededRandom(seed ^ 0x0bad);
  const twice = Math.floor(docs * REPLACED_SHARE);
  const order = Uint32Array.from({ length: docs + twice }, (_, i) => (i < docs ? i : Math.floor(random() * docs)));
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [order[i], order[other]] = [itemAt(order, other), itemAt(order, i)];
  }
  return order;
}

/** The corpus of a number of documents and a seed: abstracts and claims, a tenth with full descriptions, a fifth Chinese. */
export function benchCorpus({ docs, seed }: { docs: number; seed: number }): BenchCorpus {
  const stock = createWordStock(seed);
  const make = (index: number, version: 0 | 1): DrawnDocument => draw(stock, seed, docs, index, version);
  return {
    docs,
    make,
    *batches() {
      const order = loadOrder(docs, seed);
      const left = new Uint8Array(docs);
      for (const index of order) left[index] = itemAt(left, index) + 1;
      const size = Math.ceil(order.length / BATCHES);
      for (let at = 0; at < order.length; at += size) {
        const batch: DrawnDocument[] = [];
        for (const index of order.subarray(at, at + size)) {
          const rest = itemAt(left, index) - 1;
          left[index] = rest;
          batch.push(make(index, rest > 0 ? 0 : 1));
        }
        yield batch;
      }
    },
    *final() {
      for (let index = 0; index < docs; index++) yield make(index, 1);
    },
  };
}
