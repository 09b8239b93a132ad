import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SearchResult } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('loading-server.mjs', import.meta.url));
const SECONDS = 60;
const READERS = 8;
const MEMORY_MIB = 512;
/** As in the program: what each batch brings, and how many of the batch before it replaces. */
const FRESH = 400;
const REPLACED = 40;

interface Measured {
  readonly p99: number;
  readonly most: number;
  /** How much longer than its work the server's own thread took, because others had the processors. */
  readonly stretch: number;
  readonly before: number;
  readonly peak: number;
  readonly batches: number;
  readonly documents: number;
  readonly segments: number;
  readonly ok: boolean;
}

let data: string;
let program: ChildProcess;
let url: string;
let said: AsyncIterator<string>;

const nextLine = async (): Promise<unknown> => {
  const { value, done } = await said.next();
  if (done) throw new Error('The server ended before it answered.');
  return JSON.parse(value);
};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'quanlian-serving-'));
  program = spawn(process.execPath, [PROGRAM, data, String(MEMORY_MIB)], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (program.stdout === null) throw new Error('The server says nothing.');
  said = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  ({ url } = (await nextLine()) as { url: string });
});
afterAll(async () => {
  if (program.exitCode === null) {
    program.kill();
    await once(program, 'exit');
  }
  await rm(data, { recursive: true, force: true });
});

async function ask(query: string): Promise<SearchResult> {
  const answer = await fetch(`${url}/api/v1/search?${query}`);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as SearchResult;
}

/** What one commit must answer, told by how many documents it holds. */
function expected({ documents }: SearchResult['corpus']): { documents: number; revised: number } {
  const batches = documents / FRESH;
  expect(Number.isInteger(batches), `${documents} documents are no whole batches`).toBe(true);
  return { documents, revised: REPLACED * Math.max(0, batches - 1) };
}

const countOf = (result: SearchResult): number =>
  (result.facets.year?.values ?? []).reduce((sum, { count }) => sum + count, result.facets.year?.unknown ?? 0);

/** The questions of a reader, each with the check of its answer. */
const QUESTIONS = [
  async () => {
    const found = await ask('q=title:revised&facet=year&facetSize=1000&limit=5');
    expect(found.total).toBe(expected(found.corpus).revised);
    expect(countOf(found)).toBe(found.total);
  },
  async () => {
    const found = await ask('q=&sort=newest&facet=year&facet=applicant&facetSize=1000&limit=20');
    expect(found.total).toBe(expected(found.corpus).documents);
    expect(countOf(found)).toBe(found.total);
  },
  async () => {
    const found = await ask('q=title:"plain thing"&sort=oldest&limit=20');
    const { documents, revised } = expected(found.corpus);
    expect(found.total).toBe(documents - revised);
    if (found.cursor === null) return;
    // The next page is of the same commit, whatever was loaded or merged meanwhile.
    const next = await ask(`q=title:"plain thing"&sort=oldest&limit=20&cursor=${encodeURIComponent(found.cursor)}`);
    expect(next.total).toBe(found.total);
    expect(next.corpus).toEqual(found.corpus);
    const known = new Set(found.hits.map(({ id }) => id));
    expect(next.hits.filter(({ id }) => known.has(id))).toEqual([]);
  },
];

// The peak of resident memory is read from the system's own count, which only Linux keeps in this place.
describe.skipIf(!existsSync('/proc/self/status'))('a server that loads and merges (needs /proc)', () => {
  it(`answers ${READERS} readers rightly for ${SECONDS} s, stays free and within its memory`, async () => {
    const until = Date.now() + SECONDS * 1000;
    let answers = 0;
    let sequence = 0;
    const read = async (reader: number): Promise<void> => {
      for (let turn = reader; Date.now() < until; turn++, answers++) await QUESTIONS[turn % QUESTIONS.length]?.();
    };
    await Promise.all(Array.from({ length: READERS }, (_, reader) => read(reader)));
    sequence = (await ask('q=&limit=0')).corpus.sequence;
    program.stdin?.end('stop\n');
    const measured = (await nextLine()) as Measured;
    const { p99, stretch, before, peak, batches, documents, segments, ok } = measured;
    process.stdout.write(`${JSON.stringify({ answers, ...measured })}\n`);
    expect(answers).toBeGreaterThan(10 * READERS);
    expect(sequence).toBeGreaterThanOrEqual(10);
    expect({ documents, ok }).toEqual({ documents: batches * FRESH, ok: true });
    expect(segments).toBeLessThan(batches / 2);
    // On a machine with more to do than it can, whatever the thread does takes so much longer.
    expect(p99).toBeLessThan(50 * stretch);
    expect(peak - before).toBeLessThan(MEMORY_MIB * 2 ** 20);
  });
});
