import { z } from 'zod';
import { SYNTAXES } from './query.js';
import { NumberAnswerSchema } from './resolve.js';
import { MOST_SETS, SearchSetSchema } from './sets.js';

/** A query that somebody keeps under a name, with the sets it stands on. */
export const NewSavedQuerySchema = z
  .object({
    name: z.string().trim().min(1).max(200),
    syntax: z.enum(SYNTAXES),
    text: z.string().min(1).max(100_000),
    sets: z.array(SearchSetSchema).max(MOST_SETS).default([]),
  })
  .meta({ id: 'NewSavedQuery' });
export type NewSavedQuery = z.infer<typeof NewSavedQuerySchema>;

export const SavedQuerySchema = NewSavedQuerySchema.extend({
  id: z.string(),
  savedAt: z.string(),
}).meta({ id: 'SavedQuery' });
export type SavedQuery = z.infer<typeof SavedQuerySchema>;

/** Numbers that one call resolves. */
export const MOST_NUMBERS = 10_000;

/** A number of a list with its readings and the documents of the corpus that each names. */
export const ListedNumberSchema = NumberAnswerSchema.extend({
  input: z.string(),
  /** Ids of the corpus under this number, of all readings together. */
  found: z.array(z.string()),
}).meta({ id: 'ListedNumber' });
export type ListedNumber = z.infer<typeof ListedNumberSchema>;
