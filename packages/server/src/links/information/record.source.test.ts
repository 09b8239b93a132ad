import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathKey } from './load.key.js';
import type { LoadItem, LoadPosition, LoadSource } from './load.source.js';
import { openPathSource, openUploadSource } from './record.source.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-records-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const line = (number: number) =>
  `${JSON.stringify({ id: `EP${number}A1`, office: 'EP', number: String(number), kind: 'A1', titles: { en: 'x' }, sources: [] })}\n`;

async function items(source: LoadSource, after?: LoadPosition): Promise<LoadItem[]> {
  const found: LoadItem[] = [];
  for await (const item of source.read(after, new AbortController().signal)) found.push(item);
  return found;
}
const documents = (found: LoadItem[]) => found.flatMap((item) => (item.kind === 'document' ? [item] : []));

async function folder(): Promise<string> {
  const path = join(dir, 'week');
  await mkdir(join(path, 'a'), { recursive: true });
  await writeFile(join(path, 'a', 'one.jsonl'), line(1000001) + line(1000002));
  await writeFile(join(path, 'b.jsonl'), `${line(1000003)}{broken\n`);
  await writeFile(join(path, 'fig.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
  return path;
}

describe('files of a folder', () => {
  it('are called from the folder on, in documents, failures and drawings alike', async () => {
    const found = await items(await openPathSource([await folder()]));
    expect(documents(found).map(({ document }) => document.sources[0]?.file)).toEqual([
      'week/a/one.jsonl',
      'week/a/one.jsonl',
      'week/b.jsonl',
    ]);
    expect(found.find((item) => item.kind === 'failure')).toMatchObject({ failure: { file: 'week/b.jsonl' } });
    expect(found.find((item) => item.kind === 'asset')).toMatchObject({ path: 'week/fig.png' });
    expect(JSON.stringify(found.filter((item) => item.kind === 'failure').map(({ failure }) => failure))).not.toContain(
      dir,
    );
    expect(found.findLast((item) => item.kind === 'progress')).toMatchObject({ bytesDone: expect.any(Number) });
  });

  it('are gone on with after any record', async () => {
    const path = await folder();
    const all = documents(await items(await openPathSource([path])));
    for (const [i, { at }] of all.entries()) {
      const rest = documents(await items(await openPathSource([path]), at));
      expect(rest.map(({ document }) => document.id)).toEqual(all.slice(i + 1).map(({ document }) => document.id));
    }
  });

  it('are no longer the same once one up to the position changes, whatever happens behind it', async () => {
    const path = await folder();
    const position = { file: join(path, 'a', 'one.jsonl'), record: 1 };
    const before = (await openPathSource([path])).fingerprint(position);
    await utimes(join(path, 'b.jsonl'), 1, 1);
    expect((await openPathSource([path])).fingerprint(position)).toBe(before);
    await utimes(join(path, 'a', 'one.jsonl'), 1, 1);
    expect((await openPathSource([path])).fingerprint(position)).not.toBe(before);
  });

  it('are refused with a sentence when they are not there', async () => {
    await expect(openPathSource([join(dir, 'none')])).rejects.toMatchObject({ code: 'load.not_found' });
  });
});

describe('an upload', () => {
  it('goes on where it was although it lies elsewhere now, and never tells where it lies', async () => {
    const places = [join(dir, 'first'), join(dir, 'second')];
    for (const place of places) {
      await mkdir(place);
      await writeFile(join(place, 'up.jsonl'), line(1000001) + line(1000002));
    }
    const [first, second] = await Promise.all(places.map((place) => openUploadSource(join(place, 'up.jsonl'), 'hash')));
    if (!first || !second) throw new Error('two sources were opened');
    const [one] = documents(await items(first));
    if (!one) throw new Error('a document was read');
    expect(one.document.sources[0]?.file).toBe('up.jsonl');
    expect(second.fingerprint(one.at)).toBe(first.fingerprint(one.at));
    expect(documents(await items(second, one.at)).map(({ document }) => document.id)).toEqual(['EP1000002A1']);
  });
});

it('knows a load by its paths however they are written, and by its format', () => {
  expect(pathKey(['./x/../y'], 'auto')).toBe(pathKey(['y'], 'auto'));
  expect(pathKey(['y'], 'auto')).not.toBe(pathKey(['y'], 'cnipa'));
  expect(pathKey(['y', 'z'], 'auto')).not.toBe(pathKey(['z', 'y'], 'auto'));
});
