import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LoadJob } from '@quanlian/contract';
import type { LoadService } from './load.service.js';
import type { LoadSource } from './load.source.js';
import type { Upload, Uploads } from './upload.service.js';

/** Opens an uploaded file for loading; `sha256` is its content's, by which an interrupted load is recognized. */
export type OpenUpload = (file: string, sha256: string) => Promise<LoadSource>;

const KEY = /^upload:([0-9a-f]{64})$/;

/** Loads uploads and removes each when its load has ended. */
export function createUploadLoads(deps: { loads: LoadService; openUpload: OpenUpload }) {
  const { loads, openUpload } = deps;

  function enqueue(name: string, file: string, sha256: string, earlier?: LoadJob): LoadJob {
    return loads.enqueue({
      name,
      origin: 'upload',
      key: `upload:${sha256}`,
      paths: [file],
      ...(earlier ? { earlier } : {}),
      open: () => openUpload(file, sha256),
      afterwards: () => rm(dirname(file), { recursive: true, force: true }),
    });
  }

  return {
    start: (upload: Upload): LoadJob => enqueue(upload.name, upload.file, upload.sha256),
    /** Starts again what the end of an earlier run left undone, and removes uploads that belong to nothing. */
    async restart(uploads: Uploads): Promise<void> {
      const left = loads.unfinished.flatMap(({ job, key, paths: [file] }) => {
        const sha256 = KEY.exec(key)?.[1];
        return sha256 !== undefined && file !== undefined ? [{ job, file, sha256 }] : [];
      });
      await uploads.clear(new Set(left.map(({ file }) => dirname(file))));
      for (const { job, file, sha256 } of left.toReversed()) enqueue(job.name, file, sha256, job);
    },
  };
}
export type UploadLoads = ReturnType<typeof createUploadLoads>;
