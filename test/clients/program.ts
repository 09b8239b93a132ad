import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PatentDocument } from '@quanlian/contract';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/quanlian.js', import.meta.url));
const START_LIMIT_MS = 240_000;
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

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitUntilReady(url: string, program: ChildProcess, documents: number, output: () => string) {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    if (program.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const corpus = await fetch(`${url}/api/v1/corpus`).catch(() => undefined);
    if (corpus?.ok && ((await corpus.json()) as { documents: number }).documents >= documents) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`the server was not ready in time:\n${output()}`);
}

/** Starts the program on a data folder of its own, with these documents. `config` is what `config.toml` says. */
export async function startProgram(documents: readonly PatentDocument[], config = ''): Promise<Program> {
  const data = await mkdtemp(join(tmpdir(), 'quanlian-clients-'));
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
  const port = await freePort();
  const program = spawn(process.execPath, [COMMAND, 'up', '--no-demo', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard: string[] = [];
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => heard.push(String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (program.exitCode === null) {
      const gone = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGTERM');
      await gone;
    }
    await rm(data, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, program, documents.length, () => heard.join(''));
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
  } catch (error) {
    await stop();
    throw error;
  }
}
