import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { makeRecord } from './testing/records.js';

const source = (sha256: string): PatentDocument['sources'] => [{ format: 'made', file: 'made', offset: 0, sha256 }];

const DOCUMENTS: PatentDocument[] = [
  {
    id: 'US2005000001A1',
    office: 'US',
    number: '2005000001',
    kind: 'A1',
    date: '2005-01-06',
    titles: { en: 'Battery' },
    application: { office: 'US', number: '10123456', kind: 'A', date: '2004-02', original: '10/123,456' },
    priorities: [
      { office: 'JP', number: '2003123456', date: '2003-05-01' },
      { office: 'CN', number: '03112345', date: '2002-12' },
    ],
    familyId: '19768124',
    citations: [{ id: 'US4123456A' }, { npl: 'A book' }],
    classifications: [
      { scheme: 'IPCR', symbol: 'H01M 10/0525' },
      { scheme: 'USPC', symbol: '429/231.1' },
    ],
    inventors: [{ name: 'Wang Wei' }, { name: 'Li Na' }],
    sources: source('1'),
  },
  {
    id: 'US9123456B2',
    office: 'US',
    number: '9123456',
    kind: 'B2',
    date: '2015-09',
    titles: { en: 'Cathode', zh: '正极' },
    abstracts: { en: 'First line', de: 'Zweite Zeile' },
    claims: [
      { lang: 'en', number: 1, text: 'A cathode.', dependsOn: [] },
      { lang: 'en', number: 2, text: 'Its holder.', dependsOn: [1] },
    ],
    classifications: [{ scheme: 'CPC', symbol: 'H01M 10/00' }],
    sources: source('2'),
  },
  { id: 'EP0123456', office: 'EP', number: '0123456', titles: { en: 'Provisional' }, sources: source('3') },
];

let corpus: SearchBackend;

beforeAll(async () => {
  corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
  await corpus.apply(DOCUMENTS);
});

const idsOf = async (query: QueryNode): Promise<string[]> =>
  (await corpus.search({ query, sort: 'newest', limit: 10 })).hits.map(({ id }) => id);
const value = (field: string, text: string): QueryNode => ({ op: 'value', field, value: text });
const [FIRST, SECOND, THIRD] = DOCUMENTS.map(({ id }) => id);

describe('numbers', () => {
  it.each([
    ['id', 'US2005000001A1', [FIRST]],
    ['id', 'US 2005/0000001 A1', [FIRST]],
    ['id', 'US20050000001', [FIRST]],
    ['id', 'US2005000001B1', []],
    ['id', 'us 9,123,456', [SECOND]],
    ['id', 'EP123456', [THIRD]],
    ['application', '10/123,456', [FIRST]],
    ['application', 'US10123456A', [FIRST]],
    ['application', 'US10123456', [FIRST]],
    ['application', 'unknown', [SECOND, THIRD]],
    ['priority', 'JP2003123456', [FIRST]],
    ['family', '19768124', [FIRST]],
    ['cites', 'US4123456', [FIRST]],
    ['cites', 'US4123456A', [FIRST]],
    ['cites', 'US4123456B2', []],
  ])('%s %s is found in %j', async (field, text, expected) => {
    expect(await idsOf(value(field, text))).toEqual(expected);
    expect(await idsOf({ op: 'term', field, text })).toEqual(expected);
  });

  it('are resolved to the document or to all of that office and number', async () => {
    expect(await corpus.resolve(['US9123456B2', 'US 9123456', 'EP0123456', 'EP9', ''])).toEqual([
      [SECOND],
      [SECOND],
      [THIRD],
      [],
      [],
    ]);
  });
});

