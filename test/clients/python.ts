import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const REQUIREMENTS = join(HERE, 'python', 'requirements.txt');
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/quanlian-python/', import.meta.url));
const PYTHONS = ['python3.13', 'python3.12', 'python3.11', 'python3'];

/** Python with the pinned clients, or why there is none. */
export type Python = { readonly folder: string; readonly bin: string } | { readonly missing: string };

async function findPython(): Promise<string | undefined> {
  for (const name of PYTHONS) {
    const version = await run(name, ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 11))']).catch(
      () => undefined,
    );
    if (version?.stdout.trim() === 'True') return name;
  }
  return undefined;
}

/** Makes the environment once; later runs find it by the requirements it was made for. */
async function prepare(): Promise<Python> {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const mark = join(FOLDER, 'made-for');
  const bin = join(FOLDER, 'bin');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return { folder: FOLDER, bin };
  const python = await findPython();
  if (python === undefined) return { missing: 'Python 3.11 or newer with venv is not installed.' };
  await mkdir(FOLDER, { recursive: true });
  try {
    await run(python, ['-m', 'venv', '--clear', FOLDER]);
    await run(join(bin, 'pip'), ['install', '-q', '--disable-pip-version-check', '-r', REQUIREMENTS]);
    const client = readFileSync(REQUIREMENTS, 'utf8').split('\n')[0] ?? '';
    await run(join(bin, 'pip'), [
      'download',
      '-q',
      '--no-deps',
      '--no-binary',
      ':all:',
      '-d',
      join(FOLDER, 'sdist'),
      client,
    ]);
    writeFileSync(mark, wanted);
    return { folder: FOLDER, bin };
  } catch (error) {
    return { missing: `The clients could not be installed from the package index: ${String(error).slice(0, 300)}` };
  }
}

/** The environment, or a notice; where QUANLIAN_NEED_CLIENTS is set it must be there. */
export async function preparePython(): Promise<Python> {
  const python = await prepare();
  if ('missing' in python) {
    if (process.env['QUANLIAN_NEED_CLIENTS']) throw new Error(python.missing);
    process.stdout.write(`Skipped: ${python.missing}\n`);
  }
  return python;
}

/** Runs a program of the environment; its exit code with all it said. */
export async function runIn(
  { bin }: { readonly bin: string },
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ code: number; output: string }> {
  const [name = '', ...rest] = command;
  const options = {
    cwd,
    env: { ...process.env, ...env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    maxBuffer: 64 * 1024 * 1024,
  };
  return run(join(bin, name), rest, options).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? 1,
      output: `${error.stdout ?? ''}${error.stderr ?? ''}`,
    }),
  );
}
