/** Tables that people hand in and take along; apart from the readers of office files, which are many more modules. */
export { readTable, TABLE_LIMITS, type TableColumn, type TableLimits, type TableRow } from './read-table.js';
export {
  TABLE_FORMATS,
  TABLE_MEDIA_TYPES,
  type TableContent,
  type TableFormat,
  writeTable,
} from './write-table.js';
export { type ZipMember, zipDirectory, zipHeader } from './zip-write.js';
