import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertHere, convertHereTo, convertPage } from './convert.js';
import { describeImage } from './describe.js';
import { readJpegFrame } from './jpeg.js';
import { pageOf } from './page-formats.js';
import { type Raster, SAMPLES, writePng } from './png.js';
import { readPng } from './png-rows.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../src/images/fixtures/${name}`, import.meta.url));

const raster = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom<[Raster['depth'], Raster['colour']]>([1, 0], [8, 0], [16, 0], [8, 2], [1, 3], [4, 3], [8, 3]),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  })
  .map(({ width, height, kind: [depth, colour], bytes }): Raster => {
    const rowBytes = Math.ceil((width * depth * (SAMPLES[colour] ?? 1)) / 8);
    const rows = Uint8Array.from({ length: rowBytes * height }, (_, at) => bytes[at % bytes.length] as number);
    const palette = Uint8Array.from({ length: 3 * 2 ** depth }, (_, at) => (at * 7) % 256);
    return { width, height, depth, colour, rows, ...(colour === 3 ? { palette } : {}) };
  });

/** Rows with the bits behind the last picture element of each row blank. */
function seen({ width, height, depth, colour, rows }: Raster): Buffer {
  const bits = width * depth * (SAMPLES[colour] ?? 1);
  const rowBytes = Math.ceil(bits / 8);
  const last = 0xff & (0xff << (rowBytes * 8 - bits));
  return Buffer.from(
    rows.slice(0, rowBytes * height).map((byte, at) => ((at + 1) % rowBytes === 0 ? byte & last : byte)),
  );
}

describe('a page', () => {
  it('written as TIFF is read as the same picture, and as PDF has one page that holds it', () => {
    fc.assert(
      fc.property(raster, (one) => {
        const png = { mediaType: 'image/png', bytes: writePng(one) } as const;
        const back = convertHere(pageOf(png, 'tiff'), 'image/tiff', 1);
        const shown = readPng(back?.bytes ?? new Uint8Array());
        expect([shown.width, shown.height]).toEqual([one.width, one.height]);
        if (one.colour !== 3) expect(seen(shown)).toEqual(seen(one));
        const pdf = pageOf(png, 'pdf');
        expect(describeImage(pdf, 'application/pdf')?.pages).toBe(1);
        const places = [
          ...Buffer.from(pdf)
            .toString('latin1')
            .matchAll(/^(\d{10}) 00000 n $/gm),
        ];
        for (const [index, [, place]] of places.entries())
          expect(Buffer.from(pdf).toString('latin1', Number(place))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
      }),
      { numRuns: 150 },
    );
  });

  it('of a palette keeps its colours', () => {
    const one: Raster = {
      width: 2,
      height: 1,
      depth: 8,
      colour: 3,
      rows: Uint8Array.of(1, 0),
      palette: Uint8Array.of(255, 0, 0, 0, 128, 255),
    };
    const back = convertHere(pageOf({ mediaType: 'image/png', bytes: writePng(one) }, 'tiff'), 'image/tiff', 1);
    const { palette = new Uint8Array(), rows } = readPng(back?.bytes ?? new Uint8Array());
    expect([...rows].flatMap((at) => [...palette.slice(at * 3, at * 3 + 3)])).toEqual([0, 128, 255, 255, 0, 0]);
  });

  it('is taken from one of several in a file, on a thread of its own', async () => {
    const tiff = fixture('group4.tif');
    const pdf = await convertPage(tiff, 'image/tiff', 1, 'pdf');
    expect([pdf?.mediaType, Buffer.from(pdf?.bytes ?? []).toString('latin1', 0, 5)]).toEqual([
      'application/pdf',
      '%PDF-',
    ]);
    expect(await convertPage(tiff, 'image/tiff', 2, 'pdf')).toBeUndefined();
    const png = convertHereTo(tiff, 'image/tiff', 1, undefined);
    expect(png?.mediaType).toBe('image/png');
  });

  it('lies over white where it is transparent, and unfiltered rows are what they were', () => {
    const rows = Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0);
    const shown = readPng(writePng({ width: 2, height: 1, depth: 8, colour: 6, rows }));
    expect([shown.colour, ...shown.rows]).toEqual([2, 10, 20, 30, 255, 255, 255]);
    // Two rows of three grey elements, the first filtered by its left, the second by Paeth's rule.
    const plain = writePng({ width: 3, height: 2, depth: 8, colour: 0, rows: Uint8Array.of(5, 7, 9, 6, 9, 12) });
    const packed = deflateSync(Uint8Array.of(1, 5, 2, 2, 4, 1, 2, 3));
    const begin = plain.indexOf('IDAT') - 4;
    const chunk = plain.subarray(begin, begin + 12 + plain.readUInt32BE(begin));
    expect(chunk.length).toBeGreaterThan(12);
    const table = Buffer.concat([Buffer.alloc(4), Buffer.from('IDAT'), packed, Buffer.alloc(4)]);
    table.writeUInt32BE(packed.length, 0);
    table.writeUInt32BE(crcOf(table.subarray(4, 8 + packed.length)), 8 + packed.length);
    const file = Buffer.concat([plain.subarray(0, begin), table, plain.subarray(begin + chunk.length)]);
    expect([...readPng(file).rows]).toEqual([5, 7, 9, 6, 9, 12]);
  });

  it('that is a JPEG is handed over as it is, in the frame of the other format', () => {
    const jpeg = Buffer.from('ffd8ffc0001108000300050301220002110103110100ffd9', 'hex');
    expect(readJpegFrame(jpeg)).toEqual({ width: 5, height: 3, components: 3, subsampling: [2, 2] });
    for (const format of ['tiff', 'pdf'] as const)
      expect(Buffer.from(pageOf({ mediaType: 'image/jpeg', bytes: jpeg }, format)).includes(jpeg)).toBe(true);
    expect(() => pageOf({ mediaType: 'image/gif', bytes: jpeg }, 'pdf')).toThrow('it is a GIF');
  });
});

/** CRC-32 as PNG has it, bit by bit. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
