import { readFileSync } from 'node:fs';
import { gunzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFax } from './ccitt.js';
import { convertHere, convertImage } from './convert.js';
import { describeImage } from './describe.js';
import { SAMPLES, writePng } from './png.js';

/** Pictures of our own, packed by libtiff's tiffcp and tiff2pdf; `page.pbm` has runs of every length. */
const fixture = (name: string): Buffer => readFileSync(new URL(`../../src/images/fixtures/${name}`, import.meta.url));

/** The rows of a PNG without filters. */
function rowsOf(png: Uint8Array): { width: number; height: number; rows: Buffer } {
  const file = Buffer.from(png);
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const rowBytes = Math.ceil((width * (file[24] ?? 1) * (SAMPLES[file[25] ?? 0] ?? 1)) / 8);
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const filtered = inflateSync(Buffer.concat(data));
  const rows = Buffer.concat(
    Array.from({ length: height }, (_, row) => filtered.subarray(row * (rowBytes + 1) + 1, (row + 1) * (rowBytes + 1))),
  );
  return { width, height, rows };
}

/** The rows of a PBM, PGM or PPM file. */
function plainRows(file: Buffer): Buffer {
  let at = 0;
  for (let lines = file.toString('latin1', 0, 2) === 'P4' ? 2 : 3; lines > 0; lines -= 1)
    at = file.indexOf(0x0a, at) + 1;
  return file.subarray(at);
}

const PAGE = plainRows(gunzipSync(fixture('page.pbm.gz')));

/** The page with the bits behind the last picture element of each row blank. */
function trimmed(rows: Uint8Array): Buffer {
  const rowBytes = Math.ceil(5203 / 8);
  return Buffer.from(rows.map((byte, i) => ((i + 1) % rowBytes === 0 ? byte & 0xe0 : byte)));
}

const converted = (name: string, page = 1): Uint8Array =>
  convertHere(fixture(name), name.endsWith('.pdf') ? 'application/pdf' : 'image/tiff', page)?.bytes ?? new Uint8Array();

describe('drawings of one bit', () => {
  test.each([
    'group4.tif',
    'group4-reversed-strips.tif',
    'group3-one.tif',
    'group3-two.tif',
    'group3-fill.tif',
    'lzw.tif',
    'deflate.tif',
  ])('%s becomes the picture it was made of', (name) => {
    const { width, height, rows } = rowsOf(converted(name));
    expect([width, height]).toEqual([5203, 180]);
    const black = trimmed(rows.map((byte) => ~byte & 0xff));
    expect(black.equals(trimmed(PAGE))).toBe(true);
  });

  test('pages of a TIFF and of a scanned PDF are counted and converted one by one', () => {
    expect(describeImage(fixture('two-pages.tif'), 'image/tiff')).toEqual({ pages: 2, width: 5203, height: 180 });
    expect(describeImage(fixture('scan.pdf'), 'application/pdf')).toEqual({ pages: 2 });
    for (const name of ['two-pages.tif', 'scan.pdf']) {
      for (const page of [1, 2]) {
        const black = trimmed(rowsOf(converted(name, page)).rows.map((byte) => ~byte & 0xff));
        expect(black.equals(trimmed(PAGE)), `${name} ${page}`).toBe(true);
      }
      expect(convertHere(fixture(name), name.endsWith('pdf') ? 'application/pdf' : 'image/tiff', 3)).toBeUndefined();
    }
  });

  test('conversion on a thread gives the same', async () => {
    const picture = await convertImage(fixture('group4.tif'), 'image/tiff', 1);
    expect(Buffer.from(picture?.bytes ?? []).equals(Buffer.from(converted('group4.tif')))).toBe(true);
    await expect(convertImage(fixture('jpeg.tif'), 'image/tiff', 1)).rejects.toMatchObject({ code: 'image.refused' });
  });
});

