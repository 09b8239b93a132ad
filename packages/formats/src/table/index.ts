export { isEncoding, readMapping, TABLE_FIELDS, type TableMapping, TableMappingSchema } from './mapping.js';
export { shippedMappings } from './shipped.js';
