import { imageDamaged, imageUnsupported, requireSize } from './refusal.js';

/** One page of a TIFF file as its directory describes it (TIFF 6.0). */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly samples: number;
  readonly compression: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  readonly reversedBits: boolean;
  readonly predictor: number;
  /** Group 3 options: bit 0 says that rows are coded in two dimensions. */
  readonly faxOptions: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Places of the strips or tiles in the file. */
  readonly blocks: readonly { readonly offset: number; readonly length: number }[];
  readonly littleEndian: boolean;
  readonly alpha: boolean;
  readonly palette: readonly number[];
}

const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'CCITT run lengths',
  3: 'CCITT group 3',
  4: 'CCITT group 4',
  5: 'LZW',
  8: 'Deflate',
  32773: 'PackBits',
  32946: 'Deflate',
};

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4 };
const MOST_PAGES = 2000;
const MOST_VALUES = 1_000_000;

type Tags = ReadonlyMap<number, readonly number[]>;

interface Reader {
  readonly file: Buffer;
  u16(at: number): number;
  u32(at: number): number;
  readonly littleEndian: boolean;
}

function createReader(bytes: Uint8Array): Reader {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = file[0] === 0x49;
  const within = (at: number, count: number): number => {
    if (at < 0 || at + count > file.length) throw imageDamaged(`it is cut off at byte ${file.length}`);
    return at;
  };
  return {
    file,
    littleEndian,
    u16: (at) => (littleEndian ? file.readUInt16LE(within(at, 2)) : file.readUInt16BE(within(at, 2))),
    u32: (at) => (littleEndian ? file.readUInt32LE(within(at, 4)) : file.readUInt32BE(within(at, 4))),
  };
}

/** Reads one directory: its tags with whole numbers, and where the next one is. */
function readDirectory(reader: Reader, at: number): { tags: Tags; next: number } {
  const count = reader.u16(at);
  const tags = new Map<number, number[]>();
  for (let i = 0; i < count; i += 1) {
    const entry = at + 2 + i * 12;
    const type = reader.u16(entry + 2);
    const values = reader.u32(entry + 4);
    const bytes = TYPE_BYTES[type];
    if (bytes === undefined || bytes === 8 || type === 2) continue;
    if (values > MOST_VALUES) throw imageDamaged(`tag ${reader.u16(entry)} has ${values} values`);
    const from = bytes * values <= 4 ? entry + 8 : reader.u32(entry + 8);
    const list = Array.from({ length: values }, (_, index) => {
      const place = from + index * bytes;
      if (bytes === 1) return reader.file[place] ?? 0;
      return bytes === 2 ? reader.u16(place) : reader.u32(place);
    });
    tags.set(reader.u16(entry), list);
  }
  return { tags, next: reader.u32(at + 2 + count * 12) };
}

function pageOf(reader: Reader, tags: Tags): TiffPage {
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const width = one(256, 0);
  const height = one(257, 0);
  const samples = one(277, 1);
  const depths = tags.get(258) ?? [1];
  const bits = depths[0] ?? 1;
  const compression = one(259, 1);
  requireSize(width, height, Math.ceil((width * samples * bits) / 8));
  if (COMPRESSIONS[compression] === undefined)
    throw imageUnsupported(`its TIFF compression ${compression} is not read`);
  if (one(284, 1) !== 1 && samples > 1) throw imageUnsupported('its colours stand in separate planes');
  if (depths.some((depth) => depth !== bits)) throw imageUnsupported('its colours differ in depth');
  const tiled = tags.has(322);
  const blockWidth = tiled ? one(322, width) : width;
  const blockHeight = tiled ? one(323, height) : Math.min(one(278, height), height);
  if (!(blockWidth > 0 && blockHeight > 0)) throw imageDamaged('its strips have no rows');
  requireSize(blockWidth, blockHeight, Math.ceil((blockWidth * samples * bits) / 8));
  return {
    width,
    height,
    bits,
    samples,
    compression,
    photometric: one(262, 0),
    reversedBits: one(266, 1) === 2,
    predictor: one(317, 1),
    faxOptions: one(292, 0),
    blockWidth,
    blockHeight,
    blocks: blocksOf(reader, tags, tiled),
    littleEndian: reader.littleEndian,
    alpha: tags.has(338),
    palette: tags.get(320) ?? [],
  };
}

function blocksOf(reader: Reader, tags: Tags, tiled: boolean): TiffPage['blocks'] {
  const offsets = tags.get(tiled ? 324 : 273) ?? [];
  const lengths = tags.get(tiled ? 325 : 279) ?? [];
  if (offsets.length === 0) throw imageDamaged('it says nowhere where its picture is');
  return offsets.map((offset, index) => {
    // Old programs leave the length of a single strip out; it then goes to the end.
    const length = lengths[index] ?? reader.file.length - offset;
    if (offset + length > reader.file.length) {
      throw imageDamaged(`its picture ends at byte ${offset + length}, the file at ${reader.file.length}`);
    }
    return { offset, length };
  });
}

/** The pages of a TIFF file, each checked against the limits. Throws `image.refused`. */
export function readTiff(bytes: Uint8Array): TiffPage[] {
  const reader = createReader(bytes);
  if (reader.u16(2) !== 42) throw imageUnsupported('it is a TIFF of another version');
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  for (let at = reader.u32(4); at !== 0; ) {
    if (seen.has(at)) throw imageDamaged('its directories go round in a circle');
    if (pages.length >= MOST_PAGES) throw imageUnsupported(`it has more than ${MOST_PAGES} pages`);
    seen.add(at);
    const { tags, next } = readDirectory(reader, at);
    pages.push(pageOf(reader, tags));
    at = next;
  }
  if (pages.length === 0) throw imageDamaged('it has no page');
  return pages;
}
