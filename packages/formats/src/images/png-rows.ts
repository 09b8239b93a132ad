import { inflateSync } from 'node:zlib';
import { checkPng, type Raster, SAMPLES } from './png.js';
import { imageDamaged, imageUnsupported, requireSize } from './refusal.js';

interface Parts {
  readonly header: Buffer;
  readonly data: Buffer;
  readonly palette: Buffer | undefined;
}

/** The chunks of a file that was found whole. */
function partsOf(file: Buffer): Parts {
  const data: Buffer[] = [];
  let palette: Buffer | undefined;
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
    if (type === 'IDAT') data.push(content);
    if (type === 'PLTE') palette = content;
    if (type === 'IEND') break;
  }
  return { header: file.subarray(16, 29), data: Buffer.concat(data), palette };
}

/** The neighbour nearest to what the three suggest (ISO/IEC 15948, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function guessOf(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  return filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
}

/** Takes the filters off the rows; `step` is the bytes of one picture element, at least one. */
function unfiltered(filtered: Buffer, rowBytes: number, height: number, step: number): Buffer {
  const rows = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const from = row * (rowBytes + 1);
    const filter = filtered[from] as number;
    if (filter > 4) throw imageDamaged(`row ${row} has the unknown filter ${filter}`);
    const to = row * rowBytes;
    if (filter === 0) {
      filtered.copy(rows, to, from + 1, from + 1 + rowBytes);
      continue;
    }
    for (let at = 0; at < rowBytes; at += 1) {
      const left = at < step ? 0 : (rows[to + at - step] as number);
      const above = row === 0 ? 0 : (rows[to + at - rowBytes] as number);
      const corner = row === 0 || at < step ? 0 : (rows[to + at - rowBytes - step] as number);
      rows[to + at] = (filtered[from + 1 + at] as number) + guessOf(filter, left, above, corner);
    }
  }
  return rows;
}

/** Rows over white where they are transparent; only what has an alpha sample has such places. */
function onWhite(raster: Raster): Raster {
  if (raster.colour !== 4 && raster.colour !== 6) return raster;
  const { width, height, depth, rows } = raster;
  const samples = raster.colour === 4 ? 1 : 3;
  const step = (samples + 1) * (depth / 8);
  const out = Buffer.alloc(width * height * samples);
  for (let at = 0; at < width * height; at += 1) {
    // Of samples of 16 bits the upper half is enough to look at.
    const alpha = (rows[at * step + samples * (depth / 8)] as number) / 255;
    for (let sample = 0; sample < samples; sample += 1) {
      const value = rows[at * step + sample * (depth / 8)] as number;
      out[at * samples + sample] = Math.round(value * alpha + 255 * (1 - alpha));
    }
  }
  return { width, height, depth: 8, colour: samples === 1 ? 0 : 2, rows: out };
}

/** Reads the rows of a PNG file, over white and without filters. Throws `image.refused`. */
export function readPng(bytes: Uint8Array): Raster {
  const { width, height } = checkPng(bytes);
  const { header, data, palette } = partsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const depth = header[8] as Raster['depth'];
  const colour = header[9] as Raster['colour'];
  const samples = SAMPLES[colour];
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(depth) || (depth < 8 && samples > 1))
    throw imageDamaged(`its samples have ${depth} bits and its colours are of type ${colour}`);
  if (header[12] !== 0) throw imageUnsupported('it is an interlaced PNG');
  const rowBytes = Math.ceil((width * depth * samples) / 8);
  requireSize(width, height, rowBytes);
  let filtered: Buffer;
  try {
    filtered = inflateSync(data, { maxOutputLength: (rowBytes + 1) * height });
  } catch {
    throw imageDamaged('its rows cannot be unpacked');
  }
  if (filtered.length < (rowBytes + 1) * height) throw imageDamaged('it ends before its last row');
  const rows = unfiltered(filtered, rowBytes, height, Math.max(1, (depth * samples) / 8));
  return onWhite({ width, height, depth, colour, rows, ...(palette ? { palette } : {}) });
}
