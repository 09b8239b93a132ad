import { z } from 'zod';

/** A class suggested for a text, with what speaks for it. */
export const ClassSuggestionSchema = z.object({
  /** A subclass, such as `H01M`. */
  symbol: z.string(),
  /** Its part of all that speaks for any class, from 0 to 1. */
  share: z.number(),
  titles: z.record(z.string(), z.string()),
  /** How many of the similar documents carry it. */
  documents: z.number().int(),
  /** The most similar of them with the words they share with the text. */
  evidence: z.array(
    z.object({ id: z.string(), title: z.string().nullable(), score: z.number(), terms: z.array(z.string()) }),
  ),
  /** Telling words of the text that the similar documents of this class have, the most frequent first. */
  terms: z.array(z.string()),
  /** Telling words of the text that stand in the title of the class or of a group below it. */
  titleWords: z.array(z.string()),
  /** The groups below it that the similar documents carry, the likeliest first. */
  groups: z.array(
    z.object({
      symbol: z.string(),
      share: z.number(),
      documents: z.number().int(),
      titles: z.record(z.string(), z.string()),
    }),
  ),
});
export const ClassSuggestionsSchema = z.object({
  suggestions: z.array(ClassSuggestionSchema),
  /** The telling words that were looked for. */
  terms: z.array(z.string()),
  /** Similar documents that were looked at. */
  compared: z.number().int(),
});
export type ClassSuggestion = z.infer<typeof ClassSuggestionSchema>;
export type ClassSuggestions = z.infer<typeof ClassSuggestionsSchema>;
