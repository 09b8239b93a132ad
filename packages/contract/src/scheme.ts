import { z } from 'zod';

/** Schemes whose tree can be loaded. */
export const SCHEMES = ['IPC', 'CPC'] as const;
export const SchemeNameSchema = z.enum(SCHEMES);
export type SchemeName = z.infer<typeof SchemeNameSchema>;

/** A loaded version of a classification scheme. */
export const SchemeVersionSchema = z.object({
  scheme: SchemeNameSchema,
  version: z.string(),
  places: z.number().int(),
  /** Languages of its titles (BCP 47). */
  languages: z.array(z.string()),
  /** Groups of the list whose place in the tree could not be told. */
  unplaced: z.number().int(),
  /** Symbols of lists of titles that the tree does not have. */
  strangers: z.number().int(),
  loadedAt: z.string(),
  /** True for the version that "and below" follows when none is named. */
  current: z.boolean(),
  /** True for the short titles down to the subclasses that come with the program. */
  builtin: z.boolean().optional(),
});
export type SchemeVersion = z.infer<typeof SchemeVersionSchema>;

/** A place of a scheme. `level`: 0 section, 1 class, 2 subclass, 3 main group and one more for each dot. */
export const SchemePlaceSchema = z.object({
  symbol: z.string(),
  level: z.number().int(),
  titles: z.record(z.string(), z.string()),
  /** How many places hang on it directly. */
  children: z.number().int(),
  /** Documents of the corpus with this class or one below; absent where they were not counted. */
  documents: z.number().int().optional(),
});
export type SchemePlaceAnswer = z.infer<typeof SchemePlaceSchema>;

/** A place with those above it and those directly under it. */
export const SchemeViewSchema = z.object({
  scheme: SchemeNameSchema,
  version: z.string(),
  place: SchemePlaceSchema.nullable(),
  ancestors: z.array(SchemePlaceSchema),
  children: z.array(SchemePlaceSchema),
});
export type SchemeView = z.infer<typeof SchemeViewSchema>;

/** A place that differs between two versions: it is new or deleted, hangs elsewhere, or a title reads differently. */
export const SchemeChangeSchema = z.object({
  change: z.enum(['new', 'deleted', 'moved', 'retitled']),
  symbol: z.string(),
  titles: z.record(z.string(), z.string()),
  parents: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
  before: z.record(z.string(), z.string()).optional(),
});
export const SchemeComparisonSchema = z.object({
  scheme: SchemeNameSchema,
  from: z.string(),
  to: z.string(),
  counts: z.object({
    new: z.number().int(),
    deleted: z.number().int(),
    moved: z.number().int(),
    retitled: z.number().int(),
  }),
  /** The first of them, in the order of the scheme. */
  changes: z.array(SchemeChangeSchema),
});
export type SchemeComparison = z.infer<typeof SchemeComparisonSchema>;
