import { expandClasses, type SearchBackend } from '@quanlian/engine';
import type { SchemeStore } from './scheme.store.js';

/**
 * The corpus as everybody asks it: "and below" a class is what the current version of its scheme has below it, and the
 * synonyms kept here are with those of the schemes' titles, when there is somebody to keep them (`synonyms`).
 */
export function followSchemes(
  backend: SearchBackend,
  schemes: SchemeStore,
  synonyms?: { follow(): Promise<void> },
): SearchBackend {
  return {
    ...backend,
    async search(request, options) {
      if (request.synonyms?.stored) await synonyms?.follow();
      const classScheme = options?.classScheme ?? (await schemes.classScheme(request.query));
      return backend.search(request, { ...options, classScheme });
    },
    async *scan(query, sort, asOf) {
      yield* backend.scan(expandClasses(query, await schemes.classScheme(query)), sort, asOf);
    },
  };
}
