import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/quanlian.js', import.meta.url));
const START_LIMIT_MS = 120_000;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The program on a data folder of its own without the demo city, with these documents loaded. */
export async function startSmall(documents: readonly object[]) {
  const data = await mkdtemp(join(tmpdir(), 'quanlian-small-'));
  const file = join(data, 'documents.jsonl');
  await writeFile(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  const port = await freePort();
  const options = ['up', '--no-demo', '--port', String(port), '--data', join(data, 'folder'), '--load', file];
  const program = spawn(process.execPath, [COMMAND, ...options], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (program.exitCode === null) {
      const gone = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGTERM');
      await gone;
    }
    await rm(data, { recursive: true, force: true });
  };
  const end = Date.now() + START_LIMIT_MS;
  while (Date.now() < end && program.exitCode === null) {
    const corpus = await fetch(`${url}/api/v1/corpus`).catch(() => undefined);
    const held = corpus?.ok ? ((await corpus.json()) as { documents: number }).documents : 0;
    if (held >= documents.length) return { url, data, stop };
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await stop();
  throw new Error('the server was not ready in time');
}
