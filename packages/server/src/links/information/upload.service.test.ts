import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUploads, safeFileName } from './upload.service.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quanlian-uploads-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const uploads = (bytes = 1000, silenceMs = 1000) => createUploads(root, { bytes, silenceMs });

describe('an upload', () => {
  it('lands on disk whole, under a safe name, with the hash of its bytes', async () => {
    const content = Buffer.from('patents');
    const upload = await uploads().receive(Readable.from([content]), '../../专利 2024.zip', content.length);
    expect(upload.name).toBe('专利 2024.zip');
    expect(await readFile(upload.file)).toEqual(content);
    expect(upload.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('is refused beyond the limit although its size was not announced, and leaves nothing', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(100);
      })(),
    );
    await expect(uploads().receive(endless, 'a.zip', undefined)).rejects.toMatchObject({ code: 'request.too_large' });
    expect(await readdir(root)).toEqual([]);
  });

  it('is refused before it starts when its announced size does not fit the disk', async () => {
    const huge = createUploads(root, { bytes: 2 ** 60, silenceMs: 1000 });
    const asked = huge.receive(Readable.from([]), 'a.zip', 2 ** 59);
    await expect(asked).rejects.toMatchObject({ code: 'corpus.disk_full' });
  });

  it('is given up when nothing comes any more', async () => {
    const silent = new Readable({ read: () => undefined });
    await expect(uploads(1000, 30).receive(silent, 'a.zip', undefined)).rejects.toMatchObject({
      code: 'request.invalid',
    });
    expect(await readdir(root)).toEqual([]);
  });
});

describe('a file name', () => {
  it('never names a folder, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        let name: string;
        try {
          name = safeFileName(text);
        } catch {
          return;
        }
        expect(name).not.toMatch(/[/\\\0]|^\.|^$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('keeps its end when it is shortened', () => {
    expect(safeFileName(`${'长'.repeat(300)}.xml.gz`)).toMatch(/\.xml\.gz$/);
  });
});
