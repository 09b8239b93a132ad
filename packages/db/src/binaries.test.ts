import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyPackage, makeLinks } from './binaries.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-bin-'));
  await mkdir(join(dir, 'native', 'lib'), { recursive: true });
  await writeFile(join(dir, 'native', 'lib', 'libx.so.1.2'), 'library');
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
  await writeFile(join(dir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('makes the links between libraries that an install script would have made, once', async () => {
  expect(await makeLinks(dir)).toBe(true);
  expect(await readFile(join(dir, 'native', 'lib', 'libx.so.1'), 'utf8')).toBe('library');
  expect(await makeLinks(dir)).toBe(true);
});

it('copies the programs with their links, and uses the copy the next time', async () => {
  const parent = join(dir, 'cache');
  const copy = await copyPackage({ dir, version: '1.0.0' }, parent);
  expect(await readFile(join(copy, 'native', 'lib', 'libx.so.1'), 'utf8')).toBe('library');
  expect(await copyPackage({ dir, version: '1.0.0' }, parent)).toBe(copy);
});
