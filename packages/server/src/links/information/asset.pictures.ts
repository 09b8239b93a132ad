import { readFile } from 'node:fs/promises';
import { convertImage, type Picture } from '@quanlian/formats/images';
import { type AssetStore, writeContent } from './asset.store.js';
import { convertInTurn } from './conversions.js';
import { mediaTypeOf } from './media-types.js';

/**
 * Gives a page of a kept file, counted from 1, as every browser shows it. Undefined when there is no such file or
 * page. Throws `image.refused` when it cannot be converted.
 */
export type Pictures = (hash: string, page: number) => Promise<Picture | undefined>;

/** Pages of kept files as pictures: PNG, JPEG and GIF as they are, others converted once and kept beside the file. */
export function createPictures({ open }: Pick<AssetStore, 'open'>): Pictures {
  const making = new Map<string, Promise<Picture | undefined>>();

  async function convert(file: string, mediaType: string, page: number): Promise<Picture | undefined> {
    const kept = `${file}.page${page}`;
    const before = await readFile(kept).catch(() => undefined);
    const known = before && mediaTypeOf(before);
    if (before && (known === 'image/png' || known === 'image/jpeg')) return { mediaType: known, bytes: before };
    return convertInTurn(async () => {
      const picture = await convertImage(await readFile(file), mediaType, page);
      if (picture) await writeContent(kept, picture.bytes);
      return picture;
    });
  }

  return async (hash, page) => {
    const stored = await open(hash);
    if (!stored) return undefined;
    const { file, mediaType } = stored;
    if (mediaType === 'image/png' || mediaType === 'image/jpeg' || mediaType === 'image/gif') {
      return page === 1 ? { mediaType, bytes: await readFile(file) } : undefined;
    }
    const key = `${hash} ${page}`;
    const already = making.get(key);
    if (already) return already;
    const made = convert(file, mediaType, page).finally(() => making.delete(key));
    making.set(key, made);
    return made;
  };
}
