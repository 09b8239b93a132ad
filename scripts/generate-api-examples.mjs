/**
 * Writes packages/server/src/http/examples.generated.ts: for the operations of the API a request and the answer that a server
 * over a part of the demo city gives to it. Long lists and texts are cut; nothing is made up.
 * Use: node scripts/generate-api-examples.mjs
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatePatents } from '@quanlian/demo';
import { openCorpusInline } from '@quanlian/engine';
import { createTestServer, TOKEN } from '../packages/server/dist/app.fixture.js';

const FILE = new URL('../packages/server/src/http/examples.generated.ts', import.meta.url);
const DOCUMENTS = 400;
const MOST_ITEMS = 2;
const LONGEST_TEXT = 400;

const records = [...generatePatents({ seed: 20_260_101, count: DOCUMENTS })];
const server = await createTestServer({
  openBackend: async (dir) => {
    const corpus = await openCorpusInline({ dir, write: true });
    await corpus.apply(records);
    return corpus;
  },
  now: () => new Date('2026-01-05T08:00:00Z'),
});
await server.register.refresh();

function shorten(value) {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shorten(inner)]));
}

/** A file of the inbox one of whose records failed, so that there is something to read again. */
const FAILED_FILE = 'ipg180619.xml';
const done = join(server.folder.inbox, 'done');
await mkdir(done, { recursive: true });
await writeFile(join(done, FAILED_FILE), '');
const failure = { code: 'record.malformed', message: 'The record is not well-formed.', file: FAILED_FILE, offset: 812 };
const summary = { read: 2, added: 1, merged: 0, unchanged: 0, stale: 0, failed: 1, unknownElements: {} };
const times = { startedAt: '2026-01-05T08:00:00.000Z', finishedAt: '2026-01-05T08:00:01.000Z' };
const load = {
  ...{ id: '20260105T080000000-0a1b2c3d', name: FAILED_FILE, origin: 'inbox', state: 'done', version: '0.1.0' },
  ...{ ...times, bytesDone: 1600, bytesTotal: 1600, recordsPerSecond: 2, secondsLeft: null },
  ...{ summary, failures: [failure], sequence: 2, error: null },
};
await writeFile(join(done, `${FAILED_FILE}.report.json`), JSON.stringify(load));

const cited =
  records.find(({ citations = [], claims = [] }) => citations.length > 0 && claims.length > 0) ?? records[0];