describe('grey and colour', () => {
  test.each([
    ['colour-lzw-predictor.tif', 'colour.ppm'],
    ['colour-tiles.tif', 'colour.ppm'],
    ['colour.pdf', 'colour.ppm'],
    ['grey.tif', 'grey.pgm'],
    ['grey-big-endian.tif', 'grey.pgm'],
    ['packbits-strips.tif', 'grey.pgm'],
  ])('%s', (name, plain) => {
    expect(rowsOf(converted(name)).rows.equals(plainRows(fixture(plain)))).toBe(true);
  });
});

describe('images that are refused', () => {
  const png = writePng({ width: 8, height: 2, depth: 8, colour: 0, rows: new Uint8Array(16) });
  const changed = (bytes: Buffer, at: number, ...to: number[]): Buffer => {
    const copy = Buffer.from(bytes);
    copy.set(to, at);
    return copy;
  };
  test.each([
    ['a TIFF that is cut off', 'image/tiff', fixture('group4.tif').subarray(0, 9000), /cut off/],
    ['a TIFF in a kind of JPEG', 'image/tiff', fixture('jpeg.tif'), /compression 7 is not read/],
    ['a PNG that is cut off', 'image/png', png.subarray(0, 50), /cut off/],
    ['a PNG with a wrong checksum', 'image/png', changed(png, 45, 1), /checksum/],
    ['a PDF that is cut off', 'application/pdf', fixture('scan.pdf').subarray(0, 20_000), /no end/],
    ['a JPEG without an end', 'image/jpeg', Buffer.from('ffd8ffe000104a464946', 'hex'), /no end/],
    ['a JPEG without a size', 'image/jpeg', Buffer.from('ffd8ffd9', 'hex'), /how large/],
  ])('%s, by name', (_, mediaType, bytes, why) => {
    expect(() => describeImage(bytes, mediaType)).toThrow(why);
  });

  test('what would unpack to more than the limit, before it is unpacked', () => {
    const huge = writePng({ width: 1, height: 1, depth: 1, colour: 0, rows: new Uint8Array(1) });
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    // The checksum of the header is looked at first; the size of a sound header is what counts.
    expect(() => describeImage(huge, 'image/png')).toThrow(/checksum/);
    const tiff = Buffer.from(fixture('group4.tif'));
    const directory = tiff.readUInt32LE(4);
    for (let i = 0; i < tiff.readUInt16LE(directory); i += 1) {
      const entry = directory + 2 + i * 12;
      if (tiff.readUInt16LE(entry) === 257) tiff.writeUInt32LE(60_000, entry + 8);
      if (tiff.readUInt16LE(entry) === 256) tiff.writeUInt32LE(60_000, entry + 8);
    }
    expect(() => describeImage(tiff, 'image/tiff')).toThrow(/60000 by 60000/);
  });

  test('a circle of directories ends', () => {
    const tiff = Buffer.from(fixture('group4.tif'));
    const directory = tiff.readUInt32LE(4);
    tiff.writeUInt32LE(directory, directory + 2 + tiff.readUInt16LE(directory) * 12);
    expect(() => describeImage(tiff, 'image/tiff')).toThrow(/circle/);
  });

  test('damage anywhere is refused or shown, never a crash', () => {
    const names = ['group4.tif', 'group3-two.tif', 'lzw.tif', 'colour-tiles.tif', 'packbits-strips.tif', 'scan.pdf'];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (name, edits) => {
          const bytes = Buffer.from(fixture(name));
          for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
          try {
            convertHere(bytes, name.endsWith('.pdf') ? 'application/pdf' : 'image/tiff', 1);
          } catch (error) {
            expect(error).toMatchObject({ code: 'image.refused' });
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  test('any bits are fax data or refused with their row', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: -1, max: 1 }),
        (data, width, k) => {
          try {
            expect(decodeFax(data, { width, height: 5, k, aligned: false })).toHaveLength(Math.ceil(width / 8) * 5);
          } catch (error) {
            expect(error).toMatchObject({ code: 'image.refused' });
          }
        },
      ),
    );
  });
});
