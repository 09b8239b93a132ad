import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { openCorpus, openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { dataFolder, followSchemes, openSchemes } from '@quanlian/server';

/** The corpus's folder inside a data folder. */
const corpusDir = (dataDir: string): string => join(dataDir, 'corpus');

/** Opens the corpus of a data folder for reading, beside whoever writes it. Throws `load.not_found` when there is none. */
async function openForReading(dataDir: string): Promise<SearchBackend> {
  const there = await access(corpusDir(dataDir)).then(
    () => true,
    () => false,
  );
  if (!there) {
    const sentence = `There is no corpus in ${dataDir}. Load files with “quanlian load PATH”, or name another folder with --data.`;
    throw new QuanlianError('load.not_found', sentence);
  }
  return openCorpusInline({ dir: corpusDir(dataDir), ...memorySetting() });
}

/** Runs something with the corpus open for reading and closes it whatever happens. */
export async function withCorpus<Answer>(
  dataDir: string,
  use: (backend: SearchBackend) => Promise<Answer>,
): Promise<Answer> {
  const backend = followSchemes(await openForReading(dataDir), openSchemes(dataFolder(dataDir).schemes));
  try {
    return await use(backend);
  } finally {
    await backend.close();
  }
}

const LEAST_MEMORY_MIB = 128;

/** The bound on the engine's memory that `QUANLIAN_MEMORY_MIB` sets; the engine's own when it is not set. */
function memorySetting(): { memoryBytes?: number } {
  const written = process.env['QUANLIAN_MEMORY_MIB'];
  if (written === undefined || written === '') return {};
  const mib = Number(written);
  if (Number.isSafeInteger(mib) && mib >= LEAST_MEMORY_MIB) return { memoryBytes: mib * 2 ** 20 };
  throw new QuanlianError(
    'usage.invalid',
    `QUANLIAN_MEMORY_MIB is “${written}”; it is a whole number of MiB from ${LEAST_MEMORY_MIB}.`,
  );
}

/**
 * Takes the corpus for writing, with so many threads to search. Throws `corpus.locked` while another process has it, and
 * `usage.invalid` for a bound on memory that is none.
 */
export const openForWriting = async (dataDir: string, threads: number): Promise<SearchBackend> =>
  openCorpus({ dir: corpusDir(dataDir), write: true, threads, ...memorySetting() });
