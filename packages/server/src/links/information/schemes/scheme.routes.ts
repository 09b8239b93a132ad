import {
  QuanlianError,
  type QueryNode,
  SCHEMES,
  SchemeComparisonSchema,
  SchemeNameSchema,
  type SchemePlaceAnswer,
  type SchemeVersion,
  SchemeVersionSchema,
  SchemeViewSchema,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { compareSchemes, normalizeSymbol, SCHEME_CHANGES, type Scheme, type SchemeNode } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, problems } from '../../../http/answers.js';
import type { QueryBudget } from '../../../http/query-budget.js';
import type { SchemeStore } from './scheme.store.js';
import { shippedOutline } from './shipped.js';

const Which = z.object({
  version: z.string().max(32).optional().describe('The version; the current one when left out'),
});
const COUNT_COST = 2;
const COMPARE_COST = 200;

const ofPlace = ({ symbol, level, titles, children }: SchemeNode): SchemePlaceAnswer => ({
  symbol,
  level,
  titles,
  children,
});

/** The loaded versions, and the short titles that come with the program. */
async function allVersions(schemes: SchemeStore): Promise<SchemeVersion[]> {
  const loaded = await schemes.list();
  const shipped = await Promise.all(
    SCHEMES.map(async (scheme): Promise<SchemeVersion> => {
      const { edition, verifiedOn, tree } = await shippedOutline(scheme);
      return {
        scheme,
        version: edition,
        places: tree.size,
        languages: ['en', 'zh'],
        unplaced: 0,
        strangers: 0,
        loadedAt: verifiedOn,
        current: !loaded.some((one) => one.scheme === scheme && one.current),
        builtin: true,
      };
    }),
  );
  return [...loaded, ...shipped];
}

