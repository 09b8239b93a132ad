import { access, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { LoadJob } from '@quanlian/contract';
import { connect, noteDemo, type WorkDatabase } from '@quanlian/db';
import type { SearchBackend } from '@quanlian/engine';
import {
  type DataFolder,
  dataFolder,
  isReachable,
  markKey,
  openPathSource,
  pathKey,
  type RunningServer,
  startServer,
} from '@quanlian/server';
import { openForWriting } from '../corpus.js';
import { DEMO_COUNT, DEMO_KEY, DEMO_SEED } from '../demo-identity.js';
import { onInterrupt } from '../interrupt.js';
import { printLine, say } from '../output.js';
import { createProgress, describeProgress } from '../progress.js';
import { VERSION } from '../version.js';
import { settleDemoCity } from './account-demo.js';

export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  readonly load: readonly string[];
}

interface Started {
  readonly folder: DataFolder;
  readonly backend: SearchBackend;
  readonly work: WorkDatabase;
  readonly server: RunningServer;
}

/** Opens what the server stands on, and closes it again should a later part refuse. */
async function start(options: UpOptions): Promise<Started> {
  const folder = dataFolder(options.data);
  await mkdir(folder.root, { recursive: true });
  const backend = await openForWriting(options.data, 2);
  let work: WorkDatabase | undefined;
  try {
    const onError = (error: Error) => say(`quanlian: a connection to the work database broke: ${error.message}`);
    work = await connect({ dataDir: folder.root, url: process.env['DATABASE_URL'], onError });
    const logger = process.env['QUANLIAN_LOG'] === '1';
    const { host, port } = options;
    const server = await startServer({ folder, backend, work, version: VERSION, host, port, logger });
    return { folder, backend, work, server };
  } catch (error) {
    await work?.close();
    await backend.close();
    throw error;
  }
}

const follow = async (server: RunningServer, job: LoadJob): Promise<LoadJob> => {
  const progress = createProgress();
  const ended = await server.loads.ended(job.id, (now) => progress.show(describeProgress(now)));
  progress.end();
  return ended;
};

/** An empty corpus gets the demo city, and so does one whose demo city is not whole because its load was cut. */
async function wantsDemo(backend: SearchBackend): Promise<boolean> {
  const [{ documents }, marks] = await Promise.all([backend.refresh(), backend.marks()]);
  return documents === 0 || markKey(DEMO_KEY) in marks;
}

async function loadDemo({ folder, work, server }: Started): Promise<void> {
  say(`Loading the demo city: ${DEMO_COUNT.toLocaleString('en-US')} generated patents…`);
  // The generator's vocabulary takes a moment to read and most starts need none of it.
  const { demoCity, demoSource } = await import('../demo-source.js');
  // Written first: should the load be cut, what it brought is known as generated.
  await mkdir(dirname(folder.city), { recursive: true });
  await writeFile(folder.city, JSON.stringify(demoCity()));
  const job = server.loads.enqueue({ name: 'demo city', origin: 'demo', key: DEMO_KEY, open: async () => demoSource });
  const ended = await follow(server, job);
  if (ended.state === 'done') await noteDemo(work.db, DEMO_SEED);
  else if (ended.error) say(`quanlian: the demo city was not loaded: ${ended.error.message}`);
}

async function loadPaths(server: RunningServer, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const order = { name: basename(path), origin: 'command' as const, key: pathKey([path], 'auto') };
    const ended = await follow(server, server.loads.enqueue({ ...order, open: () => openPathSource([path], 'auto') }));
    if (ended.error) say(`quanlian: ${path}: ${ended.error.message}`);
    else say(`${path}: ${ended.summary.read} records read, ${ended.summary.failed} failed`);
  }
}

/** Ends everything from the outside in: requests, loads, corpus, database. */
async function stop({ server, backend, work }: Started): Promise<void> {
  await server.close();
  await backend.close();
  await work.close();
}

/** Loads what is to be there from the start, then tells the address. Ctrl-C meanwhile ends the loads at a commit. */
async function prepare(started: Started, options: UpOptions): Promise<void> {
  if (options.demo && (await wantsDemo(started.backend))) await loadDemo(started);
  const { publicUrl } = started.server.work.config.signIn;
  // Accounts whose passwords were printed are for this machine only.
  if (options.demo && !isReachable(options.host, publicUrl)) await settleDemoCity(started.work);
  await loadPaths(started.server, options.load);
  await printLine(`Quanlian is running at ${started.server.url} (Ctrl-C stops it)`);
}

/** `quanlian up`: the server, until Ctrl-C. */
export async function upCommand(options: UpOptions): Promise<void> {
  for (const path of options.load) await access(path);
  const started = await start(options);
  let failure: unknown;
  const ended = new Promise<void>((resolve) => {
    const end = () => resolve(stop(started));
    const forget = onInterrupt(() => {
      say('Stopping…');
      end();
    });
    prepare(started, options).catch((error: unknown) => {
      failure = error;
      forget();
      end();
    });
  });
  await ended;
  if (failure !== undefined) throw failure;
}
