import codes from './codes.json';
import common from './common.json';
import coverage from './coverage.json';
import democity from './democity.json';
import document from './document.json';
import errors from './errors.json';
import facets from './facets.json';
import fields from './fields.json';
import inid from './inid.json';
import loads from './loads.json';
import search from './search.json';

export const catalogue = { common, codes, inid, fields, errors, search, facets, document, loads, coverage, democity };
