import { z } from 'zod';

/** Media types of files that are kept as papers. */
export const PAPER_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/tiff',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/ofd',
  'text/csv',
  'text/plain',
] as const;
export type PaperType = (typeof PAPER_TYPES)[number];

export const PaperSchema = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    name: z.string(),
    /** What it is for: `evidence`, `decision`, `attendance-list`, … */
    kind: z.string(),
    mediaType: z.enum(PAPER_TYPES),
    size: z.number().int(),
    sha256: z.string(),
    subject: z.object({ kind: z.string(), id: z.uuid() }).nullable(),
    addedBy: z.uuid().nullable(),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'Paper' });
export type Paper = z.infer<typeof PaperSchema>;

export const NewPaperSchema = z.object({
  organizationId: z.uuid(),
  name: z.string().trim().min(1).max(255),
  kind: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/)
    .default('evidence'),
  subjectKind: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/)
    .optional(),
  subjectId: z.uuid().optional(),
});
export type NewPaper = z.infer<typeof NewPaperSchema>;
