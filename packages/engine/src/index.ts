export type { ApplyResult, Capabilities, OpenOptions, SearchBackend } from './backend.js';
export { openCorpusInline } from './inline.js';
export { openCorpus } from './threads/open.js';
