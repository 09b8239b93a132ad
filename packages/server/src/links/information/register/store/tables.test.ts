import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { citationOrigin, type PatentDocument } from '@quanlian/contract';
import {
  createFamilies,
  deriveFamilies,
  familyFacts,
  packCitation,
  publicationNumber,
  unpackCitation,
} from '@quanlian/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedRows, inOrder } from './columns.js';
import { citedBy, extendedFamilies, noteTold, simpleFamilies } from './derive.js';
import { readTables, writeTables } from './file.js';
import { dueRights } from './rights.js';
import { DUE_LINKS, DUE_RIGHT, emptyTables, isDue, isHeld, type RegisterTables, setDue } from './tables.js';
import { createModelCorpus } from './tables.testkit.js';
import { updateTables } from './update.js';

const NEVER = { seen: () => undefined, stopped: () => false };
const NUMBERS = ['1000', '1001', '1002', '1003', '1004', '1005', '1006', '1007'];
const source = { format: '', file: '', offset: 0, sha256: '' };
const application = (number: string) => ({ office: 'US', number });

const oneGroup = fc
  .record({
    number: fc.constantFrom(...NUMBERS),
    kinds: fc.uniqueArray(fc.constantFrom('A1', 'B2'), { maxLength: 2 }),
    familyId: fc.option(fc.constantFrom('7', '8'), { nil: undefined, freq: 3 }),
    own: fc.option(fc.constantFrom('501', '502', '503', '504', '505'), { nil: undefined }),
    priorities: fc.uniqueArray(fc.constantFrom('501', '502', '601', '602'), { maxLength: 2 }),
    parent: fc.option(fc.constantFrom('503', '504', '602'), { nil: undefined, freq: 4 }),
    cites: fc.array(fc.constantFrom(...NUMBERS.map((one) => `US${one}A1`), 'a book'), { maxLength: 4 }),
  })
  .map(({ number, kinds, familyId, own, priorities, parent, cites }) => ({
    key: `US${number}`,
    documents: kinds.map(
      (kind): PatentDocument => ({
        id: `US${number}${kind}`,
        office: 'US',
        number,
        kind,
        sources: [source],
        priorities: priorities.map(application),
        citations: cites.map((id) => ({ id })),
        ...(familyId === undefined ? {} : { familyId }),
        ...(own === undefined ? {} : { application: application(own) }),
        ...(parent === undefined ? {} : { related: [{ relation: 'division', document: application(parent) }] }),
      }),
    ),
  }));

const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.uniqueArray(oneGroup, { minLength: 1, maxLength: 4, selector: ({ key }) => key }),
    },
    { weight: 1, arbitrary: fc.constant('merge' as const) },
    { weight: 2, arbitrary: fc.constant('derive' as const) },
    { weight: 1, arbitrary: fc.constant('stop' as const) },
  ),
  { maxLength: 14 },
);

/** Family, citing families and extended family of every document, from the definitions alone. */
function naive(documents: readonly PatentDocument[]): Map<string, string> {
  const simple = deriveFamilies();
  const tied = createFamilies();
  for (const document of documents) {
    simple.add(familyFacts(document));
    tied.put(familyFacts(document));
  }
  const names = new Map(simple.names());
  const numberOf = ({ office, number }: PatentDocument) => publicationNumber(office + number);
  return new Map(
    documents.map((document) => {
      const citing = documents.filter(({ citations = [] }) =>
        citations.some(({ id = '' }) => publicationNumber(id) === numberOf(document)),
      );
      const families = new Set(citing.map(({ id }) => names.get(id)));
      return [document.id, `${names.get(document.id)} ${families.size} ${tied.extended(document.id)}`];
    }),
  );
}

const held = (tables: RegisterTables): number[] =>
  Array.from({ length: tables.documents.id.length }, (_, row) => row).filter((row) => isHeld(tables, row));

function derived(tables: RegisterTables): Map<string, string> {
  const { pool, documents } = tables;
  const families = simpleFamilies(tables);
  const extended = extendedFamilies(tables);
  const cited = citedBy(tables, families);
  return new Map(
    held(tables).map((row) => [
      pool.text(documents.id.at(row)),
      `${pool.text(families[row] as number)} ${cited[row]} ${pool.text(extended[row] as number)}`,
    ]),
  );
}

