import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/quanlian.js', import.meta.url));
const START_LIMIT_MS = 240_000;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitUntilReady(url: string, program: ChildProcess, output: () => string): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end) {
    if (program.exitCode !== null) throw new Error(`the server ended:\n${output()}`);
    const corpus = await fetch(`${url}/api/v1/corpus`).catch(() => undefined);
    if (corpus?.ok) {
      const { documents } = (await corpus.json()) as { documents: number };
      // The accounts are printed after the last document, and the address after them.
      if (documents >= 20_000 && output().includes(`running at ${url}`)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the server was not ready in time:\n${output()}`);
}

/** The passwords of the demo accounts by the names before `@`, as the program prints them once. */
function accountsIn(printed: string): Record<string, string> {
  const lines = printed.matchAll(/^\s+([\w-]+)@demo\.invalid\s+(\S+)\s/gm);
  return Object.fromEntries([...lines].map(([, name = '', password = '']) => [name, password]));
}

/** A program that runs, and who can sign in to it. */
export interface Program {
  readonly url: string;
  readonly accounts: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The program as a user starts it: demo city, own data folder, own port. */
export async function startProgram(): Promise<Program> {
  const data = await mkdtemp(join(tmpdir(), 'quanlian-browser-'));
  const port = await freePort();
  const program = spawn(process.execPath, [COMMAND, 'up', '--port', String(port), '--data', data], {
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
    await waitUntilReady(url, program, () => heard.join(''));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, accounts: accountsIn(heard.join('')), stop };
}
