import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from, to } from 'pg-copy-streams';

/** Copies tables between the database and files, in PostgreSQL's own text form. */
export const copyTable = {
  /** `statement` is a COPY … TO STDOUT. */
  async out(client: pg.Client, statement: string, file: string): Promise<void> {
    await pipeline(client.query(to(statement)), createWriteStream(file, { mode: 0o600 }));
  },
  /** `statement` is a COPY … FROM STDIN. */
  async in(client: pg.Client, statement: string, file: string): Promise<void> {
    await pipeline(createReadStream(file), client.query(from(statement)));
  },
};
