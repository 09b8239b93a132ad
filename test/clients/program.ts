import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PatentDocument } from '@quanlian/contract';
import { COMMAND, makeDataFolder, startUp } from '../running.js';

/** A drawing of one point, beside the documents. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
const DRAWING = 'ep1000000-fig1.png';

const run = promisify(execFile);

/** The program as it runs for users, with a corpus of a test. */
export interface Program {
  readonly url: string;
  readonly data: string;
  readonly token: string;
  /** A command of the program on this data folder; what it prints. */
  command(...parts: string[]): Promise<string>;
  /** A client id and secret for the OPS face. */
  issue(...options: string[]): Promise<{ key: string; secret: string }>;
  stop(): Promise<void>;
}

/** Starts the program on a data folder of its own, with these documents. `config` is what `config.toml` says. */
export async function startProgram(documents: readonly PatentDocument[], config = ''): Promise<Program> {
  const data = await makeDataFolder('clients');
  await writeFile(join(data, 'config.toml'), config);
  const command = async (...parts: string[]) =>
    (await run(process.execPath, [COMMAND, ...parts, '--data', data])).stdout;
  const folder = join(data, 'to-load');
  await mkdir(folder);
  await writeFile(
    join(folder, 'documents.jsonl'),
    documents.map((one) => `${JSON.stringify({ ...one, sources: undefined })}\n`).join(''),
  );
  await writeFile(join(folder, DRAWING), Buffer.from(PNG, 'base64'));
  await command('load', folder);
  const { url, stop } = await startUp(data, ['--no-demo', '--data', data], documents.length);
  return {
    url,
    data,
    token: (await readFile(join(data, 'token'), 'utf8')).trim(),
    command,
    issue: async (...options) =>
      JSON.parse(await command('ops-client', 'issue', '--name', 'test', '--json', ...options)) as {
        key: string;
        secret: string;
      },
    stop,
  };
}
