export {
  type ApplyResult,
  type Capabilities,
  type ClassScheme,
  type ColumnResult,
  FULL_TEXT,
  type LongPart,
  type OpenOptions,
  type SearchBackend,
  type SearchOptions,
} from './backend.js';
export {
  type ColumnPacker,
  columnPacker,
  type PackedColumn,
  type PackedTexts,
  packColumn,
  packTexts,
} from './columns/packed.js';
export { type FactsReader, type FactsSegment, openFacts, registerDocuments } from './facts.js';
export { openCorpusInline } from './inline.js';
export type { MergeSettings } from './merge/policy.js';
export { expandClasses } from './query/scheme.js';
export type { RankedAnswer } from './query/search.js';
export { openRanking, type Ranking } from './ranking.js';
export { openCorpus } from './threads/open.js';