const api = '/api/v1';
const QUERIES = {
  simple: 'title:device office:CN',
  cql: 'ti=device and pd within "2010 2020"',
  cql12: 'title=device and date>=2010',
  command: 'device.ti. and cn.pn.',
  cnipa: '发明名称=(装置)',
};
const text = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const ask = (operation, url, payload) => ({ operation, url, payload });
const requests = [
  ask('get /healthz', '/healthz'),
  ask('get /readyz', '/readyz'),
  ...Object.entries(QUERIES).map(([syntax, q]) =>
    ask('get /api/v1/search', `${api}/search?${new URLSearchParams({ q, syntax, limit: '2', facet: 'office' })}`),
  ),
  ask('post /api/v1/search', `${api}/search`, { q: QUERIES.simple, limit: 2, facets: [{ name: 'year', size: 3 }] }),
  ask('get /api/v1/publications/{id}', `${api}/publications/${cited.id}`),
  ask('get /api/v1/publications/{id}/family', `${api}/publications/${cited.id}/family`),
  ask('get /api/v1/publications/{id}/legal', `${api}/publications/${cited.id}/legal`),
  ask('get /api/v1/publications/{id}/citations', `${api}/publications/${cited.id}/citations`),
  ask('get /api/v1/publications/{id}/citations/graph', `${api}/publications/${cited.id}/citations/graph?limit=3`),
  ask('get /api/v1/publications/{id}/fields', `${api}/publications/${cited.id}/fields`),
  ask('get /api/v1/publications/{id}/claims/comparison', `${api}/publications/${cited.id}/claims/comparison`),
  ask('get /api/v1/publications/{id}/similar', `${api}/publications/${cited.id}/similar?limit=2`),
  ask('post /api/v1/similar', `${api}/similar`, { text: 'a brushless motor with a sealed bearing', limit: 2 }),
  ask('get /api/v1/numbers', `${api}/numbers?text=EP%201%20000%20000%20A1`),
  ask('post /api/v1/numbers', `${api}/numbers`, { text: `${cited.id}\nEP 1 000 000 A1` }),
  ask('get /api/v1/classes', `${api}/classes?text=H01M10/05`),
  ask('get /api/v1/query', `${api}/query?text=${encodeURIComponent('device -motor')}`),
  ask('get /api/v1/suggestions', `${api}/suggestions?text=dev`),
  ask('get /api/v1/explanation', `${api}/explanation?q=device&syntax=simple`),
  ask('post /api/v1/explanation', `${api}/explanation`, { q: 'device', syntax: 'simple' }),
  ask('get /api/v1/corpus', `${api}/corpus`),
  ask('get /api/v1/corpus/check', `${api}/corpus/check`),
  ask('get /api/v1/register', `${api}/register`),
  ask('get /api/v1/schemes', `${api}/schemes`),
  ask('get /api/v1/concordances', `${api}/concordances`),
  ask('get /api/v1/concordances/{name}', `${api}/concordances/field35`),
  ask('get /api/v1/concordances/{name}/lookup', `${api}/concordances/field35/lookup?symbol=H01M10/05`),
  ask('post /api/v1/class-suggestions', `${api}/class-suggestions`, {
    text: 'a brushless motor with a sealed bearing',
  }),
  ask('get /api/v1/coverage', `${api}/coverage`),
  ask('get /api/v1/coverage/numbers', `${api}/coverage/numbers?office=US&kind=B2`),
  ask('get /api/v1/coverage/weeks', `${api}/coverage/weeks?office=US&kind=B2&year=2018`),
  ask('get /api/v1/event-codes', `${api}/event-codes`),
  ask('get /api/v1/synonyms', `${api}/synonyms`),
  ask('get /api/v1/loads', `${api}/loads`),
  ask('get /api/v1/loads/mappings', `${api}/loads/mappings`),
  ask('get /api/v1/inbox', `${api}/inbox`),
  ask('post /api/v1/inbox/retry', `${api}/inbox/retry`, { files: [{ folder: 'done', name: FAILED_FILE }] }),
  ask('post /api/v1/records', `${api}/records`, { q: QUERIES.simple, syntax: 'simple' }),
  ask('get /api/v1/records/key', `${api}/records/key`),
];

const examples = {};
for (const { operation, url, payload } of requests) {
  const method = operation.split(' ')[0].toUpperCase();
  const answer = await server.app.inject({ method, url, headers: text, ...(payload ? { payload } : {}) });
  const { pathname, searchParams } = new URL(url, 'http://local');
  if (answer.statusCode >= 300) {
    process.stderr.write(`${operation}: ${answer.statusCode} ${answer.body.slice(0, 300)}\n`);
    process.exitCode = 1;
    continue;
  }
  examples[operation] ??= [];
  examples[operation].push({
    path: pathname,
    ...(searchParams.size > 0 ? { query: Object.fromEntries(searchParams) } : {}),
    ...(payload ? { body: payload } : {}),
    status: answer.statusCode,
    answer: shorten(answer.json()),
  });
}
const missing = await server.app.inject({ url: `${api}/publications/EP9` });
examples['problem'] = [{ path: `${api}/publications/EP9`, status: 404, answer: missing.json() }];
await server.close();
const HEAD = `// Generated by scripts/generate-api-examples.mjs from answers over the demo city; do not edit.

/** A request as a server over the demo city was sent it, with its answer; long lists and texts of that are cut. */
export interface ApiExample {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

`;
await writeFile(
  FILE,
  `${HEAD}export const EXAMPLES: Readonly<Record<string, readonly ApiExample[]>> = ${JSON.stringify(examples, null, 1)};\n`,
);
