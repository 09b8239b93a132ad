import { chown, lchown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The account the database server runs as; PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts tried in order when this program runs as root: one made for it, the distribution's, the one every system has. */
const ACCOUNT_NAMES = ['quanlian', 'postgres', 'nobody'];

async function findAccount(): Promise<ServerAccount | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ACCOUNT_NAMES) {
    const entry = lines.find((parts) => parts[0] === name);
    const uid = Number(entry?.[2]);
    const gid = Number(entry?.[3]);
    if (entry && Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0) return { uid: uid >>> 0, gid: gid >>> 0 };
  }
  return undefined;
}

async function giveTree(dir: string, account: ServerAccount): Promise<void> {
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  await chown(dir, account.uid, account.gid);
}

/** True when this process is root, so that the database server needs another account. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account to start the server as; undefined means this process's own. An existing cluster keeps its owner;
 * one that root has copied back is given to the account anew.
 */
export async function serverAccount(clusterDir: string): Promise<ServerAccount | undefined> {
  if (!runsAsRoot()) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = await findAccount();
  if (!account) throw new Error(`none of the accounts ${ACCOUNT_NAMES.join(', ')} exists on this machine`);
  if (owner) await giveTree(clusterDir, account);
  return account;
}
