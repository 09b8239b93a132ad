import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { z } from 'zod';

const BACKUP_FORMAT = 1;

/** The first entry of an archive: what it is of. */
export const HeadSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  program: z.string(),
  installation: z.string(),
  createdAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
});
export type BackupHead = z.infer<typeof HeadSchema>;

/** The last entry: every entry before it with its hash, so that a cut or changed archive is found. */
export const TailSchema = z.object({
  entries: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
});
export type BackupTail = z.infer<typeof TailSchema>;

export const HEAD_NAME = 'quanlian-backup.json';
export const TAIL_NAME = 'contents.json';
export const TABLE_FOLDER = 'tables/';
/** Folders of the data folder that are kept as they are. */
export const FOLDERS = ['corpus', 'files', 'papers', 'loads', 'demo', 'schemes', 'event-codes'] as const;
/** Single files of the data folder that are kept. */
export const FILES = ['secret', 'record-key.pem', 'config.toml', 'regions.json'] as const;

/** What went by. */
export interface Measured {
  readonly stream: Transform;
  result(): { size: number; sha256: string };
}

export function measure(): Measured {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ size, sha256: hash.digest('hex') }) };
}
