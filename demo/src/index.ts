export { CITY_NAME, generateCity } from './city/city.js';
export type {
  Agency,
  Bank,
  Carrier,
  City,
  Company,
  CompanySize,
  District,
  Pair,
  Park,
  ServicePoint,
  University,
} from './city/types.js';
export { DEMO_FILE, DEMO_FORMAT } from './patents/document.js';
export { generatePatents, type PatentOptions } from './patents/generate.js';
