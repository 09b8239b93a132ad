import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoadFailure, LoadFailureSchema, LoadJobSchema } from '@quanlian/contract';
import { z } from 'zod';
import type { FailureLog } from './load.pipeline.js';

/** A load as it is kept on disk: the report everybody sees, and what is needed to start it again. */
const EntrySchema = z.object({
  job: LoadJobSchema,
  /** What the load is known by to the corpus. */
  key: z.string(),
  /** Files to read; empty for a load that cannot be started again from here. */
  paths: z.array(z.string()),
});
export type JournalEntry = z.infer<typeof EntrySchema>;

/** Reports of loads as JSON files, one each, and beside them every failure as a line of JSON. */
export interface LoadJournal {
  write(entry: JournalEntry): Promise<void>;
  /** All reports, newest first. */
  list(): Promise<JournalEntry[]>;
  failureLog(job: string): FailureLog;
  /** The failures of a load from the first on, as bytes of JSON Lines. */
  failures(job: string): Promise<NodeJS.ReadableStream | undefined>;
}

const REPORTS_KEPT = 500;
const isId = (text: string): boolean => /^[0-9A-Za-z-]{1,64}$/.test(text);

function parseLines(text: string): LoadFailure[] {
  const failures: LoadFailure[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const failure = LoadFailureSchema.safeParse(JSON.parse(line)).data;
    if (failure) failures.push(failure);
  }
  return failures;
}

function createFailureLog(
  fileOf: (job: string) => string,
  readReport: (job: string) => Promise<JournalEntry | undefined>,
  job: string,
): FailureLog {
  const file = fileOf(job);
  return {
    async append(failures) {
      const handle = await open(file, 'a');
      try {
        await handle.writeFile(failures.map((failure) => `${JSON.stringify(failure)}\n`).join(''));
        await handle.datasync();
        return (await handle.stat()).size;
      } finally {
        await handle.close();
      }
    },
    async continueFrom(earlier, bytes) {
      const all = await readFile(fileOf(earlier)).catch(() => Buffer.alloc(0));
      const kept = all.subarray(0, bytes);
      const handle = await open(file, 'w');
      try {
        await handle.writeFile(kept);
      } finally {
        await handle.close();
      }
      return { failures: parseLines(kept.toString('utf8')), summary: (await readReport(earlier))?.job.summary };
    },
  };
}

export async function openJournal(dir: string): Promise<LoadJournal> {
  await mkdir(dir, { recursive: true });
  const reportFile = (job: string) => join(dir, `${job}.json`);
  const failureFile = (job: string) => join(dir, `${job}.failures.jsonl`);

  async function readEntry(name: string): Promise<JournalEntry | undefined> {
    try {
      return EntrySchema.parse(JSON.parse(await readFile(join(dir, name), 'utf8')));
    } catch {
      // A report is for people; one that cannot be read must not keep the server from starting.
      return undefined;
    }
  }

  return {
    async write(entry) {
      const making = `${reportFile(entry.job.id)}.${randomUUID()}`;
      const handle = await open(making, 'wx');
      await handle.writeFile(JSON.stringify(entry));
      await handle.close();
      await rename(making, reportFile(entry.job.id));
    },
    async list() {
      const names = (await readdir(dir))
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .toReversed();
      for (const name of names.slice(REPORTS_KEPT)) {
        await rm(join(dir, name), { force: true });
        await rm(failureFile(name.slice(0, -'.json'.length)), { force: true });
      }
      const entries = await Promise.all(names.slice(0, REPORTS_KEPT).map(readEntry));
      return entries.filter((entry) => entry !== undefined);
    },
    failureLog: (job) => createFailureLog(failureFile, (earlier) => readEntry(`${earlier}.json`), job),
    async failures(job) {
      if (!isId(job)) return undefined;
      const there = await stat(failureFile(job)).then(
        () => true,
        () => false,
      );
      return there ? createReadStream(failureFile(job)) : undefined;
    },
  };
}
