import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generatePatents } from '@quanlian/demo';
import { type DocumentItem, parsePaths } from '@quanlian/formats';
import { say } from '../output.js';
import { type XmlCorpus, xmlCorpus } from './corpus.js';
import { buildLibxml2, type Libxml2, type Round } from './libxml2.js';
import { type Bench, type BenchOptions, type Measurement, summarize } from './measure.js';

/** Passes over the corpus that count. */
const PASSES = 5;
/** Passes before them, in which threads start and code is compiled: nothing beside a load of gigabytes. */
const WARMING = 4;
/** A pass reads at least so many bytes; small corpora are read several times. */
const PASS_BYTES = 64 * 1024 * 1024;

/** What is asked of each document: the object, as a load does, or its text, as `quanlian parse` does. */
interface Taking {
  readonly asJson: boolean;
  readonly take: (item: DocumentItem) => unknown;
}
const asJson: Taking = { asJson: true, take: (item) => item.json };
const asObject: Taking = { asJson: false, take: (item) => item.document };

/** Reads an archive over and over in one go, as a load of many files does, and measures each pass. */
async function passes(path: string, count: { perPass: number; copies: number }, taking: Taking): Promise<Round[]> {
  const { perPass, copies } = count;
  const rounds: Round[] = [];
  const paths = Array.from({ length: copies * (PASSES + WARMING) }, () => path);
  let parsed = 0;
  let since = performance.now();
  let used = process.cpuUsage();
  for await (const item of await parsePaths(paths, { asJson: taking.asJson })) {
    if (item.type !== 'document') continue;
    taking.take(item);
    parsed += 1;
    if (parsed % (perPass * copies) !== 0) continue;
    const now = performance.now();
    const { user, system } = process.cpuUsage(used);
    const processorSeconds = (user + system) / 1e6;
    rounds.push({ seconds: (now - since) / 1000, processorSeconds, parsed: perPass * copies, refused: 0 });
    since = now;
    used = process.cpuUsage();
  }
  if (rounds.length !== PASSES + WARMING)
    throw new Error(`${parsed} documents were read, not ${perPass * paths.length}`);
  return rounds.slice(WARMING);
}

/** Rates and processor time of rounds that each read so many bytes. */
function rows(name: string, bytes: number, rounds: readonly Round[]): Measurement[] {
  const megabytes = bytes / 1e6;
  return [
    summarize(
      name,
      'MB/s',
      rounds.map(({ seconds }) => megabytes / seconds),
    ),
    summarize(
      name,
      'CPU ms/MB',
      rounds.map(({ processorSeconds }) => (processorSeconds * 1000) / megabytes),
    ),
  ];
}

/** Why libxml2 gives fewer documents than we do. Its bytes count in full all the same. */
function refusalsOf(round: Round | undefined): string {
  const { refused = 0, entities = 0, ampersands = 0 } = round ?? {};
  if (refused === 0) return '';
  const reasons = [
    [entities, 'name an entity that only a DTD outside the record defines'],
    [ampersands, 'hold an ampersand that begins no entity (repaired here by rule)'],
    [refused - entities - ampersands, 'for other reasons'],
  ] as const;
  const given = reasons.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  return `libxml2 refuses ${refused} of the records: ${given.join(', ')}.`;
}

async function libxml2Rows(libxml2: Libxml2, corpus: XmlCorpus, rounds: number): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  let refusals = '';
  const modes = { dom: 'DOM', stream: 'xmlTextReader' } as const;
  for (const mode of ['dom', 'stream'] as const) {
    for (const processes of new Set([1, availableParallelism()])) {
      const found = await libxml2.measure(mode, corpus.records, processes, rounds);
      const name = `libxml2 ${libxml2.version} ${modes[mode]}, ${processes === 1 ? '1 process' : `${processes} processes`}`;
      measurements.push(...rows(name, corpus.bytes, found));
      refusals = refusalsOf(found[0]);
    }
  }
  if (refusals !== '') say(refusals);
  return measurements;
}

/** The best of ours beside each of theirs, pass by pass in the order of their size. */
function ratios(ours: readonly Measurement[], theirs: readonly Measurement[]): Measurement[] {
  const own = ours.find(({ unit }) => unit === 'MB/s');
  if (!own) return [];
  return theirs
    .filter(({ unit }) => unit === 'MB/s')
    .map(({ name, median }) => summarize(`quanlian / ${name}`, 'times', [own.median / median]));
}

async function measureXml(options: BenchOptions, dir: string): Promise<Measurement[]> {
  const corpus = await xmlCorpus(options, dir);
  const copies = Math.max(1, Math.round(PASS_BYTES / corpus.bytes));
  const megabytes = (corpus.bytes / 1e6).toFixed(1);
  const packed = ((await stat(corpus.zip)).size / 1e6).toFixed(1);
  say(`XML (${corpus.what}): ${corpus.documents} documents, ${megabytes} MB, ${packed} MB zipped`);
  say(
    `A pass reads them ${copies} ${copies === 1 ? 'time' : 'times'}; ${WARMING} passes warm the threads up, ${PASSES} are measured.`,
  );
  const libxml2 = await buildLibxml2(dir);
  if (typeof libxml2 === 'string') say(libxml2);
  const count = { perPass: corpus.documents, copies };
  const threads = `${Math.min(8, availableParallelism())} threads`;
  const theirs = typeof libxml2 === 'string' ? [] : await libxml2Rows(libxml2, corpus, PASSES);
  const objects = rows(
    `quanlian zip to objects, ${threads}`,
    corpus.bytes * copies,
    await passes(corpus.zip, count, asObject),
  );
  const json = rows(`quanlian zip to JSON, ${threads}`, corpus.bytes * copies, await passes(corpus.zip, count, asJson));
  return [...objects, ...json, ...theirs, ...ratios(objects, theirs)];
}

function* lines(options: { docs: number; seed: number }): Generator<string> {
  for (const document of generatePatents({ seed: options.seed, count: options.docs })) {
    yield `${JSON.stringify(document)}\n`;
  }
}

/** Reading generated documents back from one JSON Lines file. */
async function measureLines(options: BenchOptions, dir: string): Promise<Measurement[]> {
  const file = join(dir, 'documents.jsonl');
  await pipeline(Readable.from(lines(options)), createWriteStream(file));
  const { size } = await stat(file);
  return rows(
    'quanlian JSON Lines to objects',
    size,
    await passes(file, { perPass: options.docs, copies: 1 }, asObject),
  );
}

/**
 * Reading from end to end, zip to documents on all processors, beside libxml2's two readers on the same records, already
 * unpacked and cut; then JSON Lines.
 */
export const benchParse: Bench = async (options, dir) => [
  ...(await measureXml(options, dir)),
  ...(await measureLines(options, dir)),
];
