import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorpusStatsSchema, LoadSummarySchema } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, quanlian, start } from '../cli.fixture.js';

/** More than two batches, so that there is a commit to cut after. */
const COUNT = 11_000;

let dir: string;
let file: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-cli-cut-'));
  file = join(dir, 'many.jsonl');
  const lines = Array.from({ length: COUNT }, (_, i) => {
    const number = String(2000001 + i);
    const id = `EP${number}A1`;
    return JSON.stringify({ id, office: 'EP', number, kind: 'A1', titles: { en: `Separator ${number}` }, sources: [] });
  });
  await writeFile(file, `${lines.join('\n')}\n`);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const summaryOf = (out: string) => LoadSummarySchema.parse(jsonLines(out)[0]);
const sequenceOf = (out: string) => (jsonLines(out)[0] as { sequence: number | null }).sequence;

describe('a load that is cut', () => {
  /** Resolves once the running load has committed something. */
  async function committed(folder: string): Promise<void> {
    await expect
      .poll(
        async () => {
          const names = await readdir(join(folder, 'loads')).catch(() => []);
          const texts = await Promise.all(names.map((name) => readFile(join(folder, 'loads', name), 'utf8')));
          return texts.some((text) => /"sequence":\d/.test(text));
        },
        { timeout: 30_000, interval: 10 },
      )
      .toBe(true);
  }

  it('goes on from its last commit after a kill', async () => {
    const folder = join(dir, 'cut');
    const killed = start(['load', file, '--data', folder]);
    await committed(folder);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const again = start(['load', file, '--json', '--data', folder]);
    const { code, out } = await again.ended;
    expect(code).toBe(0);
    expect(summaryOf(out)).toMatchObject({ read: COUNT, failed: 0, unchanged: 0 });
    expect(sequenceOf(out)).toBeGreaterThan(1);
    const stats = await quanlian(['stats', '--json', '--data', folder]);
    expect(CorpusStatsSchema.parse(jsonLines(stats.out)[0])).toMatchObject({ documents: COUNT, records: COUNT });
  });

  it('says how to go on after Ctrl-C', async () => {
    const folder = join(dir, 'stopped');
    const stopped = start(['load', file, '--json', '--data', folder]);
    await committed(folder);
    stopped.child.kill('SIGINT');
    const { code, out, err } = await stopped.ended;
    // The load may have been at its end already; then there was nothing to stop.
    if (code !== 0) {
      expect(err).toContain('Run the same command again');
      expect(summaryOf(out).read).toBeLessThan(COUNT);
    }
    const again = await quanlian(['load', file, '--json', '--data', folder]);
    const stats = await quanlian(['stats', '--json', '--data', folder]);
    expect(again.code).toBe(0);
    expect(CorpusStatsSchema.parse(jsonLines(stats.out)[0]).documents).toBe(COUNT);
  });
});