describe('fields', () => {
  it.each<[string, QueryNode, string[]]>([
    [
      'a scheme of another kind by field class',
      { op: 'class', field: 'class', symbol: '429/231.1', below: false },
      [FIRST],
    ],
    ['no such symbol in ipc', { op: 'class', field: 'ipc', symbol: '429/231.1', below: false }, []],
    [
      'a main group with all below',
      { op: 'class', field: 'class', symbol: 'H01M 10/00', below: true },
      [SECOND, FIRST],
    ],
    ['a main group alone', { op: 'class', field: 'class', symbol: 'h01m10/00', below: false }, [SECOND]],
    ['a class word', { op: 'term', field: 'ipc', text: 'H01M' }, [FIRST]],
    ['a prefix of a symbol', { op: 'prefix', field: 'class', text: 'H01M 10/05' }, [FIRST]],
    ['a prefix of a number', { op: 'prefix', field: 'id', text: 'US91' }, [SECOND]],
    ['a prefix of a kind', { op: 'prefix', field: 'kind', text: 'B' }, [SECOND]],
    ['a year as prefix of a date', { op: 'prefix', field: 'date', text: '2015' }, [SECOND]],
    ['the filing month', { op: 'range', field: 'filed', from: '2004-02', to: '2004-02' }, [FIRST]],
    ['the earliest priority', { op: 'range', field: 'prioritydate', to: '2002' }, [FIRST]],
    ['a later priority', { op: 'range', field: 'prioritydate', from: '2003' }, []],
    ['undated documents', value('date', 'unknown'), [THIRD]],
    ['a range without bounds', { op: 'range', field: 'date' }, [SECOND, FIRST]],
    ['every status unknown', value('status', 'unknown'), [SECOND, FIRST, THIRD]],
    ['no known status', value('status', 'active'), []],
    ['documents without kind', value('kind', 'unknown'), [THIRD]],
    ['an alias of a field', { op: 'term', field: '发明名称', text: '正极' }, [SECOND]],
    ['no phrase across inventors', { op: 'phrase', field: 'inventor', text: 'wei li' }, []],
    ['no nearness across inventors', { op: 'near', field: 'inventor', texts: ['wei', 'li'], distance: 1023 }, []],
    ['no phrase across claims', { op: 'phrase', field: 'claims', text: 'cathode its' }, []],
    ['no phrase across languages', { op: 'phrase', field: 'abstract', text: 'line zweite' }, []],
    ['no phrase across fields', { op: 'phrase', field: 'text', text: 'cathode first' }, []],
    ['nothing for a text without words', { op: 'term', field: 'text', text: '—' }, []],
    ['nothing for no clauses of an or', { op: 'or', clauses: [] }, []],
    ['everything for no clauses of an and', { op: 'and', clauses: [] }, [SECOND, FIRST, THIRD]],
  ])('%s', async (_, query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
  });

  it.each<[string, QueryNode, string]>([
    ['an unknown field', { op: 'term', field: 'nonsense', text: 'x' }, 'query.invalid'],
    ['a range of words', { op: 'range', field: 'title', from: '2000' }, 'query.invalid'],
    ['no date', { op: 'range', field: 'date', from: '2000-13' }, 'query.invalid'],
    ['a class of a title', { op: 'class', field: 'title', symbol: 'A', below: true }, 'query.invalid'],
    ['words near in a number', { op: 'near', field: 'id', texts: ['a', 'b'], distance: 1 }, 'query.invalid'],
    ['a distance beyond the gaps', { op: 'near', field: 'text', texts: ['a', 'b'], distance: 1024 }, 'query.invalid'],
    ['the whole of a text', value('title', 'Battery'), 'query.unsupported'],
    ['too many texts near', { op: 'near', field: 'text', texts: Array(9).fill('a'), distance: 1 }, 'query.too_costly'],
    ['too many parts', { op: 'or', clauses: Array(5000).fill({ op: 'all' }) }, 'query.too_costly'],
  ])('refuse %s', async (_, query, code) => {
    await expect(idsOf(query)).rejects.toMatchObject({ code });
  });
});

it('refuses a prefix that too many words begin with', async () => {
  const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
  const text = Array.from({ length: 100_001 }, (_, number) => `x${number}`).join(' ');
  await own.apply([makeRecord(1, 0, { abstracts: { en: text } })]);
  const ask = (prefix: string) =>
    own.search({ query: { op: 'prefix', field: 'text', text: prefix }, sort: 'newest', limit: 1 });
  await expect(ask('x')).rejects.toMatchObject({ code: 'query.too_costly' });
  expect((await ask('x1')).total).toBe(1);
});

