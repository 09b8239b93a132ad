import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parsePaths } from '../run/parse.js';

const folder = mkdtempSync(join(tmpdir(), 'quanlian-close-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!existsSync('/proc/self/fd'))('files that are passed over are closed', async () => {
  for (let i = 0; i < 40; i += 1) writeFileSync(join(folder, `page-${i}.txt`), 'x'.repeat(600_000));
  const before = readdirSync('/proc/self/fd').length;
  const reader = await parsePaths([folder], { threads: 0 });
  for await (const item of reader) expect(item).toBeUndefined();
  expect(reader.report().ignored).toBe(40);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(readdirSync('/proc/self/fd').length - before).toBeLessThan(10);
});
