/**
 * Loads many generated records into one corpus and serves them: rate, memory, disk, and answers compared with counts
 * that are made without the engine. Stopped at any time, it goes on where the last commit left it.
 * Use: node scripts/measure-large.mjs <documents> <folder> [memory in MiB]
 *
 * The records are put together from the parts of 20 000 documents of the demo city: title, people and classes of one,
 * abstract of another, and in every tenth claims and description of two more with a word of its own. Nine of ten have
 * no full text, as in the files that offices exchange.
 */
import { join, resolve } from 'node:path';
import { generatePatents } from '@quanlian/demo';
import { openCorpus } from '@quanlian/engine';

const [count = '1000000', folder, memory = '1024'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Use: node scripts/measure-large.mjs <documents> <folder> [memory in MiB]');
const documents = Number(count);
const memoryBytes = Number(memory) * 2 ** 20;
const POOL = 20_000;
const SEED = 20_260_101;
const BATCH = 10_000;
const REPORT_EVERY = 20;
const WEEKLY = 20_000;
/** Of the weekly load every second record replaces one of these, spread over the whole corpus. */
const replacedEvery = Math.max(1, Math.floor(documents / (WEEKLY / 2)));

const say = (line) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const mib = (bytes) => Math.round(bytes / 2 ** 20);
const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1);

let peak = 0;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 200);
const takePeak = () => {
  const taken = mib(peak);
  peak = 0;
  return `${taken} MiB`;
};

const pool = [...generatePatents({ seed: SEED, count: POOL })];

