import { createHash } from 'node:crypto';
import type { LoadSummary } from '@quanlian/contract';
import { z } from 'zod';
import type { LoadSource } from './load.source.js';

/** The note a load keeps in the corpus with each commit, so that it can go on after any end. */
const MarkSchema = z.object({
  position: z.object({ file: z.string(), record: z.number().int().nonnegative() }),
  /** The source's fingerprint at the position; differs when the files are no longer the same. */
  fingerprint: z.string(),
  read: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** The load that wrote this, whose report has the other counts, and how much of its failures file belongs to it. */
  job: z.string(),
  failureBytes: z.number().int().nonnegative(),
});
export type LoadMark = z.infer<typeof MarkSchema>;

/** The mark's name: one for each thing that is loaded, known by what the caller asked to load. */
export const markKey = (name: string): string => `load:${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;

/** The mark a text holds, when it fits the source as it is now; undefined means from the beginning. */
export function readMark(text: string | undefined, source: LoadSource): LoadMark | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const mark = MarkSchema.safeParse(value).data;
  return mark && mark.fingerprint === source.fingerprint(mark.position) ? mark : undefined;
}

export const emptySummary = (): LoadSummary => ({
  read: 0,
  added: 0,
  merged: 0,
  unchanged: 0,
  stale: 0,
  failed: 0,
  unknownElements: {},
});
