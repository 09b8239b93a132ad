import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoadJob } from '@quanlian/contract';
import { readMapping, type TableMapping } from '@quanlian/formats/mappings';
import type { LoadService } from './load.service.js';
import type { LoadSource } from './load.source.js';
import type { Upload, Uploads } from './upload.service.js';

/** Opens an uploaded file for loading; `sha256` is its content's, by which an interrupted load is recognized. */
export type OpenUpload = (file: string, sha256: string, mapping?: TableMapping) => Promise<LoadSource>;

const KEY = /^upload:([0-9a-f]{64})(?::[0-9a-f]{16})?$/;

/** Where the mapping of an uploaded table lies; names of uploads never begin with a dot. */
const mappingFile = (file: string): string => join(dirname(file), '.mapping.json');

async function mappingBeside(file: string): Promise<TableMapping | undefined> {
  const text = await readFile(mappingFile(file), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readMapping(text, 'of the upload');
}

/** The same file with another mapping is another load. */
const keyOf = (sha256: string, mapping: TableMapping | undefined): string =>
  mapping
    ? `upload:${sha256}:${createHash('sha256').update(JSON.stringify(mapping)).digest('hex').slice(0, 16)}`
    : `upload:${sha256}`;

/** Loads uploads and removes each when its load has ended. */
export function createUploadLoads(deps: { loads: LoadService; openUpload: OpenUpload }) {
  const { loads, openUpload } = deps;

  function enqueue(name: string, file: string, sha256: string, key: string, earlier?: LoadJob): LoadJob {
    return loads.enqueue({
      name,
      origin: 'upload',
      key,
      paths: [file],
      ...(earlier ? { earlier } : {}),
      open: async () => openUpload(file, sha256, await mappingBeside(file)),
      afterwards: () => rm(dirname(file), { recursive: true, force: true }),
    });
  }

  return {
    async start(upload: Upload, mapping?: TableMapping): Promise<LoadJob> {
      if (mapping) await writeFile(mappingFile(upload.file), JSON.stringify(mapping), { flag: 'wx' });
      return enqueue(upload.name, upload.file, upload.sha256, keyOf(upload.sha256, mapping));
    },
    /** Starts again what the end of an earlier run left undone, and removes uploads that belong to nothing. */
    async restart(uploads: Uploads): Promise<void> {
      const left = loads.unfinished.flatMap(({ job, key, paths: [file] }) => {
        const sha256 = KEY.exec(key)?.[1];
        return sha256 !== undefined && file !== undefined ? [{ job, file, sha256, key }] : [];
      });
      await uploads.clear(new Set(left.map(({ file }) => dirname(file))));
      for (const { job, file, sha256, key } of left.toReversed()) enqueue(job.name, file, sha256, key, job);
    },
  };
}
export type UploadLoads = ReturnType<typeof createUploadLoads>;
