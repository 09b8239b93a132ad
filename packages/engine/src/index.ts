export type {
  ApplyResult,
  Capabilities,
  ClassScheme,
  ColumnResult,
  OpenOptions,
  SearchBackend,
  SearchOptions,
} from './backend.js';
export { openCorpusInline } from './inline.js';
export type { MergeSettings } from './merge/policy.js';
export { expandClasses } from './query/scheme.js';
export { openCorpus } from './threads/open.js';
