import { z } from 'zod';
import { SYNTAXES } from './query.js';

/** One query of a history under its name (`S1`), which other queries may combine. */
export const SearchSetSchema = z
  .object({
    name: z.string().regex(/^[SL]\d{1,4}$/iu),
    text: z.string().max(100_000),
    syntax: z.enum(SYNTAXES),
  })
  .meta({ id: 'SearchSet' });
export type SearchSet = z.infer<typeof SearchSetSchema>;

/** Sets that come with one query. */
export const MOST_SETS = 500;
