import { join } from 'node:path';
import type { CheckReport } from '@quanlian/contract';
import { sumFile } from '../segment/container.js';
import type { DamagedFile } from '../storage/damage.js';
import { errorCode, type FileSystem } from '../storage/file-system.js';
import { dataFilesOf, type FileEntry, type Manifest, manifestName, readManifest } from '../storage/manifest.js';

type Problem = CheckReport['problems'][number];

function checkFile(fs: FileSystem, dir: string, { name, bytes, crc }: FileEntry): Problem | undefined {
  try {
    const found = sumFile(fs, join(dir, name));
    if (found.bytes === bytes && found.crc === crc) return undefined;
    const why =
      found.bytes === bytes
        ? 'its bytes do not match the checksum they were written with'
        : `it has ${found.bytes} bytes where ${bytes} were written`;
    return { code: 'corpus.corrupt', file: name, message: `The file ${name} is damaged: ${why}.` };
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      return { code: 'corpus.corrupt', file: name, message: `The file ${name} is not there.` };
    return {
      code: 'corpus.corrupt',
      file: name,
      message: `The file ${name} cannot be read (${errorCode(error) ?? 'unknown'}).`,
    };
  }
}

function checkManifest(fs: FileSystem, dir: string, manifest: Manifest): Problem | undefined {
  const file = manifestName(manifest);
  try {
    readManifest(fs, dir, file);
    return undefined;
  } catch (error) {
    return { code: 'corpus.corrupt', file, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads every file of a commit and compares size and checksum; `known` is damage met before. */
export function checkCommit(
  fs: FileSystem,
  dir: string,
  manifest: Manifest,
  known: readonly DamagedFile[],
): CheckReport {
  const files = dataFilesOf(manifest);
  const found = [
    ...(manifest.generation > 0 ? [checkManifest(fs, dir, manifest)] : []),
    ...files.map((file) => checkFile(fs, dir, file)),
  ];
  const problems = found.filter((problem) => problem !== undefined);
  for (const { file, message } of known) {
    if (!problems.some((problem) => problem.file === file)) problems.push({ code: 'corpus.corrupt', file, message });
  }
  return {
    ok: problems.length === 0,
    sequence: manifest.sequence,
    files: found.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    problems,
  };
}
