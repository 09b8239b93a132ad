import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDocument } from '../../app.fixture.js';
import { createAssetStore } from './asset.store.js';
import { openJournal } from './load.journal.js';
import { markKey } from './load.mark.js';
import { createLoadService, type LoadOrder, type LoadService } from './load.service.js';
import type { LoadItem, LoadPosition, LoadSource } from './load.source.js';

let root: string;
let backend: SearchBackend;
let loads: LoadService;

async function openService(documents = 3): Promise<void> {
  backend = await openCorpusInline({ dir: join(root, 'corpus'), write: true });
  loads = await createLoadService({
    backend,
    assets: createAssetStore(join(root, 'files')),
    journal: await openJournal(join(root, 'loads')),
    limits: { documents, bytes: 1e9 },
  });
}
async function closeService(): Promise<void> {
  await loads.close();
  await backend.close();
}
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quanlian-load-'));
  await openService();
});
afterEach(async () => {
  await closeService();
  await rm(root, { recursive: true, force: true });
});

type Part = PatentDocument | 'broken';
const numbered = (count: number, from = 1): PatentDocument[] =>
  Array.from({ length: count }, (_, i) => testDocument(`EP${1000000 + from + i}A1`));

interface Memory {
  readonly source: LoadSource;
  /** Positions that reading went on from. */
  readonly begun: (LoadPosition | undefined)[];
  /** Runs before the item of this number is given. */
  before: (record: number) => void | Promise<void>;
}

/** Inputs held in memory in place of files, told apart by their fingerprints. */
function memory(inputs: readonly (readonly Part[])[], fingerprint = 'the same'): Memory {
  const begun: (LoadPosition | undefined)[] = [];
  async function* read(after: LoadPosition | undefined, signal: AbortSignal): AsyncGenerator<LoadItem> {
    begun.push(after);
    let number = 0;
    let reached = after === undefined;
    for (const [input, parts] of inputs.entries()) {
      for (const [record, part] of parts.entries()) {
        number += 1;
        const at = { file: `file${input}`, record };
        if (!reached) {
          reached = at.file === after?.file && record === after.record;
          continue;
        }
        await held.before(number);
        if (signal.aborted) return;
        const failure = { code: 'record.malformed', message: 'Broken.', file: at.file, offset: record };
        yield part === 'broken' ? { kind: 'failure', failure, at } : { kind: 'document', document: part, at };
      }
    }
  }
  const source: LoadSource = { bytesTotal: null, fingerprint: () => fingerprint, read };
  const held: Memory = { begun, before: () => undefined, source };
  return held;
}

const order = (held: Memory, more: Partial<LoadOrder> = {}): LoadOrder => ({
  name: 'test',
  origin: 'command',
  key: 'test',
  open: async () => held.source,
  ...more,
});
const documents = async (): Promise<number> => (await backend.refresh()).documents;

