import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

function record(format: string, sourceDate: string, fields: Partial<PatentDocument>): PatentDocument {
  return {
    id: 'US7000001B2',
    office: 'US',
    number: '7000001',
    kind: 'B2',
    ...fields,
    sources: [{ format, file: `${format}.xml`, offset: 0, sha256: format.padEnd(64, '0'), sourceDate }],
  };
}

const { kind: _, ...kindless } = record('us-fulltext', '2006-03-01', {
  id: 'US7000001',
  titles: { en: 'Pump' },
  description: [{ lang: 'en', text: 'A pump with a turbine wheel.' }],
});

/** Three sources of one publication: the office's own text, the register, and an extract that names no kind. */
const SOURCES: readonly PatentDocument[] = [
  record('us-ice', '2006-02-14', {
    date: '2006-02-14',
    titles: { en: 'Centrifugal pump' },
    claims: [{ lang: 'en', number: 1, text: 'A pump.', dependsOn: [] }],
    classifications: [{ scheme: 'IPC', symbol: 'F04D 1/00' }],
  }),
  record('docdb', '2020-01-01', {
    date: '2006-02-14',
    familyId: '4711',
    titles: { en: 'CENTRIFUGAL PUMP', de: 'Kreiselpumpe' },
    classifications: [{ scheme: 'CPC', symbol: 'F04D 29/22' }],
  }),
  kindless,
];

async function loaded(batches: readonly (readonly PatentDocument[])[]) {
  const dir = await mkdtemp(join(tmpdir(), 'quanlian-order-'));
  folders.push(dir);
  const corpus = await openCorpusInline({ dir, write: true });
  for (const batch of batches) await corpus.apply(batch);
  const all = await corpus.search({ query: { op: 'all' }, sort: 'newest', limit: 10 });
  const byText = await corpus.search({
    query: {
      op: 'and',
      clauses: [
        { op: 'term', field: 'description', text: 'turbine' },
        { op: 'term', field: 'title', text: 'kreiselpumpe' },
      ],
    },
    sort: 'relevance',
    limit: 10,
  });
  const documents = await corpus.get(all.hits.map((hit) => hit.id));
  await corpus.close();
  return { total: all.total, found: byText.hits.map((hit) => hit.id), documents };
}

describe('three sources of one publication', () => {
  const order = fc.shuffledSubarray([...SOURCES], { minLength: SOURCES.length });

  it('give one equal document in every order, in one batch or in several', async () => {
    const expected = await loaded([SOURCES]);
    expect(expected.total).toBe(1);
    expect(expected.found).toEqual(['US7000001B2']);
    await fc.assert(
      fc.asyncProperty(order, fc.boolean(), async (records, apart) => {
        expect(await loaded(apart ? records.map((one) => [one]) : [records])).toEqual(expected);
      }),
      { numRuns: 24 },
    );
  });
});
