import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation, SearchSet, Syntax } from '@quanlian/contract';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDocument } from '../../../app.fixture.js';
import { readQuestion } from '../search.service.js';
import { explainQuestion } from './explain.service.js';
import { distanceOf, nearestWords } from './spelling.js';

const claim = (text: string) => [{ number: 1, text, lang: 'en' }] as never;
const DOCUMENTS = [
  testDocument('EP1000000A1', {
    titles: { en: 'Battery with electrolyte' },
    abstracts: { en: 'A lithium battery.' },
    classifications: [{ scheme: 'IPC', symbol: 'H01M 10/0525' }],
    claims: claim('A battery.'),
  }),
  testDocument('EP1000001A1', {
    titles: { en: 'Electrolyte of a cell' },
    classifications: [{ scheme: 'IPC', symbol: 'H01M 10/0562' }],
  }),
  testDocument('CN101234567A', { titles: { zh: '固态电解质' }, lang: 'zh' }),
  testDocument('CN101234568A', { titles: { zh: '电解质隔膜' }, lang: 'zh', applicants: [{ name: 'Brightwater Ltd' }] }),
];

let dir: string;
let backend: SearchBackend;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-explain-'));
  backend = await openCorpusInline({ dir, write: true });
  await backend.apply(DOCUMENTS);
});
afterAll(async () => {
  await backend.close();
  await rm(dir, { recursive: true, force: true });
});

const explain = (q: string, syntax: Syntax = 'simple', sets: SearchSet[] = []): Promise<Explanation> =>
  explainQuestion(backend, readQuestion({ q, syntax, filter: [], sets }));
const hitsOf = ({ clauses }: Explanation): Record<string, number> =>
  Object.fromEntries(clauses.map(({ text, hits }) => [text, hits]));

describe('an explanation', () => {
  it('counts every clause, in the language of the query, and each field of a text in any', async () => {
    const answer = await explain('TI/battery AND electrolyte', 'command');
    expect(answer.total).toBe(1);
    expect(hitsOf(answer)).toMatchObject({ 'battery.TI.': 1, electrolyte: 2 });
    const word = answer.clauses.find(({ text }) => text === 'electrolyte');
    expect(word?.fields.find(({ field }) => field === 'title')).toEqual({ field: 'title', hits: 2 });
    expect(word?.fields.find(({ field }) => field === 'abstract')).toEqual({ field: 'abstract', hits: 0 });
  });

  it('tells alternatives and what is shut out from what must hold', async () => {
    const { clauses } = await explain('(battery OR cell) -lithium');
    expect(clauses.map(({ text, role }) => [text, role])).toEqual([
      ['(battery OR cell) -lithium', 'required'],
      ['battery OR cell', 'required'],
      ['battery', 'alternative'],
      ['cell', 'alternative'],
      ['-lithium', 'required'],
      ['lithium', 'excluded'],
    ]);
  });

  it('names the clause that emptied the result, alone or together', async () => {
    const alone = await explain('electrolyte zeppelin');
    expect(alone.emptied).toEqual([{ clause: 2, reason: 'alone', without: 2 }]);
    const together = await explain('lithium title:cell');
    expect(together.total).toBe(0);
    expect(together.emptied.map(({ reason, without }) => [reason, without])).toEqual([
      ['together', 1],
      ['together', 1],
    ]);
  });

  it('knows near spellings of words and names, and pieces of Chinese texts', async () => {
    expect((await explain('electrolite')).spellings).toEqual([
      { clause: 0, text: 'electrolite', instead: 'electrolyte', count: 2 },
    ]);
    expect((await explain('applicant:brightwatr')).spellings[0]?.instead).toMatch(/Brightwater/);
    const chinese = await explain('液态电解质');
    expect(chinese.spellings.map(({ instead }) => instead)).toContain('电解质');
  });

  it('offers the next wider class that finds more', async () => {
    expect((await explain('class:H01M10/0525')).wider).toEqual([
      { clause: 0, symbol: 'H01M 10/0525', instead: 'H01M 10/00', hits: 2 },
    ]);
  });

  it('says where the corpus has no text in a field that is asked', async () => {
    const { coverage } = await explain('claims:电解质');
    expect(coverage).toEqual([
      { field: 'claims', office: 'CN', documents: 2, without: 2 },
      { field: 'claims', office: 'EP', documents: 2, without: 1 },
    ]);
  });

  it('follows sets of a history', async () => {
    const sets: SearchSet[] = [
      { name: 'S1', text: 'electrolyte', syntax: 'simple' },
      { name: 'S2', text: 'TI/battery', syntax: 'command' },
    ];
    const answer = await explain('S1 AND L2', 'simple', sets);
    expect(answer.total).toBe(1);
    expect(answer.clauses.map(({ hits }) => hits)).toEqual([1, 2, 1]);
  });
});

describe('near words', () => {
  it('counts swaps of neighbours as one change', () => {
    expect(distanceOf('lihtium', 'lithium', 2)).toBe(1);
    expect(distanceOf('battery', 'batteries', 2)).toBe(3);
    expect(distanceOf('a', 'abcdef', 2)).toBe(3);
  });

  it('puts the nearest first, then the most frequent', async () => {
    const words = [
      { text: 'battery', kind: 'term' as const, count: 5 },
      { text: 'batter', kind: 'term' as const, count: 50 },
    ];
    const found = await nearestWords('batterry', async (start) => words.filter(({ text }) => text.startsWith(start)));
    expect(found.map(({ text }) => text)).toEqual(['battery', 'batter']);
  });
});
