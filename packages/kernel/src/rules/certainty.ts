import { z } from 'zod';

/**
 * How far a statement about the law can be relied on. `verified`: read in the source itself; `computed`: worked out
 * and checked by running code; `high`, `medium`, `low`: known from practice, with that much confidence.
 * Whatever is not `verified` or `computed` says so on the page.
 */
export const CERTAINTIES = ['verified', 'computed', 'high', 'medium', 'low'] as const;
export const CertaintySchema = z.enum(CERTAINTIES);
export type Certainty = z.infer<typeof CertaintySchema>;

/** Words shown to people, in both languages of the program. */
export const WordsSchema = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Words = z.infer<typeof WordsSchema>;
