import { join } from 'node:path';
import { connect } from '@quanlian/db';
import { DEFAULT_LIMITS, dataFolder, startServer } from '@quanlian/server';
import { openForWriting } from '../corpus.js';
import { VERSION } from '../version.js';
import { commonWords, fill } from './fill.js';
import { type Bench, seededRandom, summarize, timed } from './measure.js';

const CLIENTS = 8;
const REQUESTS_EACH = 100;

/** A server cannot measure itself while it holds its clients back. */
const NO_LIMITS = {
  ...DEFAULT_LIMITS,
  requestsPerMinute: 10_000_000,
  query: { mostPerQuery: 1e9, capacity: 1e9, perSecond: 1e9 },
};

/** Searches over HTTP by several clients at once: their rate and how long each waited. */
export const benchHttp: Bench = async (options, dir) => {
  const folder = dataFolder(join(dir, 'data'));
  const backend = await openForWriting(folder.root, 2);
  const sample = await fill(backend, options);
  const work = await connect({ dataDir: folder.root });
  const place = { host: '127.0.0.1', port: 0 };
  const server = await startServer({ folder, backend, work, version: VERSION, ...place, limits: NO_LIMITS });
  try {
    const common = commonWords(sample);
    const random = seededRandom(options.seed);
    const waits: number[] = [];
    const ask = async () => {
      const q = common[Math.floor(random() * common.length)] ?? '';
      const answer = await fetch(
        `${server.url}/api/v1/search?limit=10&facet=office&facet=year&facet=applicant&q=${encodeURIComponent(q)}`,
      );
      if (!answer.ok) throw new Error(`a search was answered with ${answer.status}`);
      await answer.arrayBuffer();
    };
    const client = async () => {
      for (let n = 0; n < REQUESTS_EACH; n += 1) waits.push(await timed(ask));
    };
    const ms = await timed(() => Promise.all(Array.from({ length: CLIENTS }, client)));
    return [
      summarize(`search, ${CLIENTS} clients`, 'ms', waits),
      summarize('rate', 'requests/s', [(waits.length * 1000) / ms]),
    ];
  } finally {
    await server.close();
    await backend.close();
    await work.close();
  }
};
