import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAssetStore } from './asset.store.js';

const png = (text: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(text)]);
const source = (file: string) => ({ format: 'x', file, offset: 0, sha256: 'a' });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-files-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('keeps drawings by the hash of their bytes and finds them for a document from the same folder', async () => {
  const store = createAssetStore(dir);
  await store.put('week.zip!A/fig1.png', png('A'));
  await store.put('week.zip!B/FIG1.png', png('B'));
  await store.sync();
  const again = createAssetStore(dir);
  const a = await again.filesOf([{ file: 'fig1.png' }], [source('week.zip!A/doc.xml')]);
  const b = await again.filesOf([{ file: 'fig1.png' }], [source('week.zip!B/doc.xml')]);
  expect(a['fig1.png']?.hash).not.toBe(b['fig1.png']?.hash);
  const stored = await again.open(b['fig1.png']?.hash ?? '');
  expect(stored).toMatchObject({ mediaType: 'image/png', size: 9 });
  expect(await readFile(stored?.file ?? '')).toEqual(png('B'));
});

it('names no file when several different ones could be meant', async () => {
  const store = createAssetStore(dir);
  await store.put('one/fig1.png', png('1'));
  await store.put('two/fig1.png', png('2'));
  await store.sync();
  expect(await store.filesOf([{ file: 'fig1.png' }], [source('elsewhere.xml')])).toEqual({});
});

it('prefers the same archive when the document lies in another folder of it', async () => {
  const store = createAssetStore(dir);
  await store.put('a.zip!img/fig1.png', png('a'));
  await store.put('b.zip!img/fig1.png', png('b'));
  await store.sync();
  const files = await store.filesOf([{ file: 'fig1.png' }], [source('b.zip!xml/doc.xml')]);
  expect((await store.open(files['fig1.png']?.hash ?? ''))?.size).toBe(9);
  expect(await readFile((await store.open(files['fig1.png']?.hash ?? ''))?.file ?? '')).toEqual(png('b'));
});

it('does not keep what is no drawing, and opens nothing outside itself', async () => {
  const store = createAssetStore(dir);
  expect(await store.put('x.svg', Buffer.from('<svg onload="alert(1)"/>'))).toBe(false);
  expect(await store.open('../../etc/passwd')).toBeUndefined();
  expect(await store.open('f'.repeat(64))).toBeUndefined();
});
