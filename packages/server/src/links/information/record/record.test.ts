import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PatentDocument, SearchRecord } from '@quanlian/contract';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDocument } from '../../../app.fixture.js';
import { readQuestion } from '../search.service.js';
import { recordPdf, replayPdf } from './record.document.js';
import { readSigningKey, type SigningKey } from './record.key.js';
import { makeRecord, readRecord, replayRecord } from './record.service.js';

let folder: string;
let key: SigningKey;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-record-'));
  key = await readSigningKey(join(folder, 'record-key.pem'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const now = () => new Date('2026-03-02T01:00:00.000Z');

async function recordOf(backend: SearchBackend, q: string, sort: 'newest' | 'relevance' = 'newest') {
  const question = { q, syntax: 'simple', filter: [], sort } as const;
  return makeRecord(backend, question, readQuestion(question), { key, program: '1.2.3', now });
}

/** A document of a version: a later version takes the place of an earlier one. */
function version(number: number, words: string, at: number): PatentDocument {
  const id = `EP${1_000_000 + number}A1`;
  const day = `20${String(10 + at).padStart(2, '0')}-01-15`;
  const source = {
    format: 'patent-document',
    file: `week-${at}.jsonl`,
    offset: number,
    sha256: `${id}-${at}`,
    sourceDate: day,
  };
  return testDocument(id, { titles: { en: words }, sources: [source] });
}

const withdrawn = (number: number, at: number): PatentDocument => ({ ...version(number, 'x', at), deleted: true });

const WORDS = ['battery', 'battery cell', 'battery separator', 'motor', 'gear'] as const;
const isFound = (words: string | undefined): boolean => words?.includes('battery') === true;

async function withBackend(use: (backend: SearchBackend) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(folder, 'corpus-'));
  const backend = await openCorpusInline({ dir, write: true });
  try {
    await use(backend);
  } finally {
    await backend.close();
    await rm(dir, { recursive: true, force: true });
  }
}

describe('the key', () => {
  it('is made once, readable by its owner alone, and of two at once one wins', async () => {
    const file = join(folder, 'own', 'record-key.pem');
    const [a, b] = await Promise.all([readSigningKey(file), readSigningKey(file)]);
    expect(a.shown).toEqual(b.shown);
    expect((await readSigningKey(file)).shown.publicKey).toContain('BEGIN PUBLIC KEY');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('PRIVATE');
  });
});

describe('a replay', () => {
  it('names exactly what random updates added, removed and changed', async () => {
    const words = fc.option(fc.constantFrom(...WORDS), { nil: undefined });
    const states = fc.tuple(
      fc.array(words, { minLength: 8, maxLength: 8 }),
      fc.array(fc.option(words, { nil: 'same' as const }), { minLength: 8, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(states, async ([before, changes]) => {
        await withBackend(async (backend) => {
          await backend.apply(before.flatMap((text, i) => (text === undefined ? [] : [version(i, text, 1)])));
          const record = readRecord(JSON.parse(JSON.stringify(await recordOf(backend, 'battery'))), [
            key.shown.publicKey,
          ]);
          const after = before.map((text, i) => (changes[i] === 'same' ? text : changes[i]));
          const updates = after.flatMap((text, i): PatentDocument[] => {
            if (changes[i] === 'same') return [];
            if (text !== undefined) return [version(i, text, 2)];
            return before[i] === undefined ? [] : [withdrawn(i, 2)];
          });
          if (updates.length > 0) await backend.apply(updates);
          const report = await replayRecord(backend, record, now);
          const idOf = (i: number): string => `EP${1_000_000 + i}A1`;
          const named = (test: (i: number) => boolean): string[] =>
            before
              .map((_, i) => i)
              .filter(test)
              .map(idOf);
          expect(report.added).toEqual(named((i) => !isFound(before[i]) && isFound(after[i])));
          expect(report.removed).toEqual(
            before.flatMap((text, i) =>
              isFound(text) && !isFound(after[i]) ? [{ id: idOf(i), inCorpus: after[i] !== undefined }] : [],
            ),
          );
          expect(report.changed).toEqual(
            named((i) => isFound(before[i]) && isFound(after[i]) && before[i] !== after[i]),
          );
          const isSame = report.added.length + report.removed.length === 0;
          expect(report.sameDocuments).toBe(isSame);
          expect(report.now.total).toBe(after.filter(isFound).length);
        });
      }),
      { numRuns: 12 },
    );
  });

  it('is the same for the same documents read from another file', async () => {
    await withBackend(async (backend) => {
      await backend.apply([version(1, 'battery', 1), version(2, 'battery cell', 1)]);
      const record = await recordOf(backend, 'battery', 'relevance');
      await backend.apply([version(2, 'battery cell', 3), version(3, 'gear', 3)]);
      const report = await replayRecord(backend, record, now);
      expect(report).toMatchObject({ sameDocuments: true, added: [], removed: [], changed: [] });
      expect(report.now.sequence).toBeGreaterThan(report.recorded.sequence);
    });
  });

  it('sees another order of the same documents', async () => {
    await withBackend(async (backend) => {
      await backend.apply([version(1, 'battery', 1), version(2, 'battery cell', 1)]);
      const record = await recordOf(backend, 'battery');
      await backend.apply([{ ...version(2, 'battery cell', 2), date: '2024-05-05' }]);
      const report = await replayRecord(backend, record, now);
      expect(report).toMatchObject({ sameDocuments: true, sameOrder: false, changed: ['EP1000002A1'] });
    });
  });
});

describe('a record', () => {
  let record: SearchRecord;
  const trusted = () => [key.shown.publicKey];
  const altered = (change: (copy: SearchRecord) => unknown): unknown => {
    const copy = structuredClone(record);
    change(copy);
    return copy;
  };
  beforeAll(() =>
    withBackend(async (backend) => {
      await backend.apply([version(1, 'battery', 1), version(2, 'battery cell', 1), version(3, 'gear', 1)]);
      record = await recordOf(backend, 'battery');
    }),
  );

  it('holds query, tree, state of the corpus, time, total and hashes', () => {
    expect(record.signed).toMatchObject({
      query: { input: 'battery', syntax: 'simple', ast: { op: 'term' } },
      total: 2,
      ordered: 2,
      made: '2026-03-02T01:00:00.000Z',
      program: '1.2.3',
    });
    expect(record.signed.corpus.documents).toBe(3);
    expect(record.documents?.map(([id]) => id)).toEqual(['EP1000001A1', 'EP1000002A1']);
    expect(readRecord(record, trusted())).toEqual(record);
  });

  const put = (target: object, values: object) => Object.assign(target, values);
  it.each<[string, (copy: SearchRecord) => unknown]>([
    ['the query', ({ signed }) => put(signed.query, { input: 'gear' })],
    ['the tree', ({ signed }) => put(signed.query, { ast: { op: 'all' } })],
    ['the total', ({ signed }) => put(signed, { total: 3 })],
    ['the time', ({ signed }) => put(signed, { made: '2020-01-01T00:00:00.000Z' })],
    ['a listed document', ({ documents }) => documents?.pop()],
    ['a digest', ({ documents }) => documents?.map((one) => put(one, { 1: '0'.repeat(32) }))],
    ['the list as a whole', (copy) => put(copy, { documents: null })],
    ['the signature', ({ signature }) => put(signature, { value: Buffer.alloc(64).toString('base64') })],
    ['the key id', ({ signature }) => put(signature, { keyId: '0000000000000000' })],
    ['something nobody signed', ({ signed }) => put(signed, { note: 'x' })],
  ])('is refused when %s was changed', (_what, change) => {
    expect(() => readRecord(altered(change), trusted())).toThrow(expect.objectContaining({ code: 'replay.refused' }));
  });

  it('is refused when one byte of its text was changed, wherever', () => {
    const text = JSON.stringify(record);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '1', 'a', 'Z', '"'), (at, char) => {
        fc.pre(text[at] !== char);
        let content: unknown;
        try {
          content = JSON.parse(text.slice(0, at) + char + text.slice(at + 1));
        } catch {
          return;
        }
        expect(() => readRecord(content, trusted())).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('of another installation is refused until its key is named', async () => {
    const other = await readSigningKey(join(folder, 'other.pem'));
    expect(() => readRecord(record, [other.shown.publicKey])).toThrow(/not the one of this installation/);
    expect(readRecord(record, [other.shown.publicKey, key.shown.publicKey])).toEqual(record);
  });

  it('and its replay print as PDF in both languages', async () => {
    await withBackend(async (backend) => {
      for (const language of ['zh', 'en'] as const) {
        expect((await recordPdf(record, language)).subarray(0, 5).toString()).toBe('%PDF-');
        const report = await replayRecord(backend, record, now);
        expect(report.removed).toHaveLength(2);
        expect((await replayPdf(report, language)).subarray(0, 5).toString()).toBe('%PDF-');
      }
    });
  });
});
