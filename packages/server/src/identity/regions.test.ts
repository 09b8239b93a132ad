import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRegions } from './regions.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-regions-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('the names of countries and regions', () => {
  it('ship with the wording of the standard, in both languages', async () => {
    const { regions } = await readRegions(join(dir, 'none.json'));
    const named = (code: string) => regions.find((region) => region.code === code)?.name;
    expect(named('TW')).toEqual({ zh: '中国台湾省', en: 'Taiwan, Province of China' });
    expect(named('HK')?.zh).toBe('中国香港特别行政区');
    expect(named('EP')?.en).toContain('European Patent Office');
    expect(regions.length).toBeGreaterThan(200);
  });

  it('are replaced as a whole by the operator’s own file, and refused when that is wrong', async () => {
    const own = join(dir, 'regions.json');
    const list = {
      ...(await readRegions(join(dir, 'none.json'))),
      regions: [{ code: 'CN', kind: 'state-or-entity', name: { zh: '中国', en: 'China' } }],
    };
    await writeFile(own, JSON.stringify(list));
    expect((await readRegions(own)).regions).toEqual(list.regions);
    await writeFile(own, JSON.stringify({ ...list, regions: [...list.regions, ...list.regions] }));
    await expect(readRegions(own)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('CN is named twice'),
    });
    await writeFile(own, '{');
    await expect(readRegions(own)).rejects.toMatchObject({ code: 'config.invalid' });
  });
});
