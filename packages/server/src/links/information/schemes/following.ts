import type { QueryNode } from '@quanlian/contract';
import { expandClasses, type SearchBackend } from '@quanlian/engine';
import type { SchemeStore } from './scheme.store.js';
import { expandTables, groupsFor } from './tables.js';

/**
 * The corpus as everybody asks it: "and below" a class is what the current version of its scheme has below it, a field
 * of technology or an industry is what the current table says, and the synonyms kept here are with those of the
 * schemes' titles, when there is somebody to keep them (`synonyms`).
 */
export function followSchemes(
  backend: SearchBackend,
  schemes: SchemeStore,
  synonyms?: { follow(): Promise<void> },
): SearchBackend {
  const expanded = async (query: QueryNode): Promise<QueryNode> => {
    const tabled = await expandTables(query, schemes);
    return expandClasses(tabled, await schemes.classScheme(tabled));
  };
  return {
    ...backend,
    async search(request, options) {
      if (request.synonyms?.stored) await synonyms?.follow();
      const query = await expandTables(request.query, schemes);
      const groups = await groupsFor(request, schemes);
      const classScheme = options?.classScheme ?? (await schemes.classScheme(query));
      return backend.search({ ...request, query, ...(groups ? { groups } : {}) }, { ...options, classScheme });
    },
    async similar(request) {
      const { within } = request;
      return backend.similar(within ? { ...request, within: await expanded(within) } : request);
    },
    async *scan(query, sort, asOf) {
      yield* backend.scan(await expanded(query), sort, asOf);
    },
  };
}