describe('a page', () => {
  it.each([[{ limit: -1 }], [{ limit: 10_001 }], [{ limit: 1.5 }], [{ limit: 1, offset: -1 }]])(
    'of %j is refused',
    async (page) => {
      await expect(corpus.search({ query: { op: 'all' }, sort: 'newest', ...page })).rejects.toMatchObject({
        code: 'request.invalid',
      });
    },
  );

  it('tells the clauses of the query, outermost first', async () => {
    const query: QueryNode = {
      op: 'and',
      clauses: [
        {
          op: 'or',
          clauses: [
            { op: 'term', field: 'title', text: 'battery' },
            { op: 'term', field: 'text', text: '正极' },
          ],
        },
        { op: 'not', clause: value('office', 'EP') },
      ],
    };
    const { clauses } = await corpus.search({ query, sort: 'relevance', limit: 1, explain: true });
    expect(clauses.map(({ hits }) => hits)).toEqual([2, 2, 1, 1, 2, 1]);
    expect(clauses[2]).toEqual({ clause: 'title:battery', hits: 1 });
  });

  it('shows a long text by its best piece, cut between characters', async () => {
    const filler = '𠮷'.repeat(400);
    const text = `${filler} anode ${'x '.repeat(300)}anode and cathode here ${filler}`;
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply([makeRecord(1, 0, { abstracts: { en: text } })]);
    const query: QueryNode = {
      op: 'or',
      clauses: ['anode', 'cathode'].map((word) => ({ op: 'term', field: 'text', text: word })),
    };
    const { hits } = await own.search({ query, sort: 'relevance', limit: 1, highlight: true });
    const [passage] = hits[0].passages;
    expect(passage.highlights.map(({ from, to }) => passage.text.slice(from, to))).toEqual(['anode', 'cathode']);
    expect(passage.text.length).toBeLessThanOrEqual(320);
    expect(passage.text).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('applying', () => {
  it('counts what each record did', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    const first = makeRecord(1, 5);
    expect(await own.apply([first, makeRecord(2, 1)])).toEqual({
      sequence: 1,
      added: 2,
      merged: 0,
      unchanged: 0,
      stale: 0,
    });
    const other = { ...makeRecord(1, 1), sources: [{ ...first.sources[0], format: 'other', sha256: 'x' }] };
    const counts = await own.apply([first, makeRecord(1, 4), makeRecord(2, 2), other, makeRecord(3, 0)]);
    expect(counts).toEqual({ sequence: 2, added: 1, merged: 2, unchanged: 1, stale: 1 });
    expect(await own.apply([first])).toEqual({ sequence: 2, added: 0, merged: 0, unchanged: 1, stale: 0 });
    expect(await own.stats()).toMatchObject({ documents: 3, records: 4, byFormat: { made: 3, other: 1 } });
  });

  it('keeps marks with the commit, and removes them', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply([], { a: '1', b: '2' });
    expect(await own.apply([], { a: null })).toMatchObject({ sequence: 2 });
    expect(await own.marks()).toEqual({ b: '2' });
  });

  it('takes a record that names where it came from: the last source brings it, the others are shown', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    const merged = { ...makeRecord(1, 0), sources: [...source('a'), ...source('b')] };
    await own.apply([merged]);
    expect(await own.refresh()).toEqual({ sequence: 1, documents: 1 });
    expect((await own.get(['EP1000001A1']))[0]?.sources).toEqual(source('a'));
  });

  it('withdraws a document and brings it back', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply([makeRecord(1, 0)]);
    await own.apply([makeRecord(1, 1, { deleted: true })]);
    expect(await own.refresh()).toEqual({ sequence: 2, documents: 0 });
    expect(await own.get(['EP1000001A1'])).toEqual([null]);
    expect(await own.stats()).toMatchObject({ records: 1, byOffice: {} });
    await own.apply([makeRecord(1, 2)]);
    expect((await own.get(['EP1000001A1']))[0]?.titles?.['en']).toContain('version 2');
  });
});
