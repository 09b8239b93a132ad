export type { Coverage } from './common/coverage.js';
export { convertImage } from './images/convert.js';
export { describeImage, IMAGE_TYPES, type ImageFacts } from './images/describe.js';
export type { Picture } from './images/picture.js';
export { ARCHIVE_LIMITS, type ArchiveLimits } from './input/limits.js';
export { type OpenedInputs, type OpenOptions, openInputs } from './input/open.js';
export type { Input, InputFailure, InputFile, InputProgress } from './input/types.js';
export { FORMATS } from './readers.js';
export type { AssetItem, DocumentItem, FailureItem, ReadItem } from './run/items.js';
export { type ParseOptions, parseBytes, parsePaths } from './run/parse.js';
export { type ReadOptions, type RecordReader, readRecords } from './run/read-records.js';
export type { ReadReport } from './run/report.js';
export { readMapping, TABLE_FIELDS, type TableField, type TableMapping, TableMappingSchema } from './table/mapping.js';
export { previewTable, type TablePreview } from './table/preview.js';
export { shippedMappings } from './table/shipped.js';
export { readTable, TABLE_LIMITS, type TableColumn, type TableLimits, type TableRow } from './tables/read-table.js';
export {
  TABLE_FORMATS,
  TABLE_MEDIA_TYPES,
  type TableContent,
  type TableFormat,
  writeTable,
} from './tables/write-table.js';
export { EXPORT_COLUMNS, type ExportColumn, type ExportLabels, type TableOptions } from './writers/columns.js';
export { writeCsv } from './writers/csv.js';
export { writeJsonLines } from './writers/json-lines.js';
export { writeXlsx, type XlsxOptions } from './writers/xlsx.js';
