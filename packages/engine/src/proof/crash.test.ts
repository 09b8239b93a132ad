import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PatentDocument } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import type { SearchBackend } from '../backend.js';
import { openCorpusInline } from '../inline.js';
import { type CrashMode, MemoryDisk, Stopped } from '../testing/memory-disk.js';
import { NaiveCorpus } from '../testing/oracle.js';
import { batchOf, seededChance } from '../testing/records.js';

const DIR = '/data/corpus';
const BATCHES = 6;
const CRASHES = 1000;
const FAILURES = 1000;
const MODES: readonly CrashMode[] = ['lost', 'mixed', 'mixed', 'kept'];
/** Segments are merged after every second batch, so that every trial has merges. */
const MERGING = { fanOut: 2, mostDocs: 1000 };

const open = (fs: MemoryDisk): Promise<SearchBackend> =>
  openCorpusInline({ dir: DIR, write: true, fs, merging: MERGING });

/** How many batches a corpus holds, by the mark that each leaves. */
async function batchesIn(corpus: SearchBackend): Promise<number> {
  const { position } = await corpus.marks();
  return position === undefined ? 0 : Number(position) + 1;
}

/** Loads the batches from where the corpus stands; remembers what was acknowledged. */
async function loadAll(fs: MemoryDisk, acknowledged: { batches: number }): Promise<SearchBackend> {
  const corpus = await open(fs);
  for (let index = await batchesIn(corpus); index < BATCHES; index++) {
    await corpus.apply(batchOf(index), { position: String(index) });
    acknowledged.batches = index + 1;
  }
  acknowledged.batches = BATCHES;
  return corpus;
}

/** A lock left by the machine's earlier run: same process number, another boot. */
function ageLock(fs: MemoryDisk): void {
  const path = join(DIR, 'lock');
  const lock = fs.names.get(path)?.data.toString('utf8');
  if (lock?.endsWith('}')) fs.put(path, Buffer.from(JSON.stringify({ ...JSON.parse(lock), boot: 'an earlier one' })));
}

const byId = (a: PatentDocument, b: PatentDocument): number => (a.id < b.id ? -1 : 1);

/** The documents that the first batches give, made once. */
const expected = Array.from({ length: BATCHES + 1 }, (_, batches) => {
  const naive = new NaiveCorpus();
  for (let index = 0; index < batches; index++) naive.apply(batchOf(index));
  return naive.documents.sort(byId);
});

/** Compares every document with those given. */
async function expectDocuments(corpus: SearchBackend, documents: readonly PatentDocument[]): Promise<void> {
  const found: PatentDocument[] = [];
  for await (const doc of corpus.scan({ op: 'all' }, 'newest')) found.push(doc);
  expect(found.sort(byId)).toEqual(documents);
  const all = await corpus.search({ query: { op: 'term', field: 'text', text: '电池' }, sort: 'newest', limit: 0 });
  expect(all.total).toBe(documents.length);
  expect(await corpus.check()).toMatchObject({ ok: true });
}

