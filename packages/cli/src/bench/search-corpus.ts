import type { PatentDocument } from '@quanlian/contract';
import { itemAt, seededRandom } from './measure.js';

/** Of the documents, those loaded in an older version first. */
const REPLACED_SHARE = 0.05;
const BATCHES = 50;
/** No batch has more documents, however many there are in all: it is held as objects. */
const MOST_IN_BATCH = 25_000;

const STATUSES = ['granted', 'pending', 'lapsed', 'expired', 'withdrawn'];

export interface DrawnDocument {
  readonly document: PatentDocument;
  /** Its legal status, which the engine holds as a derived column. */
  readonly status: string;
}

/** What engines that are given tokens must know of the texts to lay them out as the engine does. */
export interface TextShape {
  /** Words in the longest text that is searched as one, or a number above it. */
  readonly longest: number;
  /** Whether texts hold line breaks, which end paragraphs inside them. */
  readonly broken: boolean;
}

/** A corpus that is the same whenever it is opened; each document can be had alone. */
export interface BenchCorpus {
  readonly docs: number;
  readonly shape: TextShape;
  /** Document `index` in its older (0) or its final (1) version. */
  make(index: number, version: 0 | 1): DrawnDocument;
  /** What to load, batch by batch: every document in disorder, some in an older version before the final one. */
  batches(): Iterable<DrawnDocument[]>;
  /** The documents as they are in the end. */
  final(): Iterable<DrawnDocument>;
}

/** A whole number below `count`; the greater the power, the more often a small one. */
export const skewed = (random: () => number, count: number, power: number): number =>
  Math.floor(count * random() ** power);

/** A status; some are more frequent than others. */
export const drawStatus = (random: () => number): string => itemAt(STATUSES, skewed(random, STATUSES.length, 2));

const pad = (number: number): string => String(number).padStart(2, '0');

/** A day from 1985 to 2025, later ones more often. */
export function drawDate(random: () => number): string {
  const year = 1985 + Math.floor(41 * random() ** 0.55);
  return `${year}-${pad(1 + Math.floor(random() * 12))}-${pad(1 + Math.floor(random() * 28))}`;
}

/** Symbols in the writing of the IPC, of few subclasses more often than of others. */
export function drawClasses(random: () => number): string[] {
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

/** Numbers that are settled by a document and a seed. */
export const ownSeed = (seed: number, index: number): number =>
  Math.imul(seed, 2_654_435_761) ^ Math.imul(index + 1, 40_503);

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

/** A corpus of documents that can be made one by one, loaded in disorder, a twentieth of them twice. */
export function corpusOf({
  docs,
  seed,
  shape,
  make,
}: Pick<BenchCorpus, 'docs' | 'shape' | 'make'> & { readonly seed: number }): BenchCorpus {
  return {
    docs,
    shape,
    make,
    *batches() {
      const order = loadOrder(docs, seed);
      const left = new Uint8Array(docs);
      for (const index of order) left[index] = itemAt(left, index) + 1;
      const size = Math.min(Math.ceil(order.length / BATCHES), MOST_IN_BATCH);
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
