import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { openCorpus, openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { deriveFamilies, familyFacts, publicationNumber } from '@quanlian/kernel';
import { createRegister, dataFolder, type Register } from '@quanlian/server';
import { say } from '../output.js';
import { type Bench, seededRandom, summarize } from './measure.js';
import { peakMegabytes } from './own.js';
import { registerDocument } from './register-corpus.js';

const BATCH = 5000;
/** What stands there before anything is measured comes in large batches, so that little is merged. */
const FIRST_BATCH = 50_000;
const FIRST_MEMORY = 2 * 1024 ** 3;
/** What is loaded on top: half of them new, half in the place of documents held. */
const MORE = 20_000;
const SMALL_CORPORA = 6;
const SMALL_DOCUMENTS = 120;
const SMALL_LOADS = 4;
const CROWD = 60;

function registerOf(backend: SearchBackend, dir: string, corpus: string): Register {
  return createRegister({
    backend,
    folder: { ...dataFolder(dir), corpus },
    codeList: async () => '',
    today: () => '2026-01-01',
    now: () => new Date(),
    onError(error) {
      throw error;
    },
  });
}

async function load(backend: SearchBackend, documents: Iterable<PatentDocument>, size = BATCH): Promise<void> {
  let batch: PatentDocument[] = [];
  for (const document of documents) {
    batch.push(document);
    if (batch.length < size) continue;
    await backend.apply(batch);
    batch = [];
  }
  if (batch.length > 0) await backend.apply(batch);
}

function* generated(from: number, to: number, seed: number, version = 0): Generator<PatentDocument> {
  for (let index = from; index < to; index++) yield registerDocument(index, seed, version);
}

interface Timed {
  readonly seconds: number;
  /** Seconds of all threads together. */
  readonly cpu: number;
  /** The longest time that the event loop was held, in milliseconds. */
  readonly held: number;
  /** Seconds, and those of all threads, until families and citations stood in the corpus. */
  readonly linked: { readonly seconds: number; readonly cpu: number };
}

async function timed(register: Register, work: () => Promise<void>): Promise<Timed> {
  let [last, held] = [performance.now(), 0];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const spent = () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
  };
  let linked: Timed['linked'] | undefined;
  const ticking = setInterval(() => {
    held = Math.max(held, performance.now() - last - 10);
    last = performance.now();
    if (register.state.phase === 'rights') linked ??= spent();
  }, 10);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
  const whole = spent();
  return { ...whole, held, linked: linked ?? whole };
}

/** What families and citation counts are by their definition, document by document. */
function naive(documents: readonly PatentDocument[]): { family: Map<string, string>; citedby: Map<string, string> } {
  const families = deriveFamilies();
  for (const document of documents) families.add(familyFacts(document));
  const family = new Map(families.names());
  const numberOf = (text: string): string => publicationNumber(text) ?? text;
  const citedby = documents.map(({ id, office, number }): [string, string] => {
    const wanted = numberOf(office + number);
    const citing = documents.filter(({ citations = [] }) =>
      citations.some((one) => one.id && numberOf(one.id) === wanted),
    );
    return [id, String(new Set(citing.map((one) => family.get(one.id))).size)];
  });
  return { family, citedby: new Map(citedby) };
}

/** Whether a search for every value of a column finds exactly the documents that have it. */
async function columnEquals(
  backend: SearchBackend,
  field: string,
  expected: ReadonlyMap<string, string>,
): Promise<boolean> {
  const byValue = new Map<string, string[]>();
  for (const [id, value] of expected) byValue.set(value, [...(byValue.get(value) ?? []), id]);
  for (const [value, ids] of byValue) {
    const found = new Set<string>();
    const { hits } = await backend.search({
      query: { op: 'value', field, value },
      sort: 'oldest',
      limit: SMALL_DOCUMENTS,
    });
    for (const { id } of hits) found.add(id);
    if (found.size !== ids.length || ids.some((id) => !found.has(id))) return false;
  }
  return true;
}

/** One small corpus loaded in parts, with replacements, derived after each; equal to the definition in the end? */
async function smallEquals(dir: string, seed: number): Promise<boolean> {
  const corpus = join(dir, 'corpus');
  await mkdir(corpus, { recursive: true });
  const backend = await openCorpusInline({ dir: corpus, write: true, merging: { fanOut: 3, mostDocs: 1000 } });
  const register = registerOf(backend, dir, corpus);
  const random = seededRandom(seed);
  try {
    for (let part = 0; part < SMALL_LOADS; part++) {
      const batch = Array.from({ length: SMALL_DOCUMENTS / SMALL_LOADS }, () =>
        registerDocument(Math.floor(random() * SMALL_DOCUMENTS), seed, part, CROWD),
      );
      await backend.apply(batch);
      await register.refresh();
    }
    const documents: PatentDocument[] = [];
    for await (const document of backend.scan({ op: 'all' }, 'oldest')) documents.push(document);
    const { family, citedby } = naive(documents);
    return (await columnEquals(backend, 'family', family)) && (await columnEquals(backend, 'citedby', citedby));
  } finally {
    await backend.close();
  }
}

/**
 * Families, citations, status and owners of a corpus without texts, from nothing; then after 20 000 documents more;
 * and whether small corpora come out as the definition says.
 */
export const benchRegister: Bench = async ({ docs, seed }, dir) => {
  let equal = 0;
  for (let n = 0; n < SMALL_CORPORA; n++) if (await smallEquals(join(dir, `small-${n}`), seed * 1000 + n)) equal++;
  say(`equal to the definition: ${equal} of ${SMALL_CORPORA} small corpora`);
  const corpus = join(dir, 'corpus');
  await mkdir(corpus, { recursive: true });
  const start = performance.now();
  const filling = await openCorpusInline({ dir: corpus, write: true, memoryBytes: FIRST_MEMORY });
  await load(filling, generated(0, docs, seed), FIRST_BATCH);
  await filling.close();
  say(`loaded in ${Math.round((performance.now() - start) / 1000)} s`);
  const backend = await openCorpus({ dir: corpus, write: true });
  const register = registerOf(backend, dir, corpus);
  try {
    const first = await timed(register, () => register.refresh());
    const half = Math.min(docs, MORE / 2);
    await load(backend, generated(docs, docs + MORE - half, seed));
    await load(backend, generated(docs - half, docs, seed, 1));
    const more = await timed(register, () => register.refresh());
    const { size } = await stat(join(dir, 'register.tables'));
    return [
      summarize('equal to the definition', 'of 1', [equal / SMALL_CORPORA]),
      summarize('families and citations', 's', [first.linked.seconds]),
      summarize('families and citations', 'CPU-s', [first.linked.cpu]),
      summarize('status and owners too', 's', [first.seconds]),
      summarize('status and owners too', 'CPU-s', [first.cpu]),
      summarize(`families after ${MORE} more`, 's', [more.linked.seconds]),
      summarize(`families after ${MORE} more`, 'CPU-s', [more.linked.cpu]),
      summarize(`everything after ${MORE} more`, 's', [more.seconds]),
      summarize(`everything after ${MORE} more`, 'CPU-s', [more.cpu]),
      summarize('event loop held at most', 'ms', [first.held, more.held]),
      summarize('tables', 'bytes/document', [size / docs]),
      summarize('peak memory, loading too', 'MiB', [peakMegabytes()]),
    ];
  } finally {
    await backend.close();
  }
};
