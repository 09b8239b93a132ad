import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PatentDocument } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { type CrashMode, MemoryDisk, Stopped } from './testing/memory-disk.js';
import { NaiveCorpus } from './testing/oracle.js';
import { batchOf, seededChance } from './testing/records.js';

const DIR = '/data/corpus';
const BATCHES = 6;
const TRIALS = 200;
const MODES: readonly CrashMode[] = ['lost', 'mixed', 'lost', 'kept'];

const open = (fs: MemoryDisk): Promise<SearchBackend> => openCorpusInline({ dir: DIR, write: true, fs });

/** Loads the batches from where the corpus stands; remembers what was acknowledged. */
async function loadAll(fs: MemoryDisk, acknowledged: { sequence: number }): Promise<SearchBackend> {
  const corpus = await open(fs);
  for (let index = (await corpus.refresh()).sequence; index < BATCHES; index++) {
    const { sequence } = await corpus.apply(batchOf(index), { position: String(index) });
    acknowledged.sequence = sequence;
  }
  return corpus;
}

/** A lock left by the machine's earlier run: same process number, another boot. */
function ageLock(fs: MemoryDisk): void {
  const path = join(DIR, 'lock');
  const lock = fs.names.get(path)?.data.toString('utf8');
  if (lock?.endsWith('}')) fs.put(path, Buffer.from(JSON.stringify({ ...JSON.parse(lock), boot: 'an earlier one' })));
}

const byId = (a: PatentDocument, b: PatentDocument): number => (a.id < b.id ? -1 : 1);

/** Compares every document with what the first `sequence` batches give; `naive` holds the first `from` of them. */
async function expectWhole(
  corpus: SearchBackend,
  sequence: number,
  naive: NaiveCorpus = new NaiveCorpus(),
  from = 0,
): Promise<void> {
  for (let index = from; index < sequence; index++) naive.apply(batchOf(index));
  const expected = naive.documents.sort(byId);
  const found: PatentDocument[] = [];
  for await (const doc of corpus.scan({ op: 'all' }, 'newest')) found.push(doc);
  expect(found.sort(byId)).toEqual(expected);
  const all = await corpus.search({ query: { op: 'term', field: 'text', text: '电池' }, sort: 'newest', limit: 0 });
  expect(all.total).toBe(expected.length);
  expect(await corpus.marks()).toEqual(sequence === 0 ? {} : { position: String(sequence - 1) });
  expect(await corpus.check()).toMatchObject({ ok: true, sequence });
}

describe('a crash of the machine', () => {
  it('leaves the last acknowledged commit whole, and loading goes on', async () => {
    const whole = new MemoryDisk();
    await loadAll(whole, { sequence: 0 });
    const stops = new Set<number>();
    for (let trial = 0; trial < TRIALS; trial++) {
      const chance = seededChance(trial);
      const disk = new MemoryDisk();
      disk.stopAt = 1 + Math.floor(chance() * whole.calls);
      stops.add(disk.stopAt);
      const acknowledged = { sequence: 0 };
      await expect(loadAll(disk, acknowledged)).rejects.toThrow(Stopped);
      const after = disk.afterCrash(MODES[trial % MODES.length], chance);
      ageLock(after);
      const corpus = await open(after);
      const { sequence } = await corpus.refresh();
      expect([acknowledged.sequence, acknowledged.sequence + 1]).toContain(sequence);
      await expectWhole(corpus, sequence);
      await corpus.close();
      const goneOn = await loadAll(after, { sequence });
      await expectWhole(goneOn, BATCHES);
      const leftovers = [...after.names.keys()].filter((name) => name.endsWith('.tmp'));
      expect(leftovers).toEqual([]);
    }
    expect(stops.size).toBeGreaterThan(TRIALS / 4);
  });

  it('is survived again and again on one disk', async () => {
    let disk = new MemoryDisk();
    const chance = seededChance(7);
    const acknowledged = { sequence: 0 };
    for (let round = 0; acknowledged.sequence < BATCHES; round++) {
      disk.stopAt = disk.calls + 5 + Math.floor(chance() * 150);
      await loadAll(disk, acknowledged).catch((error: unknown) => expect(error).toBeInstanceOf(Stopped));
      disk = disk.afterCrash('mixed', chance);
      ageLock(disk);
      expect(round).toBeLessThan(1000);
    }
    const corpus = await open(disk);
    await expectWhole(corpus, BATCHES);
  });
});

const CHILD = fileURLToPath(new URL('../dist/testing/load-forever.js', import.meta.url));

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
        await expectWhole(corpus, sequence, naive, before);
        before = sequence;
        await corpus.close();
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 180_000);
});
