import { z } from 'zod';

/** One reading of a number. `type` says what kind of number it is. */
export const NumberReadingSchema = z.object({
  type: z.enum(['publication', 'application', 'priority', 'grant', 'unknown']),
  office: z.string().nullable(),
  number: z.string().nullable(),
  kind: z.string().nullable(),
  date: z.string().nullable(),
  forms: z.object({
    docdb: z.string().nullable(),
    epodoc: z.string().nullable(),
    original: z.string().nullable(),
    display: z.string().nullable(),
  }),
});
export type NumberReading = z.infer<typeof NumberReadingSchema>;

/** The answer of the number resolver. With several readings the top level repeats none of them silently: `valid` is false and `candidates` lists all. */
export const NumberAnswerSchema = NumberReadingSchema.extend({
  input: z.unknown(),
  candidates: z.array(NumberReadingSchema),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  valid: z.boolean(),
});
export type NumberAnswer = z.infer<typeof NumberAnswerSchema>;

/** The answer of the class reader; parts that the symbol does not have are null. */
export const ClassAnswerSchema = z.object({
  input: z.unknown(),
  scheme: z.string().nullable(),
  symbol: z.string().nullable(),
  section: z.string().nullable(),
  class: z.string().nullable(),
  subclass: z.string().nullable(),
  mainGroup: z.string().nullable(),
  subgroup: z.string().nullable(),
  version: z.string().nullable(),
  position: z.string().nullable(),
  value: z.string().nullable(),
  /** The symbols of a CPC combination set by rank. */
  combination: z.array(z.string()).optional(),
  /** What an ST.8 record says beyond the symbol: level A, C or S; status B, R, V or D; source H, M or G. */
  level: z.string().optional(),
  actionDate: z.string().optional(),
  status: z.string().optional(),
  source: z.string().optional(),
  office: z.string().optional(),
  valid: z.boolean(),
  errors: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type ClassAnswer = z.infer<typeof ClassAnswerSchema>;
