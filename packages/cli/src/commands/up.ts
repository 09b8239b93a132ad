import { access, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { LoadJob } from '@quanlian/contract';
import { connect, noteDemo, type WorkDatabase } from '@quanlian/db';
import type { SearchBackend } from '@quanlian/engine';
import type { DataFolder, RunningServer } from '@quanlian/server';
import { DEMO_COUNT, DEMO_KEY, DEMO_SEED } from '../demo-identity.js';
import { onInterrupt } from '../interrupt.js';
import { printLine, say } from '../output.js';
import { createProgress, describeProgress } from '../progress.js';
import { VERSION } from '../version.js';

const SEARCH_THREADS = 2;

export interface UpOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  readonly load: readonly string[];
}

type ServerModule = typeof import('@quanlian/server');

interface Started {
  readonly module: ServerModule;
  readonly folder: DataFolder;
  readonly backend: SearchBackend;
  readonly work: WorkDatabase;
  readonly server: RunningServer;
}

/** Waits for all that was begun, so that what did open can be closed again should another part refuse. */
async function settle<Parts extends readonly unknown[]>(parts: { [Index in keyof Parts]: Promise<Parts[Index]> }) {
  const settled = await Promise.allSettled(parts);
  const failed = settled.find((part) => part.status === 'rejected');
  return { parts: settled, failure: failed?.reason as unknown };
}

/**
 * Opens what the server stands on, and closes it again should a part refuse. The database's process starts while the
 * corpus opens and the server's own modules are read: they need different things of the machine.
 */
async function start(options: UpOptions): Promise<Started> {
  const root = resolve(options.data);
  await mkdir(root, { recursive: true });
  const onError = (error: Error) => say(`quanlian: the work database: ${error.message}`);
  const opening = import('../corpus.js').then(({ openForWriting }) => openForWriting(root, SEARCH_THREADS));
  const { parts, failure } = await settle<[SearchBackend, WorkDatabase, ServerModule]>([
    opening,
    connect({ dataDir: root, url: process.env['DATABASE_URL'], onError }),
    import('@quanlian/server'),
  ]);
  const [backend, work, module] = parts.map((part) => (part.status === 'fulfilled' ? part.value : undefined)) as [
    SearchBackend?,
    WorkDatabase?,
    ServerModule?,
  ];
  try {
    if (failure !== undefined || !backend || !work || !module) throw failure;
    const folder = module.dataFolder(options.data);
    const logger = process.env['QUANLIAN_LOG'] === '1';
    const { host, port } = options;
    const server = await module.startServer({ folder, backend, work, version: VERSION, host, port, logger });
    return { module, folder, backend, work, server };
  } catch (error) {
    await work?.close();
    await backend?.close();
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
async function wantsDemo({ backend, module }: Started): Promise<boolean> {
  const [{ documents }, marks] = await Promise.all([backend.refresh(), backend.marks()]);
  return documents === 0 || module.markKey(DEMO_KEY) in marks;
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

async function loadPaths({ server, module }: Started, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const order = { name: basename(path), origin: 'command' as const, key: module.pathKey([path], 'auto') };
    const ended = await follow(
      server,
      server.loads.enqueue({ ...order, open: () => module.openPathSource([path], 'auto') }),
    );
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
  if (options.demo && (await wantsDemo(started))) await loadDemo(started);
  const { publicUrl } = started.server.work.config.signIn;
  // Accounts whose passwords were printed are for this machine only.
  if (options.demo && !started.module.isReachable(options.host, publicUrl)) {
    const { settleDemoCity } = await import('./account-demo.js');
    await settleDemoCity(started.work);
  }
  await loadPaths(started, options.load);
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
