import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS } from './documents.js';
import { type Program, startProgram } from './program.js';
import { preparePython, runIn } from './python.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const python = await preparePython();
const isMissing = 'missing' in python;

let program: Program | undefined;
let env: Record<string, string>;
let work: string;

beforeAll(async () => {
  if (isMissing) return;
  work = await mkdtemp(join(tmpdir(), 'quanlian-python-'));
  program = await startProgram(DOCUMENTS);
  const [all, small, slow] = [
    await program.issue(),
    await program.issue('--hour-megabytes', '0.002'),
    await program.issue('--per-minute', 'search=4'),
  ];
  env = {
    HOME: work,
    OPS_BASE: program.url,
    OPS_KEY: all.key,
    OPS_SECRET: all.secret,
    OPS_SMALL_KEY: small.key,
    OPS_SMALL_SECRET: small.secret,
    OPS_SLOW_KEY: slow.key,
    OPS_SLOW_SECRET: slow.secret,
  };
});
afterAll(async () => {
  if (isMissing) return;
  await program?.stop();
  await rm(work, { recursive: true, force: true });
});

async function pytest(folder: string, ...files: string[]): Promise<void> {
  if ('missing' in python) return;
  const { code, output } = await runIn(python, ['pytest', '-q', '-p', 'no:cacheprovider', ...files], env, folder);
  expect(code, output).toBe(0);
  process.stdout.write(`${output.trim().split('\n').at(-1)}\n`);
}

describe.skipIf(isMissing)('existing clients, unchanged but for the address', () => {
  it('python-epo-ops-client', () => pytest(join(HERE, 'python'), 'test_epo_ops.py'));
  it('patent_client', () => pytest(join(HERE, 'python'), 'test_patent_client.py'));
  it('epo-ops-cli', () => pytest(join(HERE, 'python'), 'test_epo_ops_cli.py'));

  it('the tests that python-epo-ops-client brings', async () => {
    if ('missing' in python) return;
    const folder = join(work, 'own');
    const [archive = ''] = await readdir(join(python.folder, 'sdist'));
    await cp(join(HERE, 'own-suite'), join(folder, 'tests'), { recursive: true });
    const unpack = `import tarfile, sys; tarfile.open(sys.argv[1]).extractall(sys.argv[2], filter='data')`;
    await runIn(python, ['python', '-c', unpack, join(python.folder, 'sdist', archive), folder], env, work);
    const root = join(folder, archive.replace(/\.tar\.gz$/, ''), 'tests');
    await cp(root, join(folder, 'tests'), { recursive: true });
    await pytest(folder, 'tests');
  });
});