/** Opens a disk as found after a crash: every acknowledged batch is there, none half, and loading goes on. */
async function expectSurvived(disk: MemoryDisk, acknowledged: number): Promise<void> {
  ageLock(disk);
  const corpus = await open(disk);
  const batches = await batchesIn(corpus);
  expect(batches).toBeGreaterThanOrEqual(acknowledged);
  expect(batches).toBeLessThanOrEqual(acknowledged + 1);
  await expectDocuments(corpus, expected[batches]);
  await corpus.close();
  const goneOn = await loadAll(disk, { batches });
  await expectDocuments(goneOn, expected[BATCHES]);
  expect([...disk.names.keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
}

describe('a crash of the machine', () => {
  it('leaves the last acknowledged commit whole, and loading goes on', async () => {
    const whole = new MemoryDisk();
    await loadAll(whole, { batches: 0 });
    const stops = new Set<number>();
    for (let trial = 0; trial < CRASHES; trial++) {
      const chance = seededChance(trial);
      const disk = new MemoryDisk();
      disk.stopAt = 1 + Math.floor(chance() * whole.calls);
      stops.add(disk.stopAt);
      const acknowledged = { batches: 0 };
      await expect(loadAll(disk, acknowledged)).rejects.toThrow(Stopped);
      await expectSurvived(disk.afterCrash(MODES[trial % MODES.length], chance), acknowledged.batches);
    }
    expect(stops.size).toBeGreaterThan(whole.calls / 3);
  });

  it('is survived again and again on one disk', async () => {
    let disk = new MemoryDisk();
    const chance = seededChance(7);
    const acknowledged = { batches: 0 };
    for (let round = 0; acknowledged.batches < BATCHES; round++) {
      disk.stopAt = disk.calls + 5 + Math.floor(chance() * 250);
      await loadAll(disk, acknowledged).catch((error: unknown) => expect(error).toBeInstanceOf(Stopped));
      disk = disk.afterCrash('mixed', chance);
      ageLock(disk);
      expect(round).toBeLessThan(1000);
    }
    const corpus = await open(disk);
    await expectDocuments(corpus, expected[BATCHES]);
  });
});

/** Loads on through failures: what was refused is asked again, on a corpus opened anew. */
async function loadThrough(disk: MemoryDisk, acknowledged: { batches: number }): Promise<number> {
  let refused = 0;
  for (; acknowledged.batches < BATCHES; refused++) {
    if (refused > 20) throw new Error('The load does not go on.');
    let corpus: SearchBackend | undefined;
    try {
      corpus = await open(disk);
      const held = await batchesIn(corpus);
      expect(held).toBeGreaterThanOrEqual(acknowledged.batches);
      // A batch that was refused may be there all the same; once seen it must stay.
      acknowledged.batches = held;
      for (let index = held; index < BATCHES; index++) {
        await corpus.apply(batchOf(index), { position: String(index) });
        acknowledged.batches = index + 1;
      }
      acknowledged.batches = BATCHES;
    } catch (error) {
      if (error instanceof Stopped || (error instanceof Error && error.name === 'AssertionError')) throw error;
    }
    await corpus?.close().catch(() => undefined);
    // Closing may fail too and leave the lock of this living process behind, as a crash of it would.
    ageLock(disk);
  }
  return refused;
}

describe('a failing disk', () => {
  it('refuses with EIO or ENOSPC at any call, and nothing acknowledged is lost', async () => {
    const whole = new MemoryDisk();
    await loadAll(whole, { batches: 0 });
    let refused = 0;
    for (let trial = 0; trial < FAILURES; trial++) {
      const chance = seededChance(10_000 + trial);
      const disk = new MemoryDisk();
      const code = trial % 2 === 0 ? 'EIO' : 'ENOSPC';
      const first = 1 + Math.floor(chance() * whole.calls);
      // A failure comes alone, or several follow each other.
      for (let i = 0; i < 1 + (trial % 5); i++) disk.failing.set(first + i * (1 + Math.floor(chance() * 3)), code);
      if (trial % 3 === 0) disk.stopAt = first + Math.floor(chance() * whole.calls);
      const acknowledged = { batches: 0 };
      try {
        refused += (await loadThrough(disk, acknowledged)) - 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Stopped);
      }
      await expectSurvived(disk.afterCrash(MODES[trial % MODES.length], chance), acknowledged.batches);
    }
    expect(refused).toBeGreaterThan(FAILURES / 4);
  });
});

const CHILD = fileURLToPath(new URL('../../dist/testing/load-forever.js', import.meta.url));

/** Lets a process load until `delay` ms after its first commit, kills it, and tells its last acknowledged commit. */
function loadAndKill(dir: string, way: string, delay: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, dir, way], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (output === '') setTimeout(() => child.kill('SIGKILL'), delay);
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
      resolve(Number(lines.at(-1)));
    });
  });
}

describe('kill -9 of a loading process', () => {
  it('leaves the last acknowledged commit readable, and the next process goes on', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'quanlian-kill-'));
    const chance = seededChance(11);
    const naive = new NaiveCorpus();
    let before = 0;
    try {
      for (let trial = 0; trial < 20; trial++) {
        const acknowledged = await loadAndKill(dir, trial % 4 === 0 ? 'threads' : 'inline', Math.floor(chance() * 60));
        const corpus = await openCorpusInline({ dir });
        const { sequence } = await corpus.refresh();
        expect([acknowledged, acknowledged + 1]).toContain(sequence);
        for (; before < sequence; before++) naive.apply(batchOf(before));
        await expectDocuments(corpus, naive.documents.sort(byId));
        await corpus.close();
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