describe('a load', () => {
  it('takes what it can, reports what it cannot, and leaves no note behind', async () => {
    const held = memory([[...numbered(4), 'broken'], numbered(2, 5)]);
    const job = await loads.ended(loads.enqueue(order(held)).id);
    expect(job).toMatchObject({ state: 'done', error: null, summary: { read: 7, added: 6, failed: 1 } });
    expect(job.failures).toEqual([{ code: 'record.malformed', message: 'Broken.', file: 'file0', offset: 4 }]);
    expect(job.sequence).toBe((await backend.refresh()).sequence);
    expect(await documents()).toBe(6);
    expect(await backend.marks()).toEqual({});
  });

  it('goes on where it was stopped, counting everything once', async () => {
    const all = [numbered(10), [...numbered(5, 11), 'broken' as const, ...numbered(4, 16)]];
    const held = memory(all);
    const { id } = loads.enqueue(order(held));
    held.before = (record) => {
      if (record === 14) loads.stop(id);
    };
    const first = await loads.ended(id);
    expect(first.state).toBe('stopped');
    expect(first.summary.read).toBe(await documents());

    await closeService();
    await openService();
    held.before = () => undefined;
    const second = await loads.ended(loads.enqueue(order(held)).id);
    expect(held.begun).toEqual([undefined, { file: 'file1', record: 2 }]);
    expect(second).toMatchObject({ state: 'done', summary: { read: 20, added: 19, unchanged: 0, failed: 1 } });
    expect(await backend.marks()).toEqual({});
  });

  it('keeps its failures over a stop', async () => {
    const held = memory([['broken', ...numbered(9), 'broken']]);
    const { id } = loads.enqueue(order(held));
    held.before = (record) => {
      if (record === 6) loads.stop(id);
    };
    await loads.ended(id);
    held.before = () => undefined;
    const job = await loads.ended(loads.enqueue(order(held)).id);
    expect(job.summary.failed).toBe(2);
    const lines = await readFile(join(root, 'loads', `${job.id}.failures.jsonl`), 'utf8');
    expect(lines.trim().split('\n')).toHaveLength(2);
    expect(job.failures.map((failure) => failure.offset)).toEqual([0, 10]);
  });

  it('begins anew when the files behind its position have changed', async () => {
    const held = memory([numbered(10)]);
    const { id } = loads.enqueue(order(held));
    held.before = (record) => {
      if (record === 8) loads.stop(id);
    };
    await loads.ended(id);
    const changed = memory([numbered(10)], 'of another size');
    const job = await loads.ended(loads.enqueue(order(changed)).id);
    expect(changed.begun).toEqual([undefined]);
    expect(job.summary).toMatchObject({ read: 10, added: 3, unchanged: 7 });
  });

  it('commits what was read before its source failed, and says why it ended', async () => {
    const held = memory([numbered(10)]);
    held.before = (record) => {
      if (record === 8) throw new Error('the disk is gone');
    };
    const job = await loads.ended(loads.enqueue(order(held)).id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'server.internal' }, summary: { read: 7 } });
    expect(job.error?.message).not.toContain('disk');
    expect(await documents()).toBe(7);
    expect(Object.keys(await backend.marks())).toEqual([markKey('test')]);
  });

  it('waits for the one before it, and never starts once stopped', async () => {
    const held = memory([numbered(5)]);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    held.before = () => gate;
    const first = loads.enqueue(order(held));
    const second = loads.enqueue(order(memory([numbered(5, 100)]), { key: 'second' }));
    loads.stop(second.id);
    expect(loads.get(second.id).state).toBe('waiting');
    release();
    expect((await loads.ended(first.id)).state).toBe('done');
    expect((await loads.ended(second.id)).state).toBe('stopped');
    expect(await documents()).toBe(5);
  });

  it('fails with a sentence when there is nothing in it', async () => {
    const job = await loads.ended(loads.enqueue(order(memory([]))).id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'load.unknown_format' } });
  });

  it('ends although its source hangs, keeping what was read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const held = memory([numbered(10)]);
    const { id } = loads.enqueue(order(held));
    let hangs = false;
    held.before = (record) => {
      hangs = record === 6;
      return hangs ? new Promise(() => undefined) : undefined;
    };
    await vi.waitUntil(() => hangs);
    loads.stop(id);
    await vi.advanceTimersByTimeAsync(6000);
    vi.useRealTimers();
    expect((await loads.ended(id)).summary.read).toBe(5);
    expect(await documents()).toBe(5);
  });

  it('is known after the program has started again', async () => {
    const job = await loads.ended(loads.enqueue(order(memory([numbered(2)]))).id);
    await closeService();
    await openService();
    expect(loads.get(job.id)).toEqual(job);
    expect(() => loads.get('another')).toThrow(expect.objectContaining({ code: 'load.not_found' }));
  });

  it('is left to do when the program ends, and its files are named', async () => {
    const held = memory([numbered(10)]);
    let closed: Promise<void> = Promise.resolve();
    held.before = (record) => {
      if (record === 5) closed = loads.close();
    };
    const { id } = loads.enqueue(order(held, { paths: ['/somewhere/file0'] }));
    await expect.poll(() => held.begun.length).toBe(1);
    await loads.ended(id);
    await closed;
    await backend.close();
    await openService();
    expect(loads.unfinished).toMatchObject([{ job: { id }, key: 'test', paths: ['/somewhere/file0'] }]);
  });
});
