import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, whatever folder a script is started from. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const LEAST_NODE = [20, 19];

/** Stops with a sentence when this Node.js is too old to run the project. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  say(`Quanlian needs Node.js ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command in the project's folder with its output shown; returns the exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
    env: { ...process.env, ...options.env },
  });
  return result.status ?? 1;
}

/** The path of a command that a dependency brings. */
export function bin(name) {
  return join(ROOT, 'node_modules', '.bin', name);
}

function runOrExit(command, args, options) {
  const code = run(command, args, options);
  if (code !== 0) process.exit(code);
}

function packageFiles() {
  const folders = ['packages', '.'].flatMap((base) =>
    readdirSync(join(ROOT, base), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map((entry) => join(ROOT, base, entry.name, 'package.json')),
  );
  return [join(ROOT, 'package.json'), ...folders].filter((file) => existsSync(file)).sort();
}

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function isStamped(file, stamp) {
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

/** Installs the dependencies unless they were installed for these very package files. */
export function ensureInstalled() {
  const stampFile = join(ROOT, 'node_modules', '.quanlian-installed');
  const stamp = digest([process.version, ...packageFiles().map((file) => readFileSync(file, 'utf8'))]);
  if (isStamped(stampFile, stamp)) return;
  say('Installing dependencies ...');
  runOrExit('npm', ['install', '--no-audit', '--no-fund']);
  writeFileSync(stampFile, stamp);
}

const SOURCE = /\.(ts|tsx|json|css|html|svg|mjs)$/;
const NOT_SOURCE = new Set(['node_modules', 'dist', 'fixtures']);

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_SOURCE.has(entry.name)) yield* sourceFiles(path);
    } else if (SOURCE.test(entry.name)) yield path;
  }
}

function sourceStamp() {
  const files = [
    ...sourceFiles(join(ROOT, 'packages')),
    ...sourceFiles(join(ROOT, 'demo')),
    join(ROOT, 'tsconfig.base.json'),
  ];
  return digest(
    files.sort().map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${relative(ROOT, file)} ${mtimeMs} ${size}`;
    }),
  );
}

/** Compiles the packages and builds the pages unless nothing changed since the last time. */
export function ensureBuilt() {
  const stampFile = join(ROOT, 'node_modules', '.quanlian-built');
  const stamp = sourceStamp();
  const outputs = [
    'packages/cli/dist/main.js',
    ...['inverter', 'sets', 'reach', 'merger'].map((name) => `packages/engine/dist/${name}.wasm`),
    'packages/web/dist/app/index.html',
  ];
  if (isStamped(stampFile, stamp) && outputs.every((file) => existsSync(join(ROOT, file)))) return;
  say('Building ...');
  runOrExit(bin('tsgo'), ['-b']);
  runOrExit(process.execPath, ['scripts/build-machine.mjs']);
  runOrExit(bin('vite'), ['build', '--logLevel', 'warn'], { cwd: join(ROOT, 'packages/web') });
  writeFileSync(stampFile, stamp);
}

/** A folder for reports that are not part of the project. */
export function resultsFolder() {
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  return folder;
}
