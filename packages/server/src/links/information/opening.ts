import { Readable } from 'node:stream';
import type { TableMapping } from '@quanlian/formats/mappings';
import type { WriteExport } from './export.routes.js';
import type { LoadSource } from './load.source.js';

/** The readers and writers of all formats are many modules; they are read when the first file comes or goes. */
const sources = () => import('./record.source.js');

/** As in `record.source.ts`. */
export const openPathSource = async (
  paths: readonly string[],
  format = 'auto',
  mapping?: TableMapping,
): Promise<LoadSource> => (await sources()).openPathSource(paths, format, mapping);

/** As in `record.source.ts`. */
export const openUploadSource = async (file: string, sha256: string, mapping?: TableMapping): Promise<LoadSource> =>
  (await sources()).openUploadSource(file, sha256, mapping);

async function* written(...parts: Parameters<WriteExport>): AsyncGenerator<Buffer | string> {
  const { writeExport: write } = await import('./export.writers.js');
  yield* write(...parts) as AsyncIterable<Buffer | string>;
}

/** As in `export.writers.ts`. */
export const writeExport: WriteExport = (...parts) => Readable.from(written(...parts), { objectMode: false });
