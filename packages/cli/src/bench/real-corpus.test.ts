import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { openCorpus, openRanking } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseCorpus } from './choose-corpus.js';
import { loadOwn } from './own.js';
import { layoutOf, peerQuery, tokensOf } from './peers.js';
import { prepareRealTexts, type RealReport } from './real-corpus.js';

const source = { format: 'bench', file: 'made', offset: 0, sha256: 'x' };
const claim = (text: string) => ({ lang: 'en', number: 1, text, dependsOn: [] });

const DOCUMENTS: PatentDocument[] = [
  {
    id: 'EP0000001A1',
    office: 'EP',
    number: '0000001',
    kind: 'A1',
    date: '2003-05',
    lang: 'en',
    titles: { en: 'Lens' },
    claims: [claim('A lens\nwith a holder')],
    classifications: [{ scheme: 'IPC', symbol: 'G02B 1/00' }],
    citations: [{ id: 'US1A' }],
    sources: [source],
  },
  { id: 'EP0000001A1', office: 'EP', number: '0000001', kind: 'A1', claims: [claim('Short')], sources: [source] },
  { id: 'EP0000002A1', office: 'EP', number: '0000002', kind: 'A1', titles: { en: 'Untold' }, sources: [source] },
  {
    id: 'US7000003B2',
    office: 'US',
    number: '7000003',
    kind: 'B2',
    titles: { en: 'Battery' },
    description: [{ lang: 'en', heading: 'Field', text: `battery ${'cell '.repeat(1500)}end` }],
    extra: { descriptionTruncated: true },
    sources: [source],
  },
];

describe('real texts', () => {
  let dir = '';
  let file = '';
  let report: RealReport;
  const corpus = (seed: number, copies = 1) => chooseCorpus({ docs: 0, seed, real: { file, copies } });

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quanlian-real-texts-'));
    const folder = join(dir, 'files');
    await mkdir(folder);
    await writeFile(join(folder, 'all.jsonl'), DOCUMENTS.map((one) => `${JSON.stringify(one)}\n`).join(''));
    file = join(dir, 'texts.jsonl');
    report = await prepareRealTexts({ paths: [folder], file });
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('are the documents with claims or a description, each once, by its longest record', () => {
    expect(report).toMatchObject({ documents: 2, withClaims: 1, beginnings: 1, undated: 1, unclassed: 1, left: 2 });
    const [lens, battery] = [...corpus(4).final()].map(({ document }) => document);
    expect(lens).toMatchObject({ id: 'EP0000001A1', date: '2003-05', claims: DOCUMENTS[0]?.claims });
    expect(lens).not.toHaveProperty('citations');
    expect(battery).toMatchObject({ id: 'US7000003B2', description: DOCUMENTS[3]?.description });
  });

  it('with statuses and what they do not say drawn by the seed', () => {
    const battery = (seed: number) => corpus(seed).make(1, 1);
    expect(battery(4)).toEqual(battery(4));
    expect(battery(4)).not.toEqual(battery(5));
    expect(battery(4).document.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(battery(4).document.classifications?.length).toBeGreaterThan(0);
  });

  it('as often as is wanted, under other numbers', () => {
    const copies = corpus(4, 3);
    const ids = [...copies.final()].map(({ document }) => document.id);
    expect(ids).toEqual([
      'EP0000001A1',
      'US7000003B2',
      'EP0000001C1A1',
      'US7000003C1B2',
      'EP0000001C2A1',
      'US7000003C2B2',
    ]);
    expect(copies.make(2, 1).document.claims).toEqual(copies.make(0, 1).document.claims);
  });

  it('have a layout for the peers in which no paragraph is longer than a gap and line breaks end one', () => {
    const layout = layoutOf(corpus(4).shape);
    expect(layout).toEqual({ gap: 2048, broken: true });
    expect(tokensOf(['A lens\nwith 电池'], layout)).toBe('a lens with \u0003\u0004 电池 池');
    expect(tokensOf(['镜\n电池', '\nx'], layout)).toBe('镜 电池 \u0003\u0004 池 \u00022048 x');
    const clauses = ['lens', 'holder'].map((text) => ({ op: 'term' as const, field: 'text', text }));
    expect(peerQuery({ op: 'proximity', unit: 'paragraph', most: 0, clauses }, layout)).toEqual({
      t: 'near',
      f: 'tx',
      v: ['lens', 'holder'],
      n: 2047,
      within: '\u0004',
    });
  });

  it('are loaded as the engine loads any', async () => {
    const at = join(dir, 'own');
    const load = await loadOwn({ docs: 40, seed: 4, real: { file, copies: 20 }, dir: at });
    expect(load.docs).toBe(42);
    const ranking = openRanking({ dir: at });
    const count = (text: string) =>
      ranking.rank({ query: { op: 'term', field: 'text', text }, sort: 'newest', limit: 0 }).total;
    expect([count('holder'), count('battery'), count('short'), count('untold')]).toEqual([20, 20, 0, 0]);
    ranking.close();
    const backend = await openCorpus({ dir: at });
    expect((await backend.stats()).documents).toBe(40);
    await backend.close();
  });
});