/** What a corpus would be told: the changes of each run laid over those before. */
function tell(tables: RegisterTables, told: Map<string, string>, dueTold: Set<string>): void {
  const { pool, documents } = tables;
  const families = simpleFamilies(tables);
  const cited = citedBy(tables, families);
  const lay = (changed: Int32Array, textOf: (row: number, family: string, count: string) => string): void => {
    for (const row of inOrder(tables, changed)) {
      const id = pool.text(documents.id.at(row));
      const [family = '', count = ''] = told.get(id)?.split(' ') ?? [];
      if (isHeld(tables, row)) told.set(id, textOf(row, family, count));
      else {
        told.delete(id);
        dueTold.delete(id);
      }
    }
  };
  lay(
    changedRows(tables, documents.family, families),
    (row, _, count) => `${pool.text(families[row] as number)} ${count}`,
  );
  lay(changedRows(tables, documents.cited, cited), (row, family) => `${family} ${cited[row]}`);
  noteTold(tables, families, cited);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-tables-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tables of the register', () => {
  it('say the same filled load by load, at once, and worked out naively, whatever was replaced, withdrawn and merged', () => {
    const file = join(folder, 'property.tables');
    fc.assert(
      fc.property(steps, (all) => {
        const corpus = createModelCorpus();
        let tables = emptyTables();
        const told = new Map<string, string>();
        const rights = new Map<string, string>();
        const dueTold = new Set<string>();
        const derive = (stopped = false) => {
          const reader = corpus.reader();
          expect(updateTables(tables, reader, NEVER)).toBe(true);
          if (stopped) {
            writeTables(file, tables);
            tables = readTables(file) as RegisterTables;
            return;
          }
          tell(tables, told, dueTold);
          for (const { documents, rows } of dueRights(tables, reader, NEVER)) {
            expect(documents.map(({ id }) => id)).toEqual(
              rows.map((row) => tables.pool.text(tables.documents.id.at(row))),
            );
            for (const { id } of documents) rights.set(id, JSON.stringify(documents));
            for (const row of rows) setDue(tables, row, DUE_RIGHT, false);
          }
          writeTables(file, tables);
          tables = readTables(file) as RegisterTables;
        };
        for (const step of all) {
          if (step === 'merge') corpus.merge();
          else if (step === 'derive' || step === 'stop') derive(step === 'stop');
          else corpus.load(step);
        }
        derive();
        const documents = corpus.documents();
        const expected = naive(documents);
        expect(derived(tables)).toEqual(expected);
        const atOnce = emptyTables();
        updateTables(atOnce, corpus.reader(), NEVER);
        expect(derived(atOnce)).toEqual(expected);
        // What was told step by step is what holds now, and nothing is told of documents that are gone.
        const now = [...expected].map(([id, text]) => [id, text.split(' ').slice(0, 2).join(' ')] as const);
        expect(new Map([...told].sort())).toEqual(new Map(now.sort()));
        // The rights were derived from the documents as they are now.
        for (const { documents: own } of dueRights(atOnce, corpus.reader(), NEVER)) {
          for (const { id } of own) {
            const last = JSON.parse(rights.get(id) ?? '[]') as PatentDocument[];
            const byId = (a: PatentDocument, b: PatentDocument) => (a.id < b.id ? -1 : 1);
            expect(last.toSorted(byId)).toEqual(own.toSorted(byId));
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('count only what a load touches, and that from what the corpus was told', () => {
    const corpus = createModelCorpus();
    const document = (number: string, more: Partial<PatentDocument> = {}) => ({
      key: `US${number}`,
      documents: [{ id: `US${number}A1`, office: 'US', number, kind: 'A1', sources: [source], ...more }],
    });
    const tables = emptyTables();
    const load = (...groups: Parameters<typeof corpus.load>[0]) => {
      corpus.load(groups);
      updateTables(tables, corpus.reader(), NEVER);
      const due = held(tables).filter((row) => isDue(tables, row, DUE_LINKS));
      tell(tables, new Map(), new Set());
      return due.map((row) => tables.pool.text(tables.documents.id.at(row)));
    };
    load(document('1', { priorities: [application('601')] }), document('2'), document('3'));
    const named = { priorities: [application('601')], familyId: '7', citations: [{ id: 'US3A1' }] };
    expect(load(document('4', named))).toEqual(['US1A1', 'US4A1']);
    expect([...derived(tables)].map(([id, text]) => `${id} ${text.split(' ').slice(0, 2).join(' ')}`)).toEqual([
      'US1A1 7 0',
      'US2A1 =US2A1 0',
      'US3A1 =US3A1 1',
      'US4A1 7 0',
    ]);
  });

  it('read nothing anew of segments that were only merged', () => {
    const corpus = createModelCorpus();
    const [first, second] = NUMBERS;
    const group = (number = '') => ({
      key: `US${number}`,
      documents: [{ id: `US${number}A1`, office: 'US', number, kind: 'A1', sources: [source] }],
    });
    corpus.load([group(first)]);
    corpus.load([group(second)]);
    const tables = emptyTables();
    updateTables(tables, corpus.reader(), NEVER);
    const before = tables.documents.id.length;
    corpus.merge();
    updateTables(tables, corpus.reader(), NEVER);
    expect(tables.documents.id.length).toBe(before);
    expect(tables.dead).toBe(0);
  });

  it('are made anew when their file is damaged anywhere', async () => {
    const file = join(folder, 'damaged.tables');
    const corpus = createModelCorpus();
    corpus.load([
      { key: 'US1', documents: [{ id: 'US1A1', office: 'US', number: '1', kind: 'A1', sources: [source] }] },
    ]);
    const tables = emptyTables();
    updateTables(tables, corpus.reader(), NEVER);
    writeTables(file, tables);
    expect(derived(readTables(file) as RegisterTables)).toEqual(derived(tables));
    const bytes = await readFile(file);
    for (const at of [0, 9, 40, Math.floor(bytes.length / 2)]) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] as number) ^ 0x55;
      await writeFile(file, broken);
      const read = readTables(file);
      if (read !== undefined) expect(derived(read)).toEqual(derived(tables));
      else expect(read).toBeUndefined();
    }
    await writeFile(file, bytes.subarray(0, bytes.length - 9));
    expect(readTables(file)).toBeUndefined();
    expect(readTables(join(folder, 'none'))).toBeUndefined();
  });

  it('keep categories and origin of a citation in one number', () => {
    expect(unpackCitation(packCitation({ category: 'XY', phase: 'SEA' }))).toEqual({
      categories: 'XY',
      origin: 'examiner',
    });
    expect(unpackCitation(packCitation({ phase: 'applicant' }))).toEqual({ categories: '', origin: 'applicant' });
    expect(['TPO', 'opposition', 'description', 'APP', 'ISR', undefined].map(citationOrigin)).toEqual([
      'third-party',
      'third-party',
      'applicant',
      'applicant',
      'examiner',
      'unknown',
    ]);
  });
});
