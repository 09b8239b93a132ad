import { join } from 'node:path';
import { readNumbers, writeNumbers } from '../segment/columns.js';
import {
  createSectionWriter,
  type FileSum,
  openSections,
  type SectionReader,
  type SectionWriter,
} from '../segment/container.js';
import { ByteReader, ByteWriter } from '../storage/bytes.js';
import { ByteCache } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { FileEntry } from '../storage/manifest.js';
import { overlayColumn } from './overlay.js';
import type { PackedColumn, PackedTexts } from './packed.js';

const VALUES = 'values.values';

/** The texts of a value column, each behind its length, without making strings of them. */
function readPackedTexts(sections: SectionReader): PackedTexts {
  const stored = sections.read(VALUES, 0, sections.length(VALUES));
  const reader = new ByteReader(stored);
  let count = 0;
  for (; reader.at < stored.length; count++) {
    const length = reader.varint();
    reader.at += length;
  }
  const starts = new Uint32Array(count + 1);
  const bytes = new Uint8Array(stored.length);
  reader.at = 0;
  for (let i = 0, size = 0; i < count; i++) {
    const length = reader.varint();
    for (const end = reader.at + length; reader.at < end; ) bytes[size++] = stored[reader.at++];
    starts[i + 1] = size;
  }
  return { bytes: bytes.subarray(0, starts[count]), starts };
}

function writePackedTexts(out: SectionWriter, { bytes, starts }: PackedTexts): void {
  const texts = new ByteWriter();
  for (let i = 0; i + 1 < starts.length; i++) {
    texts.varint(starts[i + 1] - starts[i]);
    texts.piece(bytes, starts[i], starts[i + 1]);
  }
  out.begin(VALUES);
  out.write(texts.view());
}

/** Reads a column as it lies in its file. Refuses `DamagedFile`. */
export function readPackedColumn(fs: FileSystem, dir: string, { name, bytes }: FileEntry): PackedColumn {
  const sections = openSections(fs, join(dir, name), bytes);
  const cache = new ByteCache(0);
  try {
    return {
      ids: {
        bytes: sections.read('id.bytes', 0, sections.length('id.bytes')),
        starts: readNumbers(sections, 'id.starts', cache),
      },
      values: readPackedTexts(sections),
      starts: readNumbers(sections, 'values.starts', cache),
      ordinals: readNumbers(sections, 'values.ordinals', cache),
      from: readNumbers(sections, 'from', cache),
    };
  } finally {
    sections.close();
  }
}

/** Writes a new generation of a column: what it held, overlaid with the updates. */
export function writeColumnFile(
  fs: FileSystem,
  path: string,
  before: PackedColumn | undefined,
  updates: PackedColumn,
): FileSum & { documents: number } {
  const { ids, values, starts, ordinals, from } = overlayColumn(before, updates);
  const out = createSectionWriter(fs, path);
  try {
    writeNumbers(out, 'id.starts', ids.starts);
    out.begin('id.bytes');
    out.write(ids.bytes);
    writePackedTexts(out, values);
    writeNumbers(out, 'values.starts', starts);
    writeNumbers(out, 'values.ordinals', ordinals);
    writeNumbers(out, 'from', from);
    return { ...out.finish(), documents: starts.length - 1 };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
