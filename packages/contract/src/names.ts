import { z } from 'zod';
import { PartialDateSchema } from './document.js';
import { IdSchema } from './identity.js';

/** Names taken for one at most, and the length of a name as sources give it. */
export const MOST_VARIANTS = 200;
const NameSchema = z.string().trim().min(1).max(500);
/** Whose judgement it is, by e-mail address; only the owner of the data folder names another than himself. */
const BySchema = z.email();
const ReasonSchema = z.string().trim().min(1).max(2000);

/** Names that somebody takes for one owner or person, shown under the first. */
export const NewNameMergeSchema = z
  .object({
    /** Raw names, as documents have them; the first is what the merged view shows. */
    names: z.array(NameSchema).min(2).max(MOST_VARIANTS),
    reason: ReasonSchema,
    /** Whose view it is; the organization of one's own role when left out. */
    organizationId: IdSchema.optional(),
    by: BySchema.optional(),
  })
  .meta({ id: 'NewNameMerge' });
export type NewNameMerge = z.infer<typeof NewNameMergeSchema>;

export const NameUndoSchema = z.object({ reason: ReasonSchema, by: BySchema.optional() }).meta({ id: 'NameUndo' });
export type NameUndo = z.infer<typeof NameUndoSchema>;

/** A merge with who made it and why, and who took it back and why. Both stay for good. */
export const NameMergeSchema = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    names: z.array(z.string()),
    reason: z.string(),
    /** Null when the program itself acted or the person is out of reach. */
    author: z.string().nullable(),
    at: z.string(),
    undone: z.object({ author: z.string().nullable(), at: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'NameMerge' });
export type NameMerge = z.infer<typeof NameMergeSchema>;

/** Names that may be one, with what speaks for it. Nothing happens until somebody merges them. */
export const NameProposalSchema = z
  .object({
    names: z.array(z.object({ name: z.string(), documents: z.number().int() })),
    evidence: z.object({
      /** The normal form they share; null when they do not. */
      form: z.string().nullable(),
      /** How many inventors, addresses and families at least two of them share. */
      inventors: z.number().int(),
      addresses: z.number().int(),
      families: z.number().int(),
    }),
  })
  .meta({ id: 'NameProposal' });
export type NameProposal = z.infer<typeof NameProposalSchema>;

export const NameProposalsSchema = z
  .object({
    proposals: z.array(NameProposalSchema),
    /** Proposals found, of which the first are listed. */
    total: z.number().int(),
    /** The state of the corpus they were found in; null while the register has none yet. */
    sequence: z.number().int().nullable(),
  })
  .meta({ id: 'NameProposals' });
export type NameProposals = z.infer<typeof NameProposalsSchema>;

/** An owner below another from a day until another, and who says so. */
export const NameParentSchema = z
  .object({
    parent: NameSchema,
    child: NameSchema,
    from: PartialDateSchema.nullable(),
    to: PartialDateSchema.nullable(),
    source: NameSchema,
  })
  .meta({ id: 'NameParent' });
export type NameParent = z.infer<typeof NameParentSchema>;

/** Which names a search counts and finds by: as sources give them, or with one's organization's merges applied. */
export const NAME_VIEWS = ['raw', 'merged'] as const;
