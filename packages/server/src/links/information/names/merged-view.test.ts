import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FacetTableRequest, PatentDocument, QueryNode, SearchRequest } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDocument } from '../../../app.fixture.js';
import { namesView, searchMerged } from './merged-view.js';

const NAMES = ['Alder AG', 'Birch Ltd', 'Cedar Inc', 'Douglas KK', 'Elm SA', 'Fir BV'];
const YEARS = ['2019', '2020', '2021'];

interface Drawn {
  readonly applicants: readonly string[];
  readonly inventors: readonly string[];
  readonly year: string;
}

const drawn = fc.record({
  applicants: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }),
  inventors: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
  year: fc.constantFrom(...YEARS),
});
const merges = fc
  .shuffledSubarray(NAMES, { minLength: 0, maxLength: NAMES.length })
  .chain((names) => fc.integer({ min: 2, max: 4 }).map((size) => ({ names, size })))
  .map(({ names, size }) => {
    const groups: string[][] = [];
    for (let at = 0; at + 1 < names.length; at += size) groups.push(names.slice(at, at + size));
    return groups.filter((group) => group.length > 1);
  });

const documentOf = ({ applicants, inventors, year }: Drawn, index: number): PatentDocument =>
  testDocument(`US${5000 + index}A1`, {
    date: `${year}-05-05`,
    applicants: applicants.map((name) => ({ name })),
    inventors: inventors.map((name) => ({ name })),
  });

type Side = 'applicant' | 'inventor' | 'year';

/** What a document counts under once names are taken for one. */
function valuesOf(one: Drawn, side: Side, groups: readonly string[][]): string[] {
  if (side === 'year') return [one.year];
  const names = side === 'applicant' ? one.applicants : one.inventors;
  return [...new Set(names.map((name) => groups.find((group) => group.includes(name))?.[0] ?? name))];
}

function countsOf(hits: readonly Drawn[], side: Side, groups: readonly string[][]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of hits)
    for (const value of valuesOf(one, side, groups)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const list = [...counts].map(([value, count]) => ({ value, count }));
  return list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function tableOf(hits: readonly Drawn[], [down, across]: readonly [Side, Side], size: number, groups: string[][]) {
  // The most frequent; those of time in their order.
  const shown = (side: Side) => {
    const values = countsOf(hits, side, groups)
      .map(({ value }) => value)
      .slice(0, size);
    return side === 'year' ? values.sort() : values;
  };
  const [rows, columns] = [shown(down), shown(across)];
  const has = (one: Drawn, side: Side, value: string) => valuesOf(one, side, groups).includes(value);
  return {
    rows,
    columns,
    cells: rows.map((row) =>
      columns.map((column) => hits.filter((one) => has(one, down, row) && has(one, across, column)).length),
    ),
  };
}

const SIDES: readonly (readonly [Side, Side])[] = [
  ['applicant', 'year'],
  ['year', 'applicant'],
  ['applicant', 'inventor'],
  ['applicant', 'applicant'],
];

describe('the merged view', () => {
  it('counts facets, crossed tables and different owners as if the documents bore the names shown', async () => {
    const run = async (list: Drawn[], groups: string[][], size: number, filtered: boolean) => {
      const dir = await mkdtemp(join(tmpdir(), 'merged-'));
      const backend = await openCorpusInline({ dir, write: true });
      try {
        await backend.apply(list.map(documentOf));
        const [owner = ''] = NAMES;
        const query: QueryNode = filtered ? { op: 'value', field: 'applicant', value: owner } : { op: 'all' };
        const tables = SIDES.map(
          ([rows, columns]): FacetTableRequest => ({ rows, columns, rowSize: size, columnSize: size }),
        );
        const request: SearchRequest = {
          query,
          sort: 'newest',
          limit: 0,
          facets: [{ name: 'applicant', size }, { name: 'inventor', size }, { name: 'year' }],
          tables,
          distinct: ['applicant'],
        };
        const view = namesView(groups.map((names) => ({ names })));
        const found = await searchMerged(backend, request, view);
        const wanted = groups.find((group) => group.includes(owner)) ?? [owner];
        const hits = filtered ? list.filter(({ applicants }) => applicants.some((one) => wanted.includes(one))) : list;
        expect(found.total).toBe(hits.length);
        for (const side of ['applicant', 'inventor'] as const) {
          const counts = countsOf(hits, side, groups);
          expect(found.facets[side]?.values).toEqual(counts.slice(0, size));
          expect(found.facets[side]?.distinct).toBe(counts.length);
        }
        expect(found.distinct?.applicant).toBe(countsOf(hits, 'applicant', groups).length);
        for (const [i, sides] of SIDES.entries())
          expect(found.tables?.[i], sides.join(' by ')).toEqual(tableOf(hits, sides, size, groups));
      } finally {
        await backend.close();
        await rm(dir, { recursive: true, force: true });
      }
    };
    const lists = fc.array(drawn, { minLength: 1, maxLength: 12 });
    await fc.assert(fc.asyncProperty(lists, merges, fc.integer({ min: 1, max: 5 }), fc.boolean(), run), {
      numRuns: 25,
    });
  });
});
