import { z } from 'zod';

/** A calendar date, ISO 8601, that may be partial: `2003-02-12`, `1942-03` or `1942`. */
export const PartialDateSchema = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'a date is YYYY, YYYY-MM or YYYY-MM-DD');

/** A reference to an application or publication at an office. `number` is in DOCDB style, `original` as printed, `epodoc` in the EPO's other style where that differs. */
export const DocumentNumberSchema = z.object({
  office: z.string().optional(),
  number: z.string().optional(),
  kind: z.string().optional(),
  date: PartialDateSchema.optional(),
  original: z.string().optional(),
  epodoc: z.string().optional(),
});

/** A person or organization named by a document (INID 71-76). `name` is as the source gives it, family name last unless the source says otherwise. */
export const PartySchema = z.object({
  name: z.string(),
  country: z.string().optional(),
  region: z.string().nullable().optional(),
  city: z.string().optional(),
  address: z.string().optional(),
  organization: z.string().optional(),
  role: z.string().optional(),
});

/** One classification symbol. `scheme` is IPC, IPCR, CPC, USPC, LOCARNO, FI, FTERM or an office's own name; `assigned` says which office gave it and when, with ST.8's status and source of the decision. */
export const ClassificationSchema = z.object({
  scheme: z.string(),
  symbol: z.string(),
  position: z.string().optional(),
  value: z.string().optional(),
  version: z.string().optional(),
  assigned: z
    .array(
      z.object({
        office: z.string().optional(),
        date: PartialDateSchema.optional(),
        status: z.string().optional(),
        source: z.string().optional(),
      }),
    )
    .optional(),
});

/** A cited document: a patent (`id`) or other literature (`npl`). `category` holds ST.14 letters, `parts` what a source says of literature piece by piece, under its own names. */
export const CitationSchema = z.object({
  id: z.string().optional(),
  date: PartialDateSchema.optional(),
  phase: z.string().optional(),
  category: z.string().optional(),
  npl: z.string().nullable().optional(),
  name: z.string().optional(),
  parts: z.record(z.string(), z.unknown()).optional(),
});

/** One claim. `number` counts from 1 within its language; `dependsOn` lists numbers of claims of the same language. */
export const ClaimSchema = z.object({
  lang: z.string(),
  number: z.number().int().positive(),
  text: z.string(),
  dependsOn: z.array(z.number().int().positive()),
});

/** One piece of the description: a heading or a paragraph with its printed number. */
export const DescriptionPartSchema = z.object({
  lang: z.string(),
  heading: z.string().optional(),
  number: z.string().optional(),
  text: z.string().optional(),
});

export const FigureSchema = z.object({
  number: z.string().optional(),
  file: z.string().optional(),
  hash: z.string().optional(),
  text: z.string().optional(),
});

/** A legal or procedural event. `st27` is the WIPO ST.27 code, null where no mapping is known; `influence` says whether it is good (`+`) or bad (`-`) for the right; `entered` and `sent` are when the source first held it and last gave it out. */
export const EventSchema = z.object({
  office: z.string(),
  code: z.string(),
  date: PartialDateSchema.optional(),
  effective: PartialDateSchema.optional(),
  st27: z.string().nullable().optional(),
  influence: z.enum(['+', '-']).optional(),
  entered: PartialDateSchema.optional(),
  sent: PartialDateSchema.optional(),
  text: z.string().optional(),
});

/** Where a record came from. `format` names the reader; `sha256` is over the record's bytes; `offset` counts bytes in the unpacked file; `sourceDate` is the date the source gives the record, `fileDate` when the file was last changed (ISO 8601 date and time). */
export const SourceSchema = z.object({
  format: z.string(),
  file: z.string(),
  offset: z.number().int().nonnegative(),
  sha256: z.string(),
  sourceDate: PartialDateSchema.optional(),
  fileDate: z.string().optional(),
});

export const RelatedSchema = z.object({
  relation: z.string(),
  id: z.string().optional(),
  document: DocumentNumberSchema.optional(),
});

/**
 * A patent publication as one source gives it, or as the merge of all sources.
 * Dates ISO 8601 (may be partial), languages BCP 47, offices WIPO ST.3, kinds ST.16.
 * A field that no source gives is absent, not empty.
 */
export const PatentDocumentSchema = z
  .object({
    id: z.string(),
    office: z.string(),
    number: z.string(),
    kind: z.string().optional(),
    date: PartialDateSchema.optional(),
    type: z.string().optional(),
    lang: z.string().optional(),
    application: DocumentNumberSchema.optional(),
    priorities: z.array(DocumentNumberSchema).optional(),
    familyId: z.string().optional(),
    related: z.array(RelatedSchema).optional(),
    pct: z
      .object({ application: DocumentNumberSchema.optional(), publication: DocumentNumberSchema.optional() })
      .optional(),
    correction: z.record(z.string(), z.unknown()).nullable().optional(),
    designatedStates: z.array(z.string()).optional(),
    termAdjustmentDays: z.number().int().nullable().optional(),
    titles: z.record(z.string(), z.string()).optional(),
    abstracts: z.record(z.string(), z.string()).optional(),
    applicants: z.array(PartySchema).optional(),
    proprietors: z.array(PartySchema).optional(),
    assignees: z.array(PartySchema).optional(),
    inventors: z.array(PartySchema).optional(),
    agents: z.array(PartySchema).optional(),
    examiners: z.array(PartySchema).optional(),
    classifications: z.array(ClassificationSchema).optional(),
    fieldOfSearch: z.array(ClassificationSchema).optional(),
    citations: z.array(CitationSchema).optional(),
    claims: z.array(ClaimSchema).optional(),
    description: z.array(DescriptionPartSchema).optional(),
    figures: z.array(FigureSchema).optional(),
    events: z.array(EventSchema).optional(),
    /** Pieces of the source's own markup, by the part of an answer they stand for; only of sources whose markup this program gives back. */
    wire: z.record(z.string(), z.string()).optional(),
    /** True in a record by which a source withdraws what it said before; never true in a merged document. */
    deleted: z.literal(true).optional(),
    sources: z.array(SourceSchema),
    extra: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'PatentDocument' });

export type PatentDocument = z.infer<typeof PatentDocumentSchema>;
export type DocumentNumber = z.infer<typeof DocumentNumberSchema>;
export type Party = z.infer<typeof PartySchema>;
export type Classification = z.infer<typeof ClassificationSchema>;
export type Citation = z.infer<typeof CitationSchema>;
export type Claim = z.infer<typeof ClaimSchema>;
export type DescriptionPart = z.infer<typeof DescriptionPartSchema>;
export type Figure = z.infer<typeof FigureSchema>;
export type LegalEvent = z.infer<typeof EventSchema>;
export type Source = z.infer<typeof SourceSchema>;
export type Related = z.infer<typeof RelatedSchema>;
