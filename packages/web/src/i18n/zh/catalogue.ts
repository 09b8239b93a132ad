import answers from './answers.json';
import classes from './classes.json';
import codes from './codes.json';
import common from './common.json';
import coverage from './coverage.json';
import democity from './democity.json';
import desk from './desk.json';
import document from './document.json';
import errors from './errors.json';
import facets from './facets.json';
import fields from './fields.json';
import governance from './governance.json';
import identity from './identity.json';
import inid from './inid.json';
import loads from './loads.json';
import names from './names.json';
import query from './query.json';
import refusals from './refusals.json';
import register from './register.json';
import search from './search.json';
import work from './work.json';

export const catalogue = {
  common,
  answers,
  codes,
  inid,
  fields,
  errors,
  search,
  facets,
  document,
  register,
  names,
  classes,
  loads,
  coverage,
  democity,
  identity,
  work,
  desk,
  refusals,
  query,
  governance,
};
