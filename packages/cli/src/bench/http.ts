import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from '@quanlian/db';
import type { SearchBackend } from '@quanlian/engine';
import { DEFAULT_LIMITS, dataFolder, startServer } from '@quanlian/server';
import { openForWriting } from '../corpus.js';
import { say } from '../output.js';
import { VERSION } from '../version.js';
import { commonWords, fill } from './fill.js';
import type { ClientsOrder, ClientsReport } from './http-clients.js';
import { type Bench, type BenchOptions, type Measurement, summarize } from './measure.js';

const CLIENTS = 8;
const SECONDS = 20;
const WARMING_SECONDS = 5;
const PATH = '/api/v1/search?limit=10&facet=office&facet=year&facet=applicant';

/** A server cannot measure itself while it holds its clients back. */
const NO_LIMITS = {
  ...DEFAULT_LIMITS,
  requestsPerMinute: 10_000_000,
  query: { mostPerQuery: 1e9, capacity: 1e9, perSecond: 1e9 },
};

const SAMPLE_PAGES = 20;
const SAMPLE_PAGE = 50;

/** The words that most documents have, by the newest of a corpus. */
async function wordsOf(backend: SearchBackend): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 0; page < SAMPLE_PAGES; page++) {
    const offset = page * SAMPLE_PAGE;
    const { hits } = await backend.search({ query: { op: 'all' }, sort: 'newest', limit: SAMPLE_PAGE, offset });
    ids.push(...hits.map(({ id }) => id));
  }
  const documents = await backend.get(ids, ['description', 'claims']);
  return commonWords(documents.filter((document) => document !== null));
}

/** Lets clients in a process of their own ask; resolves when they have ended. */
async function clientsAsk(order: ClientsOrder): Promise<ClientsReport> {
  const child = fork(new URL('../../dist/bench/http-clients.js', import.meta.url), { execArgv: [] });
  try {
    const answer = Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => [{ error: 'the clients ended without an answer' }]),
    ]);
    child.send(order);
    const [report] = (await answer) as [ClientsReport | { readonly error: string }];
    if ('error' in report) throw new Error(report.error);
    return report;
  } finally {
    child.kill();
  }
}

async function measure(order: ClientsOrder): Promise<Measurement[]> {
  await clientsAsk({ ...order, seed: order.seed + 1, seconds: WARMING_SECONDS });
  const used = process.cpuUsage();
  const { waits, seconds, bytes, cpuSeconds } = await clientsAsk(order);
  const { user, system } = process.cpuUsage(used);
  const requests = waits.length;
  const sorted = waits.toSorted((a, b) => a - b);
  const once = (name: string, unit: string, value: number): Measurement => summarize(name, unit, [value]);
  return [
    summarize(`search, ${CLIENTS} clients`, 'ms', waits),
    once('99 of 100 answered in', 'ms', sorted[Math.floor(requests * 0.99)] ?? 0),
    once('rate', 'requests/s', requests / seconds),
    once('processor time of the server', 'ms/request', (user + system) / 1000 / requests),
    once('processor time of the clients', 'ms/request', (cpuSeconds * 1000) / requests),
    once('answer', 'bytes', bytes / requests),
  ];
}

/** Waits until what is derived of the documents stands: that takes the processors of whoever asks meanwhile. */
async function settled(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/v1/register`);
    const { running, endedAt } = (await answer.json()) as { running: boolean; endedAt: string | null };
    if (!running && endedAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function serve(
  { docs, seed, data }: BenchOptions,
  root: string,
  use: (server: { url: string; words: string[] }) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const folder = dataFolder(root);
  const backend = await openForWriting(folder.root, 2);
  try {
    const words = data === undefined ? commonWords(await fill(backend, { docs, seed })) : await wordsOf(backend);
    say(`${(await backend.stats()).documents.toLocaleString('en-US')} documents are served`);
    const work = await connect({ dataDir: folder.root });
    try {
      const place = { host: '127.0.0.1', port: 0 };
      const server = await startServer({ folder, backend, work, version: VERSION, ...place, limits: NO_LIMITS });
      try {
        await settled(server.url);
        return await use({ url: server.url, words });
      } finally {
        await server.close();
      }
    } finally {
      await work.close();
    }
  } finally {
    await backend.close();
  }
}

/**
 * Searches with three facets over HTTP by several clients at once: how long each waited, and what an answer costs. With
 * `data` that folder's corpus is served, which no other server may hold; else a generated one.
 */
export const benchHttp: Bench = (options, dir) =>
  serve(options, options.data ?? join(dir, 'data'), ({ url, words }) =>
    measure({ url, path: PATH, words, seed: options.seed, clients: CLIENTS, seconds: options.seconds ?? SECONDS }),
  );
