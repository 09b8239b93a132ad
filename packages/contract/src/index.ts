export * from './document.js';
export * from './errors.js';
export * from './fields.js';
export * from './links.js';
export * from './load.js';
export * from './query.js';
export * from './resolve.js';
export * from './search.js';
