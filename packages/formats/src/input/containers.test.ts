import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadItem } from '../run/items.js';
import { parseBytes, parsePaths } from '../run/parse.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quanlian-formats-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (number: number): string => `${JSON.stringify({ office: 'EP', number: String(number), kind: 'A1' })}\n`;

interface Part {
  readonly name: string;
  readonly data: Uint8Array;
  readonly mode?: number;
  /** Names the bytes of this part's neighbour instead of its own. */
  readonly at?: number;
}

/** A zip archive written by hand, so that it can also be wrong. */
function zip(parts: readonly Part[]): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const packed = deflateRawSync(part.data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(part.data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(part.data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
    const central = Buffer.alloc(46);
    central.write('PK\x01\x02', 'latin1');
    central.writeUInt16LE(0x0314, 4);
    fields.copy(central, 6);
    central.writeUInt32LE(((part.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(part.at ?? offset, 42);
    directory.push(central, name);
    if (part.at === undefined) {
      chunks.push(local);
      offset += local.length;
    }
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, central, end]);
}

async function tar(parts: readonly (Partial<Part> & { name: string; type?: 'symlink' })[]): Promise<Buffer> {
  const archive = pack();
  for (const part of parts)
    archive.entry(
      { name: part.name, type: part.type ?? 'file', linkname: '/etc/passwd' },
      Buffer.from(part.data ?? []),
    );
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const show = (items: readonly ReadItem[]): string[] =>
  items.map((item) =>
    item.type === 'document'
      ? `${item.file} ${item.document.id}`
      : item.type === 'failure'
        ? `${item.file} ${item.failure.code}`
        : `${item.file} ${item.mediaType}`,
  );
async function read(paths: readonly string[]): Promise<ReadItem[]> {
  const items: ReadItem[] = [];
  for await (const item of await parsePaths(paths, { threads: 0 })) items.push(item);
  return items;
}
function save(name: string, data: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
}

describe('what opens', () => {
  test('folders in order, with archives inside archives, drawings and files that hold nothing', async () => {
    const root = join(folder, 'tree');
    mkdirSync(join(root, 'b'), { recursive: true });
    const inner = zip([{ name: 'in/c.jsonl', data: Buffer.from(line(3)) }]);
    writeFileSync(
      join(root, 'b', 'outer.tar.gz'),
      gzipSync(
        await tar([
          { name: './x/inner.zip', data: inner },
          { name: 'd.jsonl', data: Buffer.from(line(4)) },
        ]),
      ),
    );
    writeFileSync(join(root, 'a.jsonl'), line(1) + line(2));
    writeFileSync(join(root, 'c.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]));
    writeFileSync(join(root, 'readme.txt'), 'nothing');
    symlinkSync('/etc', join(root, 'link'));
    const reader = await parsePaths([root], { threads: 0 });
    const items: ReadItem[] = [];
    for await (const item of reader) items.push(item);
    expect(show(items).map((text) => text.slice(root.length + 1))).toEqual([
      'a.jsonl EP0000001A1',
      'a.jsonl EP0000002A1',
      'b/outer.tar.gz!x/inner.zip!in/c.jsonl EP0000003A1',
      'b/outer.tar.gz!d.jsonl EP0000004A1',
      'c.png image/png',
    ]);
    expect(reader.report()).toMatchObject({ read: 4, failed: 0, ignored: 1, assets: 1 });
    const { done, total } = reader.progress();
    expect(done).toBe(total);
  });

  test('members small and large, in any order', async () => {
    const members = [1, 90_000, 3, 120_000, 1].map((count, index) => ({
      name: `${index}.jsonl`,
      data: Buffer.from(Array.from({ length: count }, (_, number) => line(number + 1)).join('')),
    }));
    const counts = new Map<string, number>();
    for (const { file } of await parseBytes(zip(members), 'a.zip')) counts.set(file, (counts.get(file) ?? 0) + 1);
    expect([...counts]).toEqual([1, 90_000, 3, 120_000, 1].map((count, index) => [`a.zip!${index}.jsonl`, count]));
  });

  test('standard input, plain and packed', async () => {
    expect(show(await parseBytes(Buffer.from(line(1)), '-'))).toEqual(['- EP0000001A1']);
    expect(show(await parseBytes(gzipSync(line(1)), '-'))).toEqual(['- EP0000001A1']);
    expect(show(await parseBytes(zip([{ name: 'a', data: Buffer.from(line(1)) }]), '-'))).toEqual(['-!a EP0000001A1']);
  });

  test('zstd, also with several frames', async () => {
    // One frame of a raw block each: magic, descriptor for a single segment with its size, block header, bytes.
    const frame = (text: string): Buffer => {
      const data = Buffer.from(text);
      const header = (data.length << 3) | 1;
      return Buffer.concat([
        Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, data.length, header & 255, (header >> 8) & 255, header >> 16]),
        data,
      ]);
    };
    expect(show(await parseBytes(Buffer.concat([frame(line(1)), frame(line(2))]), 'a.zst'))).toEqual([
      'a.zst EP0000001A1',
      'a.zst EP0000002A1',
    ]);
    expect(show(await parseBytes(Buffer.concat([frame(line(1)), frame(line(2)).subarray(0, 20)]), 'a.zst'))).toEqual([
      'a.zst EP0000001A1',
      'a.zst record.malformed',
      'a.zst load.archive_refused',
    ]);
    expect(
      show(await parseBytes(Buffer.concat([frame(line(1)).subarray(0, 6), Buffer.alloc(500, 0xff)]), 'a.zst')),
    ).toEqual(['a.zst load.archive_refused']);
  });

  test('a path that does not exist is refused at once', async () => {
    await expect(parsePaths([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'load.not_found' });
  });
});

describe('what is refused', () => {
  const data = Buffer.from(line(1));

  test('names that point outside', async () => {
    expect(show(await parseBytes(zip([{ name: '../../etc/x.jsonl', data }]), 'a.zip'))).toEqual([
      'a.zip load.archive_refused',
    ]);
    expect(
      show(
        await parseBytes(
          await tar([
            { name: '../x.jsonl', data },
            { name: 'ok.jsonl', data },
          ]),
          'a.tar',
        ),
      ),
    ).toEqual(['a.tar!../x.jsonl load.archive_refused', 'a.tar!ok.jsonl EP0000001A1']);
  });

  test('links', async () => {
    const archive = zip([
      { name: 'l', data: Buffer.from('/etc/passwd'), mode: 0o120777 },
      { name: 'ok', data },
    ]);
    expect(show(await parseBytes(archive, 'a.zip'))).toEqual(['a.zip!l load.archive_refused', 'a.zip!ok EP0000001A1']);
    expect(show(await parseBytes(await tar([{ name: 'l', type: 'symlink' }]), 'a.tar'))).toEqual([
      'a.tar!l load.archive_refused',
    ]);
  });

  test('members of one name: the first is read', async () => {
    const archive = zip([
      { name: 'a', data },
      { name: 'a', data: Buffer.from(line(2)) },
    ]);
    expect(show(await parseBytes(archive, 'a.zip'))).toEqual(['a.zip!a EP0000001A1', 'a.zip!a load.archive_refused']);
  });

  test('members that share their bytes', async () => {
    expect(
      show(
        await parseBytes(
          zip([
            { name: 'a', data },
            { name: 'b', data, at: 0 },
          ]),
          'a.zip',
        ),
      ),
    ).toEqual(['a.zip load.archive_refused']);
  });

  test('archives too deep', async () => {
    let archive = zip([{ name: 'a.jsonl', data }]);
    for (let i = 0; i < 6; i += 1) archive = zip([{ name: 'n.zip', data: archive }]);
    expect(show(await parseBytes(archive, 'a.zip')).map((text) => text.split(' ')[1])).toEqual([
      'load.archive_refused',
    ]);
  });

  test('gzip and zip bombs, before they fill anything', async () => {
    const zeros = Buffer.alloc(120 * 1024 * 1024, 0x20);
    const start = performance.now();
    for (const bomb of [
      gzipSync(Buffer.concat([data, zeros])),
      zip([
        { name: 'a.jsonl', data: Buffer.concat([data, zeros]) },
        { name: 'b.jsonl', data },
      ]),
    ]) {
      const path = save('bomb', bomb);
      expect(show(await read([path])).filter((text) => text.endsWith('load.archive_refused')).length).toBe(1);
    }
    expect(performance.now() - start).toBeLessThan(60_000);
  });

  test('damaged archives; what came before the damage is kept', async () => {
    const packed = gzipSync(line(1) + line(2));
    const items = show(await parseBytes(packed.subarray(0, packed.length - 8), 'a.gz'));
    expect(items.at(-1)).toBe('a.gz load.archive_refused');
    expect(show(await parseBytes(Buffer.from('PK\x03\x04 no zip'), 'a.zip'))).toEqual(['a.zip load.archive_refused']);
  });

  test('a member of a zip archive that is damaged or of another size than said gives what comes before', async () => {
    const many = Array.from({ length: 20_000 }, (_, number) => line(number + 1)).join('');
    const sound = zip([
      { name: 'a.jsonl', data: Buffer.from(many) },
      { name: 'b.jsonl', data },
    ]);
    expect(show(await parseBytes(sound, 'a.zip'))).toHaveLength(20_001);
    const end = sound.indexOf('PK\x03\x04', 4, 'latin1');
    const damaged = Buffer.from(sound);
    damaged.fill(0xff, end - 40, end - 30);
    const longer = Buffer.from(sound);
    const size = longer.indexOf('PK\x01\x02', 0, 'latin1') + 24;
    longer.writeUInt32LE(many.length - 30, size);
    const shorter = Buffer.from(sound);
    shorter.writeUInt32LE(many.length + 30, size);
    for (const archive of [damaged, longer, shorter]) {
      const items = show(await parseBytes(archive, 'a.zip'));
      expect(items[0]).toBe('a.zip!a.jsonl EP0000001A1');
      expect(items.length).toBeGreaterThan(1000);
      expect(items.filter((item) => item === 'a.zip!a.jsonl load.archive_refused')).toHaveLength(1);
      expect(items.at(-1)).toBe('a.zip!b.jsonl EP0000001A1');
    }
  });

  test('empty files, foreign formats and images under another name', async () => {
    expect(show(await parseBytes(Buffer.from(''), 'a.xml'))).toEqual(['a.xml load.unknown_format']);
    expect(show(await parseBytes(Buffer.from('<?xml version="1.0"?><a/><?xml version="1.0"?><b/>'), 'a.xml'))).toEqual([
      'a.xml load.unknown_format',
    ]);
    expect(show(await parseBytes(Buffer.from('%PDF-1.4 <us-patent-grant/>'), 'a.pdf.xml'))).toEqual([
      'a.pdf.xml load.unknown_format',
    ]);
    expect(show(await parseBytes(Buffer.from('{\n "a": 1\n}'), 'a.jsonl'))).toEqual(['a.jsonl load.unknown_format']);
  });
});

test('files of the zip program and its like open too', async () => {
  const path = save('one.jsonl', Buffer.from(line(1)));
  try {
    execFileSync('tar', ['-czf', join(folder, 'one.tgz'), '-C', folder, 'one.jsonl']);
  } catch {
    return;
  }
  expect(show(await read([join(folder, 'one.tgz'), path])).length).toBe(2);
});
