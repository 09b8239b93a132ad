import type { QueryNode } from '@quanlian/contract';
import { expect, it } from 'vitest';
import { openCorpusInline } from '../inline.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord } from '../testing/records.js';

const WORDS = ['anode', 'membrane', 'seal', 'valve'];
const term = (text: string): QueryNode => ({ op: 'term', field: 'text', text });
const phrase = (text: string): QueryNode => ({ op: 'phrase', field: 'text', text });

/** Words that are beside each other in some documents and apart in others. */
const textOf = (number: number): string =>
  WORDS.filter((_, i) => number % (i + 2) !== 0)
    .concat(number % 3 === 0 ? ['and', 'valve', 'anode'] : [])
    .join(' ');

const QUERIES: readonly QueryNode[] = ['anode membrane', 'membrane seal', 'valve anode', 'seal valve'].flatMap((text) =>
  WORDS.flatMap((first): QueryNode[] => {
    const or: QueryNode = { op: 'or', clauses: [term('and'), phrase(text), phrase('anode seal')] };
    const not: QueryNode = { op: 'not', clause: term(first) };
    return [
      { op: 'and', clauses: [term(first), or] },
      { op: 'and', clauses: [not, or] },
      { op: 'or', clauses: [{ op: 'and', clauses: [term(first), or] }, phrase(text)] },
      {
        op: 'and',
        clauses: [
          { op: 'or', clauses: [term(first), phrase('seal valve')] },
          { op: 'and', clauses: [or, phrase(text)] },
        ],
      },
    ];
  }),
);

it('what a query before left in the room is never seen', async () => {
  const disk = new MemoryDisk();
  const ask = async (corpus: Awaited<ReturnType<typeof openCorpusInline>>, query: QueryNode): Promise<number> =>
    (await corpus.search({ query, sort: 'newest', limit: 0 })).total;
  const corpus = await openCorpusInline({ dir: '/corpus', fs: disk, write: true });
  for (const first of [0, 300])
    await corpus.apply(
      Array.from({ length: 300 }, (_, i) => makeRecord(first + i, 0, { abstracts: { en: textOf(first + i) } })),
    );
  // With the hits of every clause no sets are handed on.
  const expected: number[] = [];
  for (const query of QUERIES)
    expected.push((await corpus.search({ query, sort: 'newest', limit: 0, explain: true })).total);
  for (const order of [QUERIES, QUERIES.toReversed(), QUERIES])
    for (const query of order) expect(await ask(corpus, query)).toBe(expected[QUERIES.indexOf(query)]);
  expect(new Set(expected).size).toBeGreaterThan(5);
  await corpus.close();
});
