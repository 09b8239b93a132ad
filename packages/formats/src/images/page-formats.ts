import { deflateSync } from 'node:zlib';
import { readJpegFrame } from './jpeg.js';
import type { Picture } from './picture.js';
import { type Raster, SAMPLES } from './png.js';
import { readPng } from './png-rows.js';
import { imageUnsupported } from './refusal.js';

/** The formats in which pages of patents are handed over. */
export type PageFormat = 'tiff' | 'pdf';

/** Pages are scanned with 300 dots to the inch. */
const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;

const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const DEFLATE = 8;
const JPEG = 7;
const PHOTOMETRIC: Readonly<Record<number, number>> = { 0: 1, 2: 2, 3: 3 };
const YCBCR = 6;

type Field = readonly [tag: number, type: number, values: readonly number[]];

function valueBytes(type: number, values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * (type === SHORT ? 2 : 4));
  for (const [at, value] of values.entries()) {
    if (type === SHORT) bytes.writeUInt16BE(value, at * 2);
    else bytes.writeUInt32BE(value, at * 4);
  }
  return bytes;
}

/** One page as a TIFF file of one strip (TIFF 6.0, big-endian): header, strip, directory, values that do not fit in it. */
function tiffFile(strip: Uint8Array, fields: readonly Field[]): Buffer {
  const header = Buffer.alloc(8);
  header.write('MM\u0000*', 0, 'latin1');
  const padding = Buffer.alloc(strip.length % 2);
  const at = header.length + strip.length + padding.length;
  header.writeUInt32BE(at, 4);
  const all = [...fields, [273, LONG, [header.length]] as Field, [279, LONG, [strip.length]] as Field].sort(
    ([a], [b]) => a - b,
  );
  const directory = Buffer.alloc(2 + all.length * 12 + 4);
  directory.writeUInt16BE(all.length, 0);
  const beyond: Buffer[] = [];
  let free = at + directory.length;
  for (const [index, [tag, type, values]] of all.entries()) {
    const entry = 2 + index * 12;
    const bytes = valueBytes(type, values);
    directory.writeUInt16BE(tag, entry);
    directory.writeUInt16BE(type, entry + 2);
    directory.writeUInt32BE(type === RATIONAL ? values.length / 2 : values.length, entry + 4);
    if (bytes.length <= 4) directory.set(bytes, entry + 8);
    else {
      directory.writeUInt32BE(free, entry + 8);
      beyond.push(bytes);
      free += bytes.length;
    }
  }
  return Buffer.concat([header, strip, padding, directory, ...beyond]);
}

const common = (width: number, height: number, samples: number, bits: number): Field[] => [
  [256, LONG, [width]],
  [257, LONG, [height]],
  [258, SHORT, Array<number>(samples).fill(bits)],
  [277, SHORT, [samples]],
  [278, LONG, [height]],
  [282, RATIONAL, [DOTS_PER_INCH, 1]],
  [283, RATIONAL, [DOTS_PER_INCH, 1]],
  [296, SHORT, [2]],
];

/** A palette as TIFF has it: all reds, all greens, all blues, in 16 bits, as many as the depth can name. */
function colourMap({ palette = new Uint8Array(), depth }: Raster): number[] {
  const count = 2 ** depth;
  return [0, 1, 2].flatMap((part) => Array.from({ length: count }, (_, at) => (palette[at * 3 + part] ?? 0) * 257));
}

function tiffOfRaster(raster: Raster): Buffer {
  const { width, height, depth, colour, rows } = raster;
  return tiffFile(deflateSync(rows), [
    ...common(width, height, SAMPLES[colour] ?? 1, depth),
    [259, SHORT, [DEFLATE]],
    [262, SHORT, [PHOTOMETRIC[colour] ?? 1]],
    ...(colour === 3 ? [[320, SHORT, colourMap(raster)] as Field] : []),
  ]);
}

function tiffOfJpeg(bytes: Uint8Array): Buffer {
  const { width, height, components, subsampling } = readJpegFrame(bytes);
  return tiffFile(bytes, [
    ...common(width, height, components, 8),
    [259, SHORT, [JPEG]],
    [262, SHORT, [components === 1 ? 1 : YCBCR]],
    ...(components === 1 ? [] : [[530, SHORT, [...subsampling]] as Field]),
  ]);
}

/** One picture that fills one page (ISO 32000-1). `image` is what the dictionary of the picture says besides its size. */
function pdfFile(width: number, height: number, image: string, data: Uint8Array): Buffer {
  const points = (dots: number): string => ((dots * POINTS_PER_INCH) / DOTS_PER_INCH).toFixed(2);
  const [w, h] = [points(width), points(height)];
  const drawing = Buffer.from(`q ${w} 0 0 ${h} 0 0 cm /P Do Q`);
  const stream = (dictionary: string, content: Uint8Array): Buffer[] => [
    Buffer.from(`<<${dictionary}/Length ${content.length}>>\nstream\n`),
    Buffer.from(content),
    Buffer.from('\nendstream'),
  ];
  const objects: Buffer[][] = [
    [Buffer.from('<</Type/Catalog/Pages 2 0 R>>')],
    [Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>')],
    [
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]/Resources<</XObject<</P 5 0 R>>>>/Contents 4 0 R>>`,
      ),
    ],
    stream('', drawing),
    stream(`/Type/XObject/Subtype/Image/Width ${width}/Height ${height}${image}`, data),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.5\n%\u00e2\u00e3\n', 'latin1')];
  let at = parts[0]?.length ?? 0;
  const places = objects.map((pieces, index) => {
    const place = at;
    const written = [Buffer.from(`${index + 1} 0 obj\n`), ...pieces, Buffer.from('\nendobj\n')];
    parts.push(...written);
    at += written.reduce((sum, { length }) => sum + length, 0);
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

function pdfOfRaster({ width, height, depth, colour, rows, palette = new Uint8Array() }: Raster): Buffer {
  const named = `[/Indexed/DeviceRGB ${Math.max(0, palette.length / 3 - 1)}<${Buffer.from(palette).toString('hex')}>]`;
  const space = colour === 3 ? named : colour === 2 ? '/DeviceRGB' : '/DeviceGray';
  return pdfFile(width, height, `/ColorSpace${space}/BitsPerComponent ${depth}/Filter/FlateDecode`, deflateSync(rows));
}

function pdfOfJpeg(bytes: Uint8Array): Buffer {
  const { width, height, components } = readJpegFrame(bytes);
  const space = components === 1 ? '/DeviceGray' : '/DeviceRGB';
  return pdfFile(width, height, `/ColorSpace${space}/BitsPerComponent 8/Filter/DCTDecode`, bytes);
}

/** A picture as one page of TIFF or PDF. Throws `image.refused` for one of a kind that neither can hold as it is. */
export function pageOf({ mediaType, bytes }: Picture, format: PageFormat): Uint8Array {
  if (mediaType === 'image/gif') throw imageUnsupported('it is a GIF');
  if (mediaType === 'image/jpeg') {
    if (readJpegFrame(bytes).components === 4) throw imageUnsupported('it is a JPEG in four colours');
    return format === 'tiff' ? tiffOfJpeg(bytes) : pdfOfJpeg(bytes);
  }
  const raster = readPng(bytes);
  return format === 'tiff' ? tiffOfRaster(raster) : pdfOfRaster(raster);
}
