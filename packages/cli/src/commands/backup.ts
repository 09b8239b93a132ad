import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { QuanlianError } from '@quanlian/contract';
import { dataFolder, writeBackup } from '@quanlian/server';
import { printJson, printLine } from '../output.js';
import { VERSION } from '../version.js';
import { onWork } from './account.server.js';

async function requireAbsent(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there)
    throw new QuanlianError('backup.refused', `${file} exists already. Name another file, or remove it first.`);
}

/** `quanlian backup FILE`: one archive of everything, also while the server works. A file that is there is kept. */
export async function backupCommand(
  file: string,
  options: { readonly data: string; readonly json: boolean },
): Promise<void> {
  const { root } = dataFolder(options.data);
  await requireAbsent(file);
  const making = `${file}.part`;
  const sink = createWriteStream(making, { flags: 'wx', mode: 0o600 });
  try {
    await onWork(options.data, {
      remote: async (ask) => {
        const { body } = await ask('GET', '/backup');
        if (!body) throw new QuanlianError('backup.refused', 'The server sent no archive.');
        await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), sink);
      },
      local: async (work) => {
        await writeBackup({ root, work, program: VERSION, now: new Date() }, sink);
      },
    });
    await rename(making, file);
  } catch (error) {
    sink.destroy();
    await rm(making, { force: true });
    throw error;
  }
  await (options.json
    ? printJson({ file })
    : printLine(`${file} holds the corpus, the work and its papers. It holds secrets too: keep it safe.`));
}