/** A number from 0 to `POOL` that depends on document, role and edition only. */
function pick(index, role, edition) {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(role + 7 * edition + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % POOL;
}

/** The places in the pool of what a document is put together from; edition 1 is that of the weekly load. */
const partsOf = (index, edition) => ({
  own: pick(index, 0, 0),
  abstract: pick(index, 1, edition),
  full: index % 10 === 0 ? [pick(index, 2, edition), pick(index, 3, edition)] : undefined,
});
const numberOf = (index) => String(100_000_000 + index);
const idOf = (index) => {
  const { office, kind } = pool[pick(index, 0, 0)];
  return `${office}${numberOf(index)}${kind ?? ''}`;
};

function recordOf(index, edition = 0) {
  const { own, abstract, full } = partsOf(index, edition);
  const { extra, abstracts, claims, description, sources, images, ...rest } = pool[own];
  const number = numberOf(index);
  return {
    ...rest,
    id: idOf(index),
    number,
    familyId: `f${index >> 1}`,
    ...(pool[abstract].abstracts ? { abstracts: pool[abstract].abstracts } : {}),
    ...(full
      ? {
          claims: pool[full[0]].claims,
          description: [...(pool[full[1]].description ?? []), { lang: 'en', text: `Sample q${index.toString(36)}x.` }],
        }
      : {}),
    sources: [
      {
        format: 'generated',
        file: 'large',
        offset: index,
        sha256: `${index}-${edition}`,
        sourceDate: edition === 0 ? '2026-01-01' : '2026-06-01',
      },
    ],
  };
}

const isWord = (word) => {
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu');
  return (text) => found.test(text);
};
const holds = (simplified, traditional) => (text) => text.includes(simplified) || text.includes(traditional);

/** Where `test` holds among the parts of the pool, by kind of part. */
function scanPool(test) {
  const any = (texts) => (texts.some((text) => text !== undefined && test(text)) ? 1 : 0);
  const map = (texts) => Uint8Array.from(pool, (record) => any(texts(record)));
  return {
    title: map(({ titles }) => Object.values(titles ?? {})),
    people: map((record) =>
      [record.applicants, record.inventors, record.assignees, record.agents].flatMap((list) =>
        (list ?? []).flatMap(({ name, original }) => [name, original]),
      ),
    ),
    abstract: map(({ abstracts }) => Object.values(abstracts ?? {})),
    claims: map(({ claims }) => (claims ?? []).map(({ text }) => text)),
    description: map(({ description }) => (description ?? []).flatMap(({ heading, text }) => [heading, text])),
  };
}

/** True of a document by its parts: in title, abstract, claims or description. */
const inText =
  (found) =>
  ({ own, abstract, full }) =>
    found.title[own] + found.abstract[abstract] > 0 ||
    (full !== undefined && found.claims[full[0]] + found.description[full[1]] > 0);

const FIELDS = ['title', 'abstract', 'claims', 'description'];
const term = (text) => ({ op: 'term', field: 'title', fields: FIELDS, text });
const phrase = (text) => ({ op: 'phrase', field: 'title', fields: FIELDS, text });

function makeProbes() {
  const device = inText(scanPool(isWord('device')));
  const control = inText(scanPool(isWord('control')));
  const method = inText(scanPool(isWord('method')));
  const together = inText(scanPool(isWord('the device')));
  const chinese = inText(scanPool(holds('装置', '裝置')));
  const both = (a, b) => (parts) => a(parts) && b(parts);
  const either = (a, b) => (parts) => a(parts) || b(parts);
  const dated = Uint8Array.from(pool, ({ date }) => (date >= '2015-01-01' && date <= '2019-12-31' ? 1 : 0));
  return {
    'one word': [term('device'), device],
    'both words': [{ op: 'and', clauses: [term('device'), term('control')] }, both(device, control)],
    'either word': [{ op: 'or', clauses: [term('device'), term('control')] }, either(device, control)],
    'one and not the other': [
      { op: 'and', clauses: [term('method'), { op: 'not', clause: term('device') }] },
      (parts) => method(parts) && !device(parts),
    ],
    phrase: [phrase('the device'), together],
    Chinese: [term('装置'), chinese],
    'word in five years': [
      { op: 'and', clauses: [term('control'), { op: 'range', field: 'date', from: '2015', to: '2019' }] },
      (parts) => dated[parts.own] === 1 && control(parts),
    ],
    everything: [{ op: 'all' }, () => true],
  };
}

/** What is in the corpus: every index with its edition. */
function* held(isWeekly) {
  for (let index = 0; index < documents; index++) yield [index, isWeekly && index % replacedEvery === 0 ? 1 : 0];
  if (isWeekly) for (let index = documents; index < documents + WEEKLY / 2; index++) yield [index, 0];
}

/** Count and newest ten of each probe, by going through every document. */
function scanAll(probes, isWeekly) {
  const dates = pool.map(({ date }) => date);
  const results = Object.values(probes).map(() => ({ total: 0, newest: [] }));
  const tests = Object.values(probes).map(([, test]) => test);
  for (const [index, edition] of held(isWeekly)) {
    const parts = partsOf(index, edition);
    const date = dates[parts.own];
    tests.forEach((test, i) => {
      if (!test(parts)) return;
      const result = results[i];
      result.total++;
      const last = result.newest.at(-1);
      if (result.newest.length === 10 && last && date < last.date) return;
      result.newest.push({ date, id: idOf(index) });
      result.newest.sort((a, b) => (a.date > b.date ? -1 : a.date < b.date ? 1 : a.id < b.id ? -1 : 1));
      result.newest.length = Math.min(10, result.newest.length);
    });
  }
  return results;
}

async function ask(corpus, isWeekly) {
  const probes = makeProbes();
  const expected = scanAll(probes, isWeekly);
  let wrong = 0;
  for (const [i, [name, [query]]] of Object.entries(probes).entries()) {
    const times = [];
    let found;
    for (let run = 0; run < 7; run++) {
      const from = performance.now();
      found = await corpus.search({ query, sort: 'newest', limit: 10 });
      if (run >= 2) times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    const { total, newest } = expected[i];
    const same = found.total === total && found.hits.every(({ id }, at) => id === newest[at]?.id);
    if (!same) wrong++;
    say(
      `  ${name}: ${found.total} hits, ${same ? 'equal to' : `NOT EQUAL TO ${total} of`} the scan; median ${times[2].toFixed(0)} ms`,
    );
  }
  const from = performance.now();
  const facets = [{ name: 'applicant' }, { name: 'year' }, { name: 'section' }];
  await corpus.search({ query: { op: 'all' }, sort: 'newest', limit: 0, facets });
  say(`  three facets over everything: ${((performance.now() - from) / 1000).toFixed(2)} s`);
  if (wrong > 0) throw new Error(`${wrong} answers differ from the scan`);
}

async function load(corpus, first, end) {
  const from = performance.now();
  const used = process.cpuUsage();
  for (let at = first, batches = 1; at < end; at += BATCH, batches++) {
    const batch = [];
    for (let index = at; index < Math.min(end, at + BATCH); index++) batch.push(recordOf(index));
    await corpus.apply(batch, { position: String(Math.min(end, at + BATCH)) });
    if (batches % REPORT_EVERY !== 0) continue;
    const { user, system } = process.cpuUsage(used);
    const rate = Math.round((at + BATCH - first) / ((user + system) / 1e6));
    say(`  ${at + BATCH} documents, ${seconds(from)} s, ${rate} documents for a second of CPU, peak ${takePeak()}`);
  }
}

async function loadWeekly(corpus) {
  const records = [];
  for (let i = 0; i < WEEKLY / 2; i++) {
    records.push(recordOf(i * replacedEvery, 1), recordOf(documents + i));
  }
  for (let at = 0; at < records.length; at += 5000) await corpus.apply(records.slice(at, at + 5000));
  await corpus.apply([], { weekly: 'done' });
}

const dir = join(resolve(folder), 'corpus');
const started = performance.now();
try {
  let corpus = await openCorpus({ dir, write: true, memoryBytes });
  const { position = '0', weekly } = await corpus.marks();
  say(`node ${process.version}, from ${position} to ${documents} documents, memory bound ${mib(memoryBytes)} MiB`);
  if (Number(position) < documents) await load(corpus, Number(position), documents);
  let from = performance.now();
  await corpus.merge();
  say(`loaded; merges left over ${seconds(from)} s; peak memory ${takePeak()}`);
  let stats = await corpus.stats();
  say(`disk: ${mib(stats.bytes)} MiB in ${stats.segments} segments for ${stats.documents} documents`);
  if (weekly === undefined) {
    await ask(corpus, false);
    from = performance.now();
    await loadWeekly(corpus);
    say(`weekly load of ${WEEKLY}: ${seconds(from)} s`);
    await corpus.merge();
    say(`merges after it: ${seconds(from)} s since its beginning; peak memory ${takePeak()}`);
  }
  await corpus.close();
  corpus = await openCorpus({ dir, memoryBytes });
  await ask(corpus, true);
  stats = await corpus.stats();
  say(`peak memory of serving (this process may have loaded before): ${takePeak()}; ${stats.documents} documents`);
  from = performance.now();
  const { ok, files } = await corpus.check();
  say(`check: ${ok ? 'ok' : 'damaged'}, ${files} files, ${seconds(from)} s; ${seconds(started)} s in all`);
  await corpus.close();
} finally {
  clearInterval(sampling);
}
