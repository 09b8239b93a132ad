import { inflateSync } from 'node:zlib';
import { decodeFax } from './ccitt.js';
import type { Raster } from './png.js';
import { imageDamaged, imageUnsupported } from './refusal.js';
import type { TiffPage } from './tiff.js';
import { unpackBits, unpackLzw } from './unpack.js';

/** Every byte with its bits in the other order. */
const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2),
);

function unpackBlock(page: TiffPage, packed: Uint8Array, height: number): Uint8Array {
  const rowBytes = rowBytesOf(page, page.blockWidth);
  const size = rowBytes * height;
  const data = page.reversedBits ? packed.map((byte) => REVERSED[byte] ?? 0) : packed;
  const fax = (k: number, aligned: boolean): Uint8Array =>
    decodeFax(data, { width: page.blockWidth * page.samples, height, k, aligned });
  switch (page.compression) {
    case 2:
      return fax(0, true);
    case 3:
      return fax(page.faxOptions & 1, false);
    case 4:
      return fax(-1, false);
    case 5:
      return unpackLzw(data, size);
    case 32773:
      return unpackBits(data, size);
    case 8:
    case 32946:
      return inflate(data, size);
    default:
      if (data.length < size) throw imageDamaged(`a strip holds ${data.length} of ${size} bytes`);
      return data.subarray(0, size);
  }
}

function inflate(data: Uint8Array, size: number): Uint8Array {
  let out: Buffer;
  try {
    out = inflateSync(data, { maxOutputLength: size + 1024 });
  } catch {
    throw imageDamaged('its Deflate data cannot be unpacked');
  }
  if (out.length < size) throw imageDamaged(`its Deflate data gives ${out.length} of ${size} bytes`);
  return out.subarray(0, size);
}

const rowBytesOf = (page: TiffPage, width: number): number => Math.ceil((width * page.samples * page.bits) / 8);

/** Horizontal differencing (TIFF 6.0, section 14): every sample is told by its difference from the one before. */
function undoPredictor(page: TiffPage, rows: Uint8Array): void {
  if (page.predictor === 1) return;
  if (page.predictor !== 2 || page.bits !== 8)
    throw imageUnsupported(`its TIFF predictor ${page.predictor} is not read`);
  const rowBytes = rowBytesOf(page, page.blockWidth);
  for (let start = 0; start < rows.length; start += rowBytes) {
    for (let i = page.samples; i < rowBytes; i += 1) {
      rows[start + i] = ((rows[start + i] ?? 0) + (rows[start + i - page.samples] ?? 0)) & 0xff;
    }
  }
}

/** Puts strips or tiles together. */
function assemble(page: TiffPage, file: Uint8Array): Uint8Array {
  const { width, height, blockWidth, blockHeight, blocks } = page;
  const rowBytes = rowBytesOf(page, width);
  const blockBytes = rowBytesOf(page, blockWidth);
  const across = Math.ceil(width / blockWidth);
  if (blocks.length < across * Math.ceil(height / blockHeight)) throw imageDamaged('strips of its picture are missing');
  const rows = new Uint8Array(rowBytes * height);
  for (let top = 0, index = 0; top < height; top += blockHeight) {
    for (let column = 0; column < across; column += 1, index += 1) {
      const block = blocks[index] ?? { offset: 0, length: 0 };
      const isStrip = across === 1 && blockWidth === width;
      const held = isStrip ? Math.min(blockHeight, height - top) : blockHeight;
      const packed = file.subarray(block.offset, block.offset + block.length);
      const unpacked = Uint8Array.from(unpackBlock(page, packed, held));
      undoPredictor(page, unpacked);
      const left = column * blockBytes;
      const wide = Math.min(blockBytes, rowBytes - left);
      for (let row = 0; row < held && top + row < height; row += 1) {
        rows.set(unpacked.subarray(row * blockBytes, row * blockBytes + wide), (top + row) * rowBytes + left);
      }
    }
  }
  return rows;
}

/** A page as rows that PNG can hold. Throws `image.refused` for kinds of colour that are not read. */
export function rasterOf(page: TiffPage, file: Uint8Array): Raster {
  const { width, height, bits, samples, photometric } = page;
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8 && bits !== 16) {
    throw imageUnsupported(`its picture elements have ${bits} bits`);
  }
  const isGrey = photometric <= 1 && (samples === 1 || (samples === 2 && page.alpha));
  const isColour = photometric === 2 && bits >= 8 && (samples === 3 || (samples === 4 && page.alpha));
  const isPalette = photometric === 3 && samples === 1 && bits <= 8;
  if (!isGrey && !isColour && !isPalette) {
    throw imageUnsupported(
      `its colours (TIFF photometric ${photometric}, ${samples} samples of ${bits} bits) are not read`,
    );
  }
  const rows = assemble(page, file);
  if (bits === 16 && page.littleEndian) Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength).swap16();
  // Fax data has black as 1, as "white is zero" says; PNG has white as 1.
  if (photometric === 0) for (let i = 0; i < rows.length; i += 1) rows[i] = ~(rows[i] ?? 0) & 0xff;
  const base = { width, height, depth: bits, rows } as const;
  if (isPalette) return { ...base, colour: 3, palette: paletteOf(page) };
  if (isColour) return { ...base, colour: samples === 4 ? 6 : 2 };
  return { ...base, colour: samples === 2 ? 4 : 0 };
}

/** TIFF has all reds, then all greens, then all blues, in 16 bits. */
function paletteOf({ palette, bits }: TiffPage): Uint8Array {
  const count = 1 << bits;
  if (palette.length < count * 3) throw imageDamaged('its palette is cut off');
  return Uint8Array.from({ length: count * 3 }, (_, i) => (palette[(i % 3) * count + Math.floor(i / 3)] ?? 0) >> 8);
}
