import { describe, expect, it } from 'vitest';
import { benchCorpus } from './drawn-corpus.js';
import { peerQuery, tokensOf } from './peers.js';
import { drawQueries } from './strategies.js';

describe('what the peers are given', () => {
  it('are the tokens of the index: words, pairs of characters, parts in the same place, gaps between values', () => {
    expect(tokensOf(['The H₂O', '电池 x'])).toBe('the h2o \u0003h \u00032 \u0003o \u00021024 电池 池 x');
  });

  it('are queries of the same words', () => {
    expect(peerQuery({ op: 'term', field: 'text', text: 'Lens' })).toEqual({ t: 'term', f: 'tx', v: 'lens' });
    expect(peerQuery({ op: 'term', field: 'text', text: '锂电池' })).toMatchObject({
      t: 'phrase',
      v: ['锂电', '电池'],
      o: [0, 1],
    });
  });
});

describe('a drawn corpus', () => {
  const corpus = benchCorpus({ docs: 400, seed: 9 });
  const batches = [...corpus.batches()];
  const loaded = batches.flat().map(({ document }) => document);

  it('comes in batches, every document in its final version last, some in an older one before', () => {
    const last = new Map(loaded.map((document) => [document.id, document]));
    expect(last.size).toBe(400);
    expect(loaded.length).toBe(420);
    for (const { document } of corpus.final()) expect(last.get(document.id)).toEqual(document);
  });

  it('is a fifth Chinese, a tenth with full descriptions', () => {
    const share = (test: (document: (typeof loaded)[number]) => boolean): number =>
      loaded.filter(test).length / loaded.length;
    expect(share(({ lang }) => lang === 'zh')).toBeCloseTo(0.2, 1);
    expect(share(({ description }) => description !== undefined)).toBeCloseTo(0.1, 1);
  });

  it('and its queries are settled by the seed', () => {
    const again = benchCorpus({ docs: 400, seed: 9 });
    expect(drawQueries(again, 9)).toEqual(drawQueries(corpus, 9));
    expect(drawQueries(again, 10)).not.toEqual(drawQueries(corpus, 9));
  });
});
