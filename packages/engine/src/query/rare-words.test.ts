import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchBackend } from '../backend.js';
import { openCorpusInline } from '../inline.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { NaiveCorpus, SAME_SCORE, searchNaively } from '../testing/oracle.js';
import { makeRecord, seededChance } from '../testing/records.js';

const DOCUMENTS = 200;
/** Words of all shares: the first is in nearly every document, the last in a few. */
const STOCK = 90;
const HAN = [...'的一种电池電隔膜层後后人百节面有而经反眼些什可'];

const chance = seededChance(73);
const skewed = (count: number): number => Math.floor(count * chance() ** 3);
const word = (): string => `${['meta', 'tuge', 'ko'][skewed(3)]}${skewed(STOCK)}`;
const han = (): string => Array.from({ length: 3 + skewed(4) }, () => HAN[skewed(HAN.length)]).join('');
const textOf = (length: number): string =>
  Array.from({ length }, () => (chance() < 0.8 ? word() : han())).join(chance() < 0.5 ? ' ' : ', ');

function makeBatches(): PatentDocument[][] {
  const version = (number: number, age: number): PatentDocument =>
    makeRecord(number, age, {
      titles: { en: textOf(3) },
      abstracts: { en: textOf(8 + skewed(30)) },
      claims: [{ lang: 'en', number: 1, text: textOf(6), dependsOn: [] }],
    });
  const first = Array.from({ length: DOCUMENTS }, (_, number) => version(number, 0));
  const again = Array.from({ length: DOCUMENTS / 10 }, (_, i) => version(i * 7, 1));
  return [first.slice(0, 170), first.slice(170), again];
}

const phrase = (text: string, field = 'text'): QueryNode => ({ op: 'phrase', field, text });
const term = (text: string, field = 'text'): QueryNode => ({ op: 'term', field, text });
const prefix = (text: string): QueryNode => ({ op: 'prefix', field: 'text', text });
const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)];
const field = (): string => pick(['text', 'text', 'title', 'abstract']);

/** Queries whose parts are rare, common or both, alone and with others that score or do not. */
function drawQuery(documents: readonly PatentDocument[]): QueryNode {
  const words = (pick(documents).abstracts?.['en'] ?? '').split(/[ ,]+/u);
  const at = Math.floor(chance() * (words.length - 2));
  const run = words.find((one) => /\p{Script=Han}{4}/u.test(one))?.slice(0, 4) ?? '的一种';
  const alone = pick<() => QueryNode>([
    () => phrase(words.slice(at, at + 2 + skewed(2)).join(' '), field()),
    () => phrase(`${word()} ${word()}`, field()),
    () => phrase('meta0 meta0'),
    () => term(run, field()),
    () => term(word(), field()),
    () => prefix(pick(['meta', 'meta1', 'tuge', 'tuge8', 'ko7', 'ko'])),
    () => ({ op: 'pattern', field: 'text', parts: [{ min: 1 }, '7'] }),
  ]);
  const other = pick<() => QueryNode>([
    () => ({ op: 'range', field: 'date', from: '2003', to: '2007-06' }),
    () => term(word()),
    () => phrase(words.slice(at, at + 2).join(' ')),
    () => ({ op: 'not', clause: term(word()) }),
  ]);
  return pick<() => QueryNode>([
    alone,
    alone,
    () => ({ op: 'and', clauses: [alone(), other()] }),
    () => ({ op: 'or', clauses: [alone(), other()] }),
    () => ({
      op: 'or',
      clauses: [{ op: 'and', clauses: [other(), alone()] }, other(), phrase(words.slice(0, 2).join(' '))],
    }),
    () => ({ op: 'and', clauses: [term(word()), { op: 'or', clauses: [alone(), other()] }] }),
  ])();
}

describe('rare and common words, phrases and prefixes', () => {
  const naive = new NaiveCorpus();
  const batches = makeBatches();
  let corpus: SearchBackend;

  beforeAll(async () => {
    corpus = await openCorpusInline({ dir: '/rare', write: true, fs: new MemoryDisk() });
    for (const documents of batches) {
      await corpus.apply(documents);
      naive.apply(documents);
    }
  });

  it('have as many hits, and the same best ones, as a scan of all documents finds', async () => {
    const documents = batches.flat();
    const world = naive.world('2020-12-31');
    let nonEmpty = 0;
    for (let n = 0; n < 25; n++) {
      const query = drawQuery(documents);
      const hits = searchNaively(world, query, 'relevance');
      const best = await corpus.search({ query, sort: 'relevance', limit: 10 });
      const counted = await corpus.search({ query, sort: 'newest', limit: 0 });
      expect([best.total, counted.total], JSON.stringify(query)).toEqual([hits.length, hits.length]);
      expect(
        best.hits.map(({ id }) => id),
        JSON.stringify(query),
      ).toEqual(hits.slice(0, 10).map(({ doc }) => doc.id));
      best.hits.forEach(({ score }, i) => {
        expect(Math.abs((score ?? Number.NaN) - hits[i].score)).toBeLessThan(SAME_SCORE);
      });
      if (hits.length > 0) nonEmpty++;
    }
    expect(nonEmpty).toBeGreaterThan(12);
  });
});
