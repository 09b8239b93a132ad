import {
  COUNTABLE,
  MOST_SETS,
  NAME_VIEWS,
  type SchemeName,
  SearchSetSchema,
  SORTS,
  SYNTAXES,
} from '@quanlian/contract';
import { z } from 'zod';
import { repeatable } from '../../http/answers.js';

const LONGEST_QUERY = 100_000;

const ABOUT_FILTERS =
  'Repeatable, `name:value` with the name of a facet. Values of one name are alternatives; different names must all hold. The value `unknown` means that the sources do not say.';

const Text = z.string().max(LONGEST_QUERY).default('').describe('The query; empty means every document');
const Language = z.enum(SYNTAXES).default('simple').describe('The query language');
const Filter = z.string().max(500);
const SetText = z
  .string()
  .regex(/^[SL]\d{1,4}=/iu)
  .max(LONGEST_QUERY);

/** The question part of a query string, the same for searching and exporting. */
export const QuestionParameters = { q: Text, syntax: Language, filter: repeatable(Filter).describe(ABOUT_FILTERS) };

/** The sets of a history in a query string. */
export const SetParameters = {
  set: repeatable(SetText).describe(
    'Repeatable, `S1=query` in the language of the query: a set that the query may combine',
  ),
};

/** The same in a body, where sets may each be in a language of their own. */
export const QuestionBody = {
  q: Text,
  syntax: Language,
  filter: z.array(Filter).max(200).default([]).describe(ABOUT_FILTERS),
};

/** A version of a classification scheme, `CPC:2024.01`. */
export const SchemeVersionText = z
  .string()
  .regex(/^(IPC|CPC):[0-9A-Za-z._-]{1,32}$/, 'a version is written IPC:2026.01');

export const ABOUT_SCHEME =
  'Repeatable, `CPC:2024.01`: what is below a class in this version of the scheme instead of the current one';

/** The versions that texts name, by scheme. */
export const versionsOf = (texts: readonly string[]): Partial<Record<SchemeName, string>> =>
  Object.fromEntries(texts.map((one) => one.split(':') as [SchemeName, string]));

/** A search as a body. */
export const SearchBody = z.object({
  ...QuestionBody,
  sets: z.array(SearchSetSchema).max(MOST_SETS).default([]),
  sort: z.enum(SORTS).default('relevance'),
  limit: z.number().int().min(0).max(200).default(20),
  offset: z.number().int().min(0).optional(),
  cursor: z.string().max(4000).optional(),
  facet: z.array(z.enum(COUNTABLE)).default([]),
  facetSize: z.number().int().min(1).max(1000).default(20),
  explain: z.boolean().default(false),
  highlight: z.boolean().default(true).describe('`false`: hits without passages'),
  names: z.enum(NAME_VIEWS).default('raw'),
  scheme: z.array(SchemeVersionText).max(2).default([]).describe(ABOUT_SCHEME),
});
