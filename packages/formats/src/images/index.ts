export { type ConvertedPage, convertImage, convertPage } from './convert.js';
export { describeImage, type ImageFacts } from './describe.js';
export type { PageFormat } from './page-formats.js';
export type { Picture } from './picture.js';
