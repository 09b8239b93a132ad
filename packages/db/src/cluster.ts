import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runsAsRoot, type ServerAccount, serverAccount } from './account.js';
import { findBinaries, type ServerBinaries } from './binaries.js';
import { stopOrphan } from './orphan.js';

/** A running embedded server. */
export interface Cluster {
  readonly port: number;
  /** Resolves when the server's process has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** The folder of the cluster; made when it is not there. */
  readonly dir: string;
  /** Where the server writes its log. */
  readonly logFile: string;
  /** Where a copy of the programs may go. */
  readonly runtimeDir: string;
  readonly user: string;
  readonly password: string;
  /** The port to listen on; any free one when left out. */
  readonly port?: number;
}

/** The major version of the programs that come with the installation. */
export const MAJOR_VERSION = '18';
const START_LIMIT_MS = 30_000;
const LOG_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * How the server is told its folder. Started by root it runs as another account, which may not be able to walk to
 * the folder (under /root, say); the link to its own working folder needs no walk.
 */
const folderArgument = (dir: string): string => (process.platform === 'linux' && runsAsRoot() ? '/proc/self/cwd' : dir);

const childEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

export async function initialise(
  options: ClusterOptions,
  binaries: ServerBinaries,
  account?: ServerAccount,
): Promise<void> {
  const making = `${options.dir}.new`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true, mode: 0o700 });
  const secretDir = await mkdtemp(join(tmpdir(), 'quanlian-'));
  const secretFile = join(secretDir, 'password');
  await writeFile(secretFile, `${options.password}\n`, { mode: 0o600 });
  if (account) for (const path of [making, secretDir, secretFile]) await chown(path, account.uid, account.gid);
  try {
    const child = spawn(
      binaries.initdb,
      [
        `--pgdata=${folderArgument(making)}`,
        `--username=${options.user}`,
        `--pwfile=${secretFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account, cwd: making, env: childEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`the database could not be created: ${said.trim()}`);
    await rename(making, options.dir);
  } finally {
    await rm(secretDir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no free port');
  return address.port;
}

async function startProcess(
  options: ClusterOptions,
  binaries: ServerBinaries,
  port: number,
  account?: ServerAccount,
): Promise<ChildProcess> {
  const size = await stat(options.logFile).then(
    (found) => found.size,
    () => 0,
  );
  const log = await open(options.logFile, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '40',
    shared_buffers: '64MB',
    password_encryption: 'scram-sha-256',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    // Detached, so that Ctrl-C in a terminal reaches this program alone, which ends its connections first.
    return spawn(binaries.postgres, ['-D', folderArgument(options.dir), '-p', String(port), ...flags], {
      ...account,
      cwd: options.dir,
      env: childEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

/** Waits until the server says in its pid file that it takes connections; false when it ended first. */
async function becomesReady(dir: string, child: ChildProcess, hasEnded: () => boolean): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && !hasEnded()) {
    const lines = (await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  return false;
}

async function stopProcess(child: ChildProcess, ended: Promise<void>, binaries: ServerBinaries, dir: string) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') spawn(binaries.pgCtl, ['stop', '-D', dir, '-m', 'fast'], { stdio: 'ignore' });
  else child.kill('SIGINT');
  const waited = await Promise.race([ended.then(() => 'ended'), sleep(15_000, 'late', { ref: false })]);
  if (waited === 'late') child.kill('SIGQUIT');
  await ended;
}

async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join(' | ');
}

async function startOnce(
  options: ClusterOptions,
  binaries: ServerBinaries,
  account?: ServerAccount,
): Promise<Cluster | undefined> {
  const port = options.port ?? (await freePort());
  const child = await startProcess(options, binaries, port, account);
  const atExit = () => child.kill('SIGINT');
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      process.removeListener('exit', atExit);
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
  process.once('exit', atExit);
  if (!(await becomesReady(options.dir, child, () => hasEnded))) {
    await stopProcess(child, ended, binaries, options.dir);
    return undefined;
  }
  return { port, ended, stop: () => stopProcess(child, ended, binaries, options.dir) };
}

/** The major version that wrote a cluster; undefined when there is none. */
export async function versionOf(dir: string): Promise<string | undefined> {
  const text = await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text?.trim();
}

/**
 * Starts the programs given on a cluster that is there. What a crash left (a pid file, a server without its parent) is
 * cleared first. Throws with the server's last log lines when it does not start.
 */
export async function runCluster(
  options: ClusterOptions,
  binaries: ServerBinaries,
  account?: ServerAccount,
): Promise<Cluster> {
  await stopOrphan(options);
  // A port can be taken between asking for it and using it, and memory of a server that was killed takes a moment to go.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const cluster = await startOnce(options, binaries, account);
    if (cluster) return cluster;
    await sleep(250);
  }
  throw new Error(`the database server does not start: ${await lastWords(options.logFile)}`);
}

/**
 * Starts PostgreSQL on a loopback port, making the cluster first when there is none. The caller holds the folder's
 * lock and has brought a cluster of an older version up to this one.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const account = await serverAccount(options.dir);
  const binaries = await findBinaries(account, options.runtimeDir);
  const version = await versionOf(options.dir);
  if (version === undefined) await initialise(options, binaries, account);
  else if (version !== MAJOR_VERSION)
    throw new Error(`${options.dir} was written by PostgreSQL ${version}; this program brings ${MAJOR_VERSION}`);
  return runCluster(options, binaries, account);
}