/** The tree of the loaded schemes: to walk, to search by words, with the number of documents at each place. */
export function schemeRoutes(deps: {
  backend: SearchBackend;
  schemes: SchemeStore;
  budget: QueryBudget;
}): FastifyPluginAsyncZod {
  const { backend, schemes, budget } = deps;

  async function openTree(
    scheme: 'IPC' | 'CPC',
    version: string | undefined,
  ): Promise<{ version: string; tree: Scheme; builtin: boolean }> {
    const found = await schemes.open(scheme, version);
    if (found) return { ...found, builtin: false };
    const outline = await shippedOutline(scheme);
    if (version === undefined || version === outline.edition) {
      return { version: outline.edition, tree: outline.tree, builtin: true };
    }
    const which = version === undefined ? `No version of ${scheme}` : `Version ${version} of ${scheme}`;
    throw new QuanlianError(
      'scheme.unknown',
      `${which} is loaded here. The operator loads one with “quanlian scheme load”.`,
    );
  }

  /** Documents of each place: its own symbol and all that the tree has below it. */
  async function counted(
    scheme: 'IPC' | 'CPC',
    { tree, builtin }: { tree: Scheme; builtin: boolean },
    places: readonly SchemeNode[],
  ): Promise<SchemePlaceAnswer[]> {
    const field = scheme.toLowerCase();
    // The short titles end at the subclasses: what is below those shows in the form of the symbols.
    const classScheme = { below: (_: string, symbol: string) => (builtin ? undefined : tree.below(symbol)) };
    return Promise.all(
      places.map(async (place) => {
        const query: QueryNode = { op: 'class', field, symbol: place.symbol, below: true };
        const { total } = await backend.search(
          { query, sort: 'newest', limit: 0, facets: [], highlight: false, explain: false },
          { classScheme },
        );
        return { ...ofPlace(place), documents: total };
      }),
    );
  }

  return async (app) => {
    app.get(
      '/schemes',
      {
        schema: {
          tags: ['information'],
          summary: 'The classification schemes that are loaded',
          response: {
            200: z.object({ versions: z.array(SchemeVersionSchema) }).meta({ id: 'SchemeVersions' }),
            ...problems(),
          },
        },
        serializerCompiler: asJson,
      },
      async () => ({ versions: await allVersions(schemes) }),
    );

    app.get(
      '/schemes/:scheme',
      {
        schema: {
          tags: ['information'],
          summary: 'A place of a scheme with what is above and directly under it',
          params: z.object({ scheme: SchemeNameSchema }),
          querystring: Which.extend({
            symbol: z.string().max(50).optional().describe('The place; the top when left out'),
            count: flag.describe('Also count the documents of each place, those below included'),
          }),
          response: {
            200: SchemeViewSchema.meta({ id: 'SchemeView' }),
            ...problems('scheme.unknown'),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const { scheme } = request.params;
        const { symbol, count } = request.query;
        const opened = await openTree(scheme, request.query.version);
        const { version, tree } = opened;
        const place = symbol === undefined ? undefined : tree.node(symbol);
        if (symbol !== undefined && !place) {
          throw new QuanlianError('scheme.unknown', `${scheme} ${version} has no place ${symbol}.`, { path: 'symbol' });
        }
        const children = place ? tree.children(place.symbol) : tree.roots();
        if (count) budget.take(request.ip, children.length * COUNT_COST);
        return {
          scheme,
          version,
          place: place ? ((await (count ? counted(scheme, opened, [place]) : [ofPlace(place)]))[0] ?? null) : null,
          ancestors: place ? tree.ancestors(place.symbol).map(ofPlace) : [],
          children: count ? await counted(scheme, opened, children) : children.map(ofPlace),
        };
      },
    );

    app.get(
      '/schemes/:scheme/compare',
      {
        schema: {
          tags: ['information'],
          summary: 'What differs between two versions of a scheme: places new, deleted, moved, retitled',
          params: z.object({ scheme: SchemeNameSchema }),
          querystring: z.object({
            from: z.string().max(32).describe('The earlier version'),
            to: z.string().max(32).describe('The later version'),
            symbol: z.string().max(50).optional().describe('Only this place and what is below it in either version'),
            change: z.enum(SCHEME_CHANGES).optional().describe('Only changes of this kind'),
            limit: z.coerce.number().int().min(0).max(10_000).default(200),
          }),
          response: { 200: SchemeComparisonSchema.meta({ id: 'SchemeComparison' }), ...problems('scheme.unknown') },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const { scheme } = request.params;
        const { from, to, symbol, change, limit } = request.query;
        budget.take(request.ip, COMPARE_COST);
        const before = await openTree(scheme, from);
        const after = await openTree(scheme, to);
        const changes = compareSchemes(
          before.tree,
          after.tree,
          symbol === undefined ? undefined : normalizeSymbol(symbol),
        );
        const counts = { new: 0, deleted: 0, moved: 0, retitled: 0 };
        for (const one of changes) counts[one.change]++;
        const shown = change === undefined ? changes : changes.filter((one) => one.change === change);
        return { scheme, from, to, counts, changes: shown.slice(0, limit) };
      },
    );

    app.get(
      '/schemes/:scheme/search',
      {
        schema: {
          tags: ['information'],
          summary: 'Places of a scheme by the words of their titles and of those above them',
          params: z.object({ scheme: SchemeNameSchema }),
          querystring: Which.extend({
            q: z.string().max(200),
            count: flag.describe('Also count the documents of each place, those below included'),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: {
            200: z
              .object({
                scheme: SchemeNameSchema,
                version: z.string(),
                places: z.array(
                  SchemeViewSchema.shape.children.element.extend({
                    path: z.array(SchemeViewSchema.shape.children.element),
                  }),
                ),
              })
              .meta({ id: 'SchemePlaces' }),
            ...problems('scheme.unknown'),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const { scheme } = request.params;
        const { q, count, limit } = request.query;
        const opened = await openTree(scheme, request.query.version);
        const { version, tree } = opened;
        const found = tree.find(q.split(/[\s,;，；、]+/u), limit);
        if (count) budget.take(request.ip, found.length * COUNT_COST);
        const shown = count ? await counted(scheme, opened, found) : found.map(ofPlace);
        const places = shown.map((place) => ({ ...place, path: tree.ancestors(place.symbol).map(ofPlace) }));
        return { scheme, version, places };
      },
    );
  };
}
