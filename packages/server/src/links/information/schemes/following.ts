import { expandClasses, type SearchBackend } from '@quanlian/engine';
import type { SchemeStore } from './scheme.store.js';

/** The corpus as everybody asks it: "and below" a class is what the current version of its scheme has below it. */
export function followSchemes(backend: SearchBackend, schemes: SchemeStore): SearchBackend {
  return {
    ...backend,
    async search(request, options) {
      const classScheme = options?.classScheme ?? (await schemes.classScheme(request.query));
      return backend.search(request, { ...options, classScheme });
    },
    async *scan(query, sort, asOf) {
      yield* backend.scan(expandClasses(query, await schemes.classScheme(query)), sort, asOf);
    },
  };
}
