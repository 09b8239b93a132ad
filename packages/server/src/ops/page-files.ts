import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { QuanlianError } from '@quanlian/contract';
import { convertPage, type PageFormat } from '@quanlian/formats/images';
import type { AssetStore, StoredFile } from '../links/information/asset.store.js';
import { convertInTurn } from '../links/information/conversions.js';
import { fault } from './faults.js';

/** A page of a publication: a kept file, and which of its pages, counted from 1. */
export interface StoredPage {
  readonly file: StoredFile;
  readonly page: number;
}

export interface PageContent {
  readonly mediaType: string;
  readonly size: number;
  readonly content: Readable;
}

/** What a format is converted to; PNG is what pages become for browsers. */
const TARGETS: Readonly<Record<string, PageFormat | undefined>> = {
  'image/tiff': 'tiff',
  'application/pdf': 'pdf',
  'image/png': undefined,
};

const gone = () => fault('SERVER.EntityNotFound', 'The file of this page is no longer here.');

/** The formats in which a page can be had: its own, and what it can be converted to. */
export function formatsOf({ file, page }: StoredPage): string[] {
  const { mediaType, pages } = file;
  const asItIs = page === 1 && pages === 1 ? [mediaType] : [];
  if (mediaType === 'image/gif') return asItIs;
  // A picture in JPEG stays one: making a PNG of it would only make it larger.
  const others = mediaType === 'image/jpeg' ? ['image/tiff', 'application/pdf'] : Object.keys(TARGETS);
  return [...new Set([...asItIs, ...others])];
}

/** A page in one of its formats. Throws `SERVER.EntityNotFound` when it is not there or cannot be read. */
export async function openPage(
  assets: Pick<AssetStore, 'open'>,
  { file, page }: StoredPage,
  format: string,
): Promise<PageContent> {
  const opened = await assets.open(file.hash);
  if (!opened) throw gone();
  if (file.mediaType === format && file.pages === 1)
    return { mediaType: format, size: opened.size, content: createReadStream(opened.file) };
  try {
    const made = await convertInTurn(async () =>
      convertPage(await readFile(opened.file), file.mediaType, page, TARGETS[format]),
    );
    if (!made) throw gone();
    return {
      mediaType: made.mediaType,
      size: made.bytes.byteLength,
      content: Readable.from([Buffer.from(made.bytes)]),
    };
  } catch (error) {
    if (error instanceof QuanlianError)
      throw fault('SERVER.EntityNotFound', `The page cannot be given: ${error.message}`);
    throw error;
  }
}
