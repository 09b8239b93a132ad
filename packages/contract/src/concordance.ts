import { z } from 'zod';

/**
 * Tables from classes to something else: WIPO's 35 fields of technology, the strategic emerging industries of China's
 * catalogue of 2018 (both from the IPC), and the IPC's place for a symbol of the CPC.
 */
export const CONCORDANCES = ['field35', 'industry', 'cpc-ipc'] as const;
export const ConcordanceNameSchema = z.enum(CONCORDANCES);
export type ConcordanceName = z.infer<typeof ConcordanceNameSchema>;

const WordsSchema = z.record(z.string(), z.string());

/** What a table leads to: a field, an industry. Names by language (BCP 47). */
export const ConcordanceTargetSchema = z.object({
  code: z.string(),
  names: WordsSchema,
  /** The larger part it belongs to: a sector of fields, an industry as a whole. */
  sector: WordsSchema.optional(),
});
export type ConcordanceTarget = z.infer<typeof ConcordanceTargetSchema>;

/** A table in one of its editions. */
export const ConcordanceEditionSchema = z.object({
  name: ConcordanceNameSchema,
  edition: z.string(),
  rows: z.number().int(),
  targets: z.number().int(),
  loadedAt: z.string().nullable(),
  /** True for a table that comes with the program. */
  builtin: z.boolean(),
  /** True for the edition that searches and pages follow. */
  current: z.boolean(),
});
export type ConcordanceEdition = z.infer<typeof ConcordanceEditionSchema>;

/** What a table says of a class: the row that led there and what it leads to. */
export const ConcordanceMatchSchema = z.object({
  symbol: z.string(),
  /** The place of the table that covers the symbol: itself or one above. */
  row: z.string(),
  target: ConcordanceTargetSchema,
});
export type ConcordanceMatch = z.infer<typeof ConcordanceMatchSchema>;
