import {
  type ConcordanceEdition,
  ConcordanceEditionSchema,
  ConcordanceMatchSchema,
  type ConcordanceName,
  ConcordanceNameSchema,
  ConcordanceTargetSchema,
  QuanlianError,
  TABLED,
  type TabledName,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { normalizeSymbol } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, problems } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import type { QueryBudget } from '../../../http/query-budget.js';
import { findDocument } from '../document.service.js';
import type { OpenTable } from './concordance.store.js';
import type { SchemeStore } from './scheme.store.js';
import { matchesOf } from './tables.js';

interface Deps {
  readonly backend: SearchBackend;
  readonly schemes: SchemeStore;
  readonly budget: QueryBudget;
}

const COUNT_COST = 20;
const DOCUMENT_COST = 5;
const MOST_TARGETS = 2000;
const SOME_SYMBOLS = 40;

const TablePlace = ConcordanceTargetSchema.extend({
  symbols: z.array(z.string()).describe('Some of the classes that lead here'),
  classes: z.number().int().describe('How many classes lead here'),
  documents: z.number().int().optional().describe('Documents of the corpus; absent where they were not counted'),
});

const TableView = z
  .object({
    name: ConcordanceNameSchema,
    edition: z.string(),
    targets: z.array(TablePlace),
    unknown: z.number().int().optional().describe('Documents that no row of the table covers'),
  })
  .meta({ id: 'ConcordanceView' });

const DocumentFields = z
  .object({
    id: z.string(),
    tables: z.array(
      z.object({ name: ConcordanceNameSchema, edition: z.string(), matches: z.array(ConcordanceMatchSchema) }),
    ),
  })
  .meta({ id: 'DocumentFields' });

const Which = { edition: z.string().max(32).optional().describe('The edition; the current one when left out') };
const isTabled = (name: ConcordanceName): name is TabledName => TABLED.some((tabled) => tabled === name);

async function openTable(schemes: SchemeStore, name: ConcordanceName, edition?: string): Promise<OpenTable> {
  const table = await schemes.concordances.open(name, edition);
  if (table) return table;
  const which = edition === undefined ? `No edition of ${name}` : `The edition ${edition} of ${name}`;
  throw new QuanlianError(
    'concordance.unknown',
    `${which} is loaded here. The operator loads one with “quanlian concordance load FILE --name ${name}”.`,
  );
}

/** The documents of each target of the current table. */
async function countTargets(backend: SearchBackend, name: TabledName) {
  const facets = [{ name, size: MOST_TARGETS }];
  const { facets: counted } = await backend.search({ query: { op: 'all' }, sort: 'newest', limit: 0, facets });
  const values = counted[name]?.values ?? [];
  return { counts: new Map(values.map(({ value, count }) => [value, count])), unknown: counted[name]?.unknown ?? 0 };
}

function addTables(app: Api, { backend, schemes, budget }: Deps): void {
  app.get(
    '/concordances',
    {
      schema: {
        tags: ['information'],
        summary: 'The tables from classes to fields of technology, industries and other schemes',
        response: {
          200: z.object({ editions: z.array(ConcordanceEditionSchema) }).meta({ id: 'ConcordanceEditions' }),
          ...problems(),
        },
      },
      serializerCompiler: asJson,
    },
    async (): Promise<{ editions: ConcordanceEdition[] }> => ({ editions: await schemes.concordances.list() }),
  );

  app.get(
    '/concordances/:name',
    {
      schema: {
        tags: ['information'],
        summary: 'What a table leads to, with the classes that lead there',
        params: z.object({ name: ConcordanceNameSchema }),
        querystring: z.object({ ...Which, count: flag.describe('Also count the documents, by the current edition') }),
        response: { 200: TableView, ...problems('concordance.unknown') },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      const { name } = request.params;
      const { edition, table, targets } = await openTable(schemes, name, request.query.edition);
      const counting = request.query.count && request.query.edition === undefined && isTabled(name);
      if (counting) budget.take(request.ip, COUNT_COST);
      const counted = counting ? await countTargets(backend, name) : undefined;
      const places = [...targets.values()].map((target) => {
        const symbols = table.symbolsOf(target.code);
        return {
          ...target,
          symbols: symbols.slice(0, SOME_SYMBOLS),
          classes: symbols.length,
          ...(counted ? { documents: counted.counts.get(target.code) ?? 0 } : {}),
        };
      });
      return { name, edition, targets: places, ...(counted ? { unknown: counted.unknown } : {}) };
    },
  );
}

function addLookups(app: Api, { backend, schemes, budget }: Deps): void {
  app.get(
    '/concordances/:name/lookup',
    {
      schema: {
        tags: ['information'],
        summary: 'What a table says of a class: the rows that cover it, the most exact first',
        params: z.object({ name: ConcordanceNameSchema }),
        querystring: z.object({ ...Which, symbol: z.string().min(1).max(50).describe('The class') }),
        response: {
          200: z
            .object({ name: ConcordanceNameSchema, edition: z.string(), matches: z.array(ConcordanceMatchSchema) })
            .meta({ id: 'ConcordanceLookup' }),
          ...problems('concordance.unknown'),
        },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      const { name } = request.params;
      const symbol = normalizeSymbol(request.query.symbol);
      const { edition, table, targets } = await openTable(schemes, name, request.query.edition);
      const tree = await schemes.sectionOf(name === 'cpc-ipc' ? 'CPC' : 'IPC', symbol);
      const above = name === 'cpc-ipc' ? [] : (tree?.ancestors(symbol).map((place) => place.symbol) ?? []);
      const rows =
        name === 'cpc-ipc'
          ? table.exactly(symbol).map((target) => ({ row: symbol, target }))
          : table.covering(symbol, above);
      return {
        name,
        edition,
        matches: rows.map(({ row, target }) => ({
          symbol,
          row,
          target: targets.get(target) ?? { code: target, names: {} },
        })),
      };
    },
  );

  app.get(
    '/publications/:id/fields',
    {
      schema: {
        tags: ['information'],
        summary: 'Fields of technology and industries of a publication, with the classes that led to each',
        params: z.object({ id: z.string().min(1).max(100) }),
        response: { 200: DocumentFields, ...problems('document.not_found', 'document.ambiguous') },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      budget.take(request.ip, DOCUMENT_COST);
      const document = await findDocument(backend, request.params.id);
      const tables = await Promise.all(
        TABLED.map(async (name) => {
          const found = await matchesOf(schemes, name, document);
          return found ? [{ name, ...found }] : [];
        }),
      );
      return { id: document.id, tables: tables.flat() };
    },
  );
}

/** Tables from classes to other things: what there is, what it says of a class and of a publication. */
export function concordanceRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    addTables(app, deps);
    addLookups(app, deps);
  };
}
