import type { PatentDocument } from '@quanlian/contract';
import { itemAt, seededRandom } from './measure.js';
import {
  type BenchCorpus,
  corpusOf,
  type DrawnDocument,
  drawClasses,
  drawDate,
  drawStatus,
  ownSeed,
  skewed,
} from './search-corpus.js';
import { createWordStock, type WordStock } from './wordstock.js';

/** Of the documents: those in Chinese, and those with a full description. */
const CHINESE_SHARE = 0.2;
const DESCRIBED_SHARE = 0.1;
const OFFICES = ['US', 'CN', 'EP', 'JP', 'KR', 'WO', 'DE', 'TW', 'GB', 'FR'];
const SUFFIXES = ['Corp', 'Ltd', 'GmbH', 'Inc', 'University', 'Institute', 'KK', 'Co'];

/** Texts are a few sentences, without line breaks. */
const SHAPE = { longest: 1000, broken: false };

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

function draw(
  stock: WordStock,
  { docs, seed, described }: Required<DrawnChoice>,
  index: number,
  version: 0 | 1,
): DrawnDocument {
  const own = ownSeed(seed, index);
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
  const paragraphs = random() < described ? 30 + Math.floor(random() * 60) : 0;
  const description = Array.from({ length: paragraphs }, () => ({ lang, text: text((250 + random() * 500) * scale) }));
  const document: PatentDocument = {
    id: `${office}${number}A1`,
    office,
    number,
    kind: 'A1',
    date: drawDate(random),
    lang,
    titles: { [lang]: line() },
    abstracts: { [lang]: text((500 + random() * 500) * scale) },
    claims,
    ...(paragraphs > 0 ? { description } : {}),
    applicants,
    inventors: [{ name: `Person ${Math.floor(random() * owners * 4)}` }],
    classifications: drawClasses(random).map((symbol) => ({ scheme: 'IPC', symbol })),
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
  return { document, status: drawStatus(random) };
}

/** Made-up documents: how many, the seed, and the share of them that have a full description (a tenth). */
export interface DrawnChoice {
  readonly docs: number;
  readonly seed: number;
  readonly described?: number | undefined;
}

/** The corpus of a number of documents and a seed: abstracts and claims, some with full descriptions, a fifth Chinese. */
export function benchCorpus({ docs, seed, described = DESCRIBED_SHARE }: DrawnChoice): BenchCorpus {
  const stock = createWordStock(seed);
  const choice = { docs, seed, described };
  return corpusOf({ docs, seed, shape: SHAPE, make: (index, version) => draw(stock, choice, index, version) });
}
