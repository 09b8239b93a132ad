import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program as users start it. */
export const COMMAND = fileURLToPath(new URL('../packages/cli/bin/quanlian.js', import.meta.url));
const START_LIMIT_MS = 240_000;
const ASK_AGAIN_MS = 300;

/** A program that runs on a port of its own. */
export interface Running {
  readonly url: string;
  /** What it has printed so far. */
  printed(): string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** A folder for the data of one program, removed when the program is stopped. */
export const makeDataFolder = (purpose: string): Promise<string> => mkdtemp(join(tmpdir(), `quanlian-${purpose}-`));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function documentsHeld(url: string): Promise<number> {
  const corpus = await fetch(`${url}/api/v1/corpus`).catch(() => undefined);
  return corpus?.ok ? ((await corpus.json()) as { documents: number }).documents : 0;
}

/**
 * Starts `quanlian up` with more options and waits until it holds so many documents and `isReady` agrees.
 * Throws with what it printed when it ends or does not get so far; nothing is left behind then.
 */
export async function startUp(
  data: string,
  options: readonly string[],
  documents: number,
  isReady: (running: Running) => boolean = () => true,
): Promise<Running> {
  const port = await freePort();
  const program = spawn(process.execPath, [COMMAND, 'up', '--port', String(port), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard: string[] = [];
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => heard.push(String(chunk)));
  const running: Running = {
    url: `http://127.0.0.1:${port}`,
    printed: () => heard.join(''),
    async stop() {
      if (program.exitCode === null) {
        const gone = new Promise((resolve) => program.once('exit', resolve));
        program.kill('SIGTERM');
        await gone;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end && program.exitCode === null) {
    if ((await documentsHeld(running.url)) >= documents && isReady(running)) return running;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  const why = program.exitCode === null ? 'was not ready in time' : 'ended';
  await running.stop();
  throw new Error(`the server ${why}:\n${running.printed()}`);
}
