export * from './corpus/merge.js';
export { addRecord, groupKey, type Outcome } from './corpus/records.js';
export * from './numbers/canonical.js';
