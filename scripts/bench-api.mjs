/**
 * Measures the face for OPS clients and the API over HTTP on a generated corpus: bibliographic data by number, and
 * searches with 25 hits each, every question different from the one before and no answer kept.
 * Use: node scripts/bench-api.mjs [documents] [seconds] [--data FOLDER]
 * A folder that is named is kept, and found again filled by the next run. The register is derived before anything is
 * measured, as it would be after a load.
 */
import { execFile, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generatePatents } from '@quanlian/demo';
import { openCorpus } from '@quanlian/engine';
import autocannon from 'autocannon';

const run = promisify(execFile);
const COMMAND = new URL('../packages/cli/bin/quanlian.js', import.meta.url).pathname;
const BATCH = 5000;
const SEED = 20_260_101;
const SAMPLE = 2000;
const CONNECTIONS = 32;
const API_REQUESTS = 1000;

const named = process.argv.indexOf('--data');
const numbers = process.argv.slice(2).filter((one) => /^\d+$/.test(one));
const documents = Number(numbers[0] ?? 100_000);
const seconds = Number(numbers[1] ?? 10);
const say = (line) => process.stdout.write(`${line}\n`);

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

async function fill(folder) {
  const from = performance.now();
  const corpus = await openCorpus({ dir: join(folder, 'corpus'), write: true });
  let batch = [];
  const flush = async () => {
    await corpus.apply(batch);
    batch = [];
  };
  for (const record of generatePatents({ seed: SEED, count: documents })) {
    batch.push(record);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await corpus.merge();
  await corpus.close();
  await writeFile(join(folder, 'filled'), String(documents));
  say(`${documents} documents loaded in ${((performance.now() - from) / 1000).toFixed(0)} s`);
}

/** What was drawn for this folder before, which takes as long as making all its documents, or is drawn now. */
async function drawOnce(folder) {
  const file = join(folder, 'drawn.json');
  if (await exists(file)) return JSON.parse(await readFile(file, 'utf8'));
  const { sample, queries } = draw();
  const drawn = { sample: sample.map(({ office, number, kind }) => ({ office, number, kind })), queries };
  await writeFile(file, JSON.stringify(drawn));
  return drawn;
}

/** Documents and queries to ask for, drawn from the documents themselves. */
function draw() {
  const sample = [];
  const step = Math.max(1, Math.floor(documents / SAMPLE));
  let at = 0;
  for (const record of generatePatents({ seed: SEED, count: documents })) {
    if (at++ % step === 0) sample.push(record);
    if (sample.length === SAMPLE) break;
  }
  const words = (text) => text.match(/\p{Script=Han}{2,4}|[a-z]{4,}/giu) ?? [];
  const queries = sample.flatMap((record, index) => {
    const title = Object.values(record.titles ?? {})[0] ?? '';
    const [one] = words(title);
    // Two words side by side, or the Chinese characters of one stretch: what does stand in the text.
    const [pair = one] = title.match(/\p{Script=Han}{2,6}|[a-z]{3,} [a-z]{3,}/iu) ?? [];
    // Designs have classes of their own, which are neither IPC nor CPC.
    const patent = record.classifications?.find(({ scheme }) => scheme === 'CPC');
    const symbol = patent?.symbol.replace(/\s/g, '');
    const applicant = record.applicants?.[0]?.name.replace(/["()]/g, ' ');
    if (!one || !symbol || !applicant) return [];
    const year = record.date?.slice(0, 4) ?? '2020';
    return [
      [
        `ti=${one}`,
        `ta="${pair}"`,
        `pa="${applicant}"`,
        `cpc=${symbol.split('/')[0]}`,
        `ti=${one} and pd=${year}`,
        `ta=${one} not pa="${applicant}"`,
      ][index % 6],
    ];
  });
  return { sample, queries };
}

async function start(folder) {
  const port = 24_900 + Math.floor(Math.random() * 90);
  const program = spawn(process.execPath, [COMMAND, 'up', '--no-demo', '--port', String(port), '--data', folder], {
    stdio: 'inherit',
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (program.exitCode !== null) throw new Error('the server ended');
    if ((await fetch(`${url}/healthz`).catch(() => undefined))?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, stop: () => new Promise((resolve) => program.once('exit', resolve) && program.kill('SIGTERM')) };
}

/** Waits until status, families and citation counts follow what was loaded. */
async function settle(url) {
  const from = performance.now();
  for (;;) {
    const { running, endedAt } = await (await fetch(`${url}/api/v1/register`)).json();
    if (!running && endedAt !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const seconds = (performance.now() - from) / 1000;
  if (seconds > 5) say(`the register was derived in ${seconds.toFixed(0)} s`);
}

async function signIn(url, folder) {
  const rates = ['images', 'inpadoc', 'other', 'retrieval', 'search'].flatMap((name) => [
    '--per-minute',
    `${name}=999999999`,
  ]);
  const { stdout } = await run(process.execPath, [
    COMMAND,
    'ops-client',
    'issue',
    '--name',
    'bench',
    '--json',
    ...rates,
    '--data',
    folder,
  ]);
  const { key, secret } = JSON.parse(stdout);
  const answer = await fetch(`${url}/3.2/auth/accesstoken`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()).access_token;
}

/** Processor time of the server so far, all its threads together, in seconds: what counts when others share the machine. */
async function processorSeconds(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Tells the rate and the processor time of a request, the server's and that of the load itself. */
async function timed(title, url, options) {
  const before = await processorSeconds(url);
  const own = process.cpuUsage();
  const { requests, latency, non2xx, errors, duration } = await autocannon({ url, ...options });
  const spent = ((await processorSeconds(url)) - before) * 1000;
  const { user, system } = process.cpuUsage(own);
  const each = (milliseconds) => (milliseconds / requests.total).toFixed(2);
  say(
    `${title.padEnd(36)} ${(requests.total / duration).toFixed(0).padStart(6)} requests/s, waiting ${latency.p50} ms (median), ${latency.p99} ms (99 %), ${non2xx} refused, ${errors} errors, ${each(spent)} ms of processor each and ${each((user + system) / 1000)} for the load itself`,
  );
}

/**
 * Asks for all paths once and then, unless that was all that was wanted (`once`), goes on with them for some seconds: a
 * server that has just been started is measured, and one that has run for a while.
 */
async function measure(title, url, { headers, paths, once = false }) {
  const requests = paths.map((path) => ({ method: 'GET', path, headers }));
  // Each connection begins elsewhere, so that no two ask for the same at about the same time.
  let begun = 0;
  const setupClient = (client) => {
    const from = Math.floor((begun++ % CONNECTIONS) * (requests.length / CONNECTIONS));
    client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
  };
  const load = { connections: CONNECTIONS, requests, setupClient };
  await timed(once ? title : `${title}, each once`, url, { ...load, amount: requests.length });
  if (!once) await timed(title, url, { ...load, duration: seconds });
}

const folder = named < 0 ? await mkdtemp(join(tmpdir(), 'quanlian-bench-')) : process.argv[named + 1];
await mkdir(folder, { recursive: true });
if (!(await exists(join(folder, 'filled')))) await fill(folder);
const { sample, queries } = await drawOnce(folder);
const server = await start(folder);
try {
  await settle(server.url);
  const headers = { authorization: `Bearer ${await signIn(server.url, folder)}` };
  const rest = '/3.2/rest-services';
  say(`${documents} documents, ${CONNECTIONS} connections, ${cpus().length} cores shared with the load`);
  await measure('OPS biblio', server.url, {
    headers,
    paths: sample.map(
      ({ office, number, kind }) => `${rest}/published-data/publication/docdb/${office}.${number}.${kind}/biblio`,
    ),
  });
  await measure('OPS search, 25 hits', server.url, {
    headers,
    paths: queries.map((q) => `${rest}/published-data/search?Range=1-25&q=${encodeURIComponent(q)}`),
  });
  // No more than one client of the API may ask for within a minute.
  const asked = queries.slice(0, API_REQUESTS);
  const api = '/api/v1/search?syntax=cql&sort=newest&limit=25';
  for (const [title, more] of [
    ['API search, no passages', '&highlight=false'],
    ['API search with passages', ''],
  ]) {
    const paths = asked.map((q) => `${api}${more}&q=${encodeURIComponent(q)}`);
    await measure(title, server.url, { headers: {}, paths, once: true });
  }
} finally {
  await server.stop();
  if (named < 0) await rm(folder, { recursive: true, force: true });
}
