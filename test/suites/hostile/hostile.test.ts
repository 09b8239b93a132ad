import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goodFile, type HostileFile, hostileFiles } from './files.js';

const SECRET = 'the-secret-of-this-machine';
const MOST_MEMORY = 1.5 * 1024 ** 3;

/** Reads the files in one process as one load, tells what came of each, and what memory the process took. */
const PROGRAM = `
import { parsePaths } from '${new URL('../../../packages/formats/dist/index.js', import.meta.url)}';
const { files, threads } = JSON.parse(process.argv[2]);
const found = Object.fromEntries(files.map((file) => [file, { file, titles: [], failures: [], text: '' }]));
const start = performance.now();
const before = process.resourceUsage().maxRSS * 1024;
for await (const item of await parsePaths(files, { threads })) {
  const one = found[item.file.split('!')[0]];
  if (item.type === 'document') {
    one.titles.push(Object.values(item.document.titles ?? {})[0] ?? '');
    one.text += JSON.stringify(item.document).slice(0, 100000);
  } else if (item.type === 'failure') one.failures.push(item.failure);
}
const memory = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ found: Object.values(found), ms: performance.now() - start, memory, grown: memory - before }));`;

interface Outcome {
  readonly found: Found[];
  readonly ms: number;
  readonly memory: number;
  /** Memory taken beyond what the program takes before it reads anything. */
  readonly grown: number;
}

interface Found {
  readonly file: string;
  readonly titles: string[];
  readonly failures: { readonly code: string; readonly message: string }[];
  readonly text: string;
}

function run(files: readonly string[], threads: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'read.mjs'), JSON.stringify({ files, threads })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const heard: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the reading process ended with ${code}`));
      else resolve(JSON.parse(heard.join('')) as Outcome);
    });
  });
}

let folder: string;
let server: Server;
let visits = 0;
let files: HostileFile[];
let outcome: Outcome;
const found = new Map<string, Found>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-hostile-'));
  server = createServer((_request, answer) => {
    visits += 1;
    answer.end(SECRET);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const secretFile = join(folder, 'secret.txt');
  await writeFile(secretFile, SECRET);
  files = hostileFiles({ secretFile, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  // A file of its own: reading threads would take over a program given on the command line.
  await writeFile(join(folder, 'read.mjs'), PROGRAM);
  const paths: string[] = [];
  for (const [index, { name, content }] of files.entries()) {
    const next = join(folder, `after-${index}.xml`);
    await writeFile(join(folder, name), content);
    await writeFile(next, goodFile());
    paths.push(join(folder, name), next);
  }
  outcome = await run(paths, 1);
  for (const one of outcome.found) found.set(basename(one.file), one);
}, 120_000);

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const NAMES = hostileFiles({ secretFile: '/', url: 'http://127.0.0.1' }).map(({ name }) => name);

describe('hostile files', () => {
  test.each(NAMES)('%s comes to what it must, and the next file loads', (name) => {
    const index = files.findIndex((file) => file.name === name);
    const { expected } = files[index] as HostileFile;
    const one = found.get(name) as Found;
    expect(one.failures.map(({ code }) => code)).toEqual(expected.failures);
    expect(one.titles).toHaveLength(expected.documents);
    for (const [place, title] of (expected.titles ?? []).entries()) expect(one.titles[place]).toContain(title);
    for (const { message } of one.failures) {
      expect(message.length).toBeGreaterThan(20);
      if (expected.says) expect(message).toMatch(expected.says);
    }
    expect(found.get(`after-${index}.xml`)?.titles).toEqual(['A good one']);
  });

  test('none of them reaches outside, shows what it may not, or takes memory beyond the limit', () => {
    for (const { text, failures } of found.values()) expect(`${text}${JSON.stringify(failures)}`).not.toContain(SECRET);
    expect(visits).toBe(0);
    expect(outcome.memory).toBeLessThan(MOST_MEMORY);
  });

  test('entities that grow are refused before they take time and memory', async () => {
    const { ms, grown } = await run([join(folder, 'billion_laughs.xml'), join(folder, 'quadratic_blowup.xml')], 0);
    expect(ms).toBeLessThan(5000);
    expect(grown).toBeLessThan(200 * 1024 * 1024);
  });
});
