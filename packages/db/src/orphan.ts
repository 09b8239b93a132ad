import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isRunning } from './process.js';

/** Whether the server behind a port takes this folder's password, which no other server does. */
async function isOurs(port: number, user: string, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Deals with the pid file of a server whose parent is gone. Still running: it is stopped and waited for. Gone, or
 * its number now another program's: the file is removed, for PostgreSQL would take any living process for itself.
 */
export async function stopOrphan(options: { dir: string; user: string; password: string }): Promise<void> {
  const pidFile = join(options.dir, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (isRunning(pid) && port > 0 && (await isOurs(port, options.user, options.password))) {
    process.kill(pid, 'SIGINT');
    const deadline = Date.now() + 15_000;
    while (isRunning(pid) && Date.now() < deadline) await sleep(20);
    return;
  }
  await rm(pidFile, { force: true });
}
