export { convertImage } from './convert.js';
export { describeImage, type ImageFacts } from './describe.js';
export type { Picture } from './picture.js';
