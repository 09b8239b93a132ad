export type { Coverage } from './common/coverage.js';
export { ARCHIVE_LIMITS, type ArchiveLimits } from './input/limits.js';
export { type OpenedInputs, type OpenOptions, openInputs } from './input/open.js';
export type { Input, InputFailure, InputFile, InputProgress } from './input/types.js';
export { FORMATS } from './readers.js';
export type { AssetItem, DocumentItem, FailureItem, ReadItem } from './run/items.js';
export { type ParseOptions, parseBytes, parsePaths } from './run/parse.js';
export { type ReadOptions, type RecordReader, readRecords } from './run/read-records.js';
export type { ReadReport } from './run/report.js';
