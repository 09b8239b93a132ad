import { writeFile } from 'node:fs/promises';
import { table } from '../output.js';
import { benchCorpus, type DrawnChoice } from './drawn-corpus.js';
import type { LoadReport, Timing } from './own.js';
import { drawQueries } from './strategies.js';

/** What one size came to. Memory is in MiB. */
export interface GrowthSize {
  readonly docs: number;
  readonly load: LoadReport;
  readonly timings: readonly Timing[];
  /** The most memory resident while the queries were answered. */
  readonly rss: number;
}

/** A class in one way of asking, size by size; the same queries are asked of every size. */
export interface GrowthRow {
  readonly kind: string;
  readonly mode: string;
  /** Median times (ms) of its queries, and how many hits they have on average. */
  readonly times: readonly number[];
  readonly hits: readonly number[];
  /** `x` where the time of the largest size is that of the smallest times their ratio to the power of `x`: 1 is in proportion. */
  readonly power: number;
}

export interface GrowthReport {
  readonly sizes: readonly (Omit<GrowthSize, 'timings'> & {
    readonly documentsPerCpuSecond: number;
    readonly bytesPerDocument: number;
    readonly storedPerDocument: number;
  })[];
  readonly rows: readonly GrowthRow[];
}

/** Writes the queries of a corpus, a line of JSON each. Smaller corpora of the seed are the beginnings of greater ones. */
export async function writeQueries({ file, ...choice }: DrawnChoice & { readonly file: string }): Promise<void> {
  const lines = drawQueries(benchCorpus(choice), choice.seed).map((query) => JSON.stringify(query));
  await writeFile(file, `${lines.join('\n')}\n`);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** Sets the sizes beside each other, the smallest first. */
export function growthReport(sizes: readonly GrowthSize[]): GrowthReport {
  const ordered = sizes.toSorted((a, b) => a.docs - b.docs);
  // A query's id is its class and its number; a class is asked for in one or two ways.
  const classOf = ({ id, mode }: Timing): string => `${id.replace(/ #\d+$/u, '')}\t${mode}`;
  const classes = [...new Set(ordered.flatMap(({ timings }) => timings.map(classOf)))];
  const first = ordered[0]?.docs ?? 1;
  const last = ordered.at(-1)?.docs ?? 1;
  const rows = classes.map((name): GrowthRow => {
    const own = ordered.map(({ timings }) => timings.filter((timing) => classOf(timing) === name));
    const times = own.map((list) => median(list.map(({ p50 }) => p50)));
    const [kind = '', mode = ''] = name.split('\t');
    const power = Math.log((times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN)) / Math.log(last / first);
    return { kind, mode, times, hits: own.map((list) => Math.round(mean(list.map(({ hits }) => hits)))), power };
  });
  return {
    sizes: ordered.map(({ docs, load, rss }) => ({
      docs,
      load,
      rss,
      documentsPerCpuSecond: load.docs / load.cpu,
      bytesPerDocument: load.bytes / docs,
      storedPerDocument: load.stored / docs,
    })),
    rows,
  };
}

const shown = (number: number): string => (Number.isFinite(number) ? number.toPrecision(3) : '-');

/** The report as tables for people. */
export function growthTable({ sizes, rows }: GrowthReport): string {
  const head = sizes.map(({ docs }) => docs.toLocaleString('en-US'));
  const loading = ['loaded/CPU-s', 'seconds', 'index MB', 'bytes/doc', 'records/doc', 'segments', 'loading MiB', 'MiB'];
  return [
    table([
      ['documents', ...loading],
      ...sizes.map((size, index) => [
        head[index] ?? '',
        size.documentsPerCpuSecond.toFixed(0),
        size.load.seconds.toFixed(1),
        (size.load.bytes / 1e6).toFixed(1),
        size.bytesPerDocument.toFixed(0),
        size.storedPerDocument.toFixed(0),
        String(size.load.segments),
        String(size.load.rss),
        String(size.rss),
      ]),
    ]),
    table([
      ['class', 'asked for', ...head.map((docs) => `ms at ${docs}`), 'hits', 'power'],
      ...rows.map(({ kind, mode, times, hits, power }) => [
        kind,
        mode,
        ...times.map(shown),
        String(hits.at(-1) ?? 0),
        sizes.length > 1 ? power.toFixed(2) : '-',
      ]),
    ]),
  ].join('\n\n');
}
