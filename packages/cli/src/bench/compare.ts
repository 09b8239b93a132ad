import { table } from '../output.js';
import { itemAt } from './measure.js';
import type { Timing } from './own.js';
import type { BenchQuery } from './strategies.js';

/** What a class must reach: its time as a part of the peer's, or a time short enough in any case (ms). */
interface Bound {
  readonly ratio: number;
  readonly milliseconds: number;
}

const BOUNDS = {
  top: { ratio: 1, milliseconds: 0.5 },
  capped: { ratio: 1, milliseconds: 0.5 },
  count: { ratio: 0.1, milliseconds: 0.3 },
  newest: { ratio: 0.05, milliseconds: 0.5 },
  facet: { ratio: 0.35, milliseconds: 0 },
} as const satisfies Record<string, Bound>;

/** Classes whose counts are compared: Boolean combinations of terms, whose places are not looked at. */
const BOOLEAN = /^(and|or|nested|common and rare|boolean|common term|middle term|rare term|class below|status|days)/u;
const SINGLE = /^(common|middle|rare) term$/u;
/** Lucene gives these no BM25: words of a pattern all score the same, nearness has a score of its own. */
const OTHER_SCORES = /^(prefix|left truncation|within 5 words|same paragraph)$/u;
/** Over few hits the time is that of finding them. */
const SMALL_FACET = / over 1 %$/u;

interface Load {
  readonly docs: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly bytes: number;
  readonly rss: number;
}

export interface PeerInput {
  readonly queries: readonly BenchQuery[];
  readonly timings: readonly Timing[];
  readonly load: { own: Load; lucene: Load; fts5?: Load; analysis: { cpuSeconds: number } };
  readonly serving: Record<string, { rss: number } | null>;
}

/** A class in one way of asking: median times (ms) of its queries, their ratio, and whether it is what it must be. */
interface Row {
  readonly kind: string;
  readonly mode: string;
  readonly own: number;
  readonly spread: number;
  readonly lucene: number;
  readonly fts5: number | undefined;
  readonly whole: number | undefined;
  readonly ratio: number;
  /** The ratio of the least times, which other work on the machine disturbs less. */
  readonly least: number;
  readonly worst: number;
  readonly met: boolean;
}

export interface PeerReport {
  readonly rows: readonly Row[];
  /** Queries of which the engine and Lucene count the same, and the ids of the others. */
  readonly counts: { equal: number; asked: number; unequal: string[] };
  /** Of our best ten, the part that is among Lucene's or ties with its tenth, over the queries that it scores by BM25. */
  readonly overlap: number;
  readonly load: PeerInput['load'];
  readonly serving: PeerInput['serving'];
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Times by engine, query and way of asking; of Lucene's two ways to the best ten with a count the quicker one. */
function timesOf(timings: readonly Timing[]): (engine: string, id: string, mode: string) => Timing | undefined {
  const byKey = new Map(timings.map((timing) => [`${timing.engine} ${timing.id} ${timing.mode}`, timing]));
  const find = (engine: string, id: string, mode: string): Timing | undefined => byKey.get(`${engine} ${id} ${mode}`);
  return (engine, id, mode) => {
    const plain = find(engine, id, mode);
    const other = mode === 'top' ? find(engine, id, 'capped+count') : undefined;
    if (plain === undefined || other === undefined) return plain ?? other;
    return other.p50 < plain.p50 ? { ...other, ids: plain.ids } : plain;
  };
}

function boundOf(kind: string, mode: string): Bound | undefined {
  if (mode.startsWith('facet') || mode === 'table') return SMALL_FACET.test(kind) ? BOUNDS.top : BOUNDS.facet;
  if (mode === 'count') return BOOLEAN.test(kind) ? BOUNDS.count : undefined;
  if (mode === 'capped') return SINGLE.test(kind) ? BOUNDS.capped : undefined;
  return mode === 'newest' ? BOUNDS.newest : BOUNDS.top;
}

function rowsOf({ queries, timings }: PeerInput): Row[] {
  const find = timesOf(timings);
  const kinds = new Map<string, BenchQuery[]>();
  for (const query of queries) kinds.set(query.kind, [...(kinds.get(query.kind) ?? []), query]);
  const rows: Row[] = [];
  for (const [kind, list] of kinds) {
    const { mode: asked } = itemAt(list, 0);
    for (const mode of asked === 'top' ? ['top', 'capped', 'count'] : [asked]) {
      const bound = boundOf(kind, mode);
      if (bound === undefined) continue;
      // Ours has no capped way of counting: it always counts.
      const ownMode = mode === 'capped' ? 'top' : mode;
      const pairs = list.flatMap(({ id }) => {
        const own = find('own', id, ownMode);
        const lucene = find('lucene', id, mode);
        return own && lucene
          ? [{ own, lucene, fts5: find('fts5', id, ownMode), whole: find('whole', id, ownMode) }]
          : [];
      });
      if (pairs.length === 0) continue;
      const own = median(pairs.map((pair) => pair.own.p50));
      const lucene = median(pairs.map((pair) => pair.lucene.p50));
      const others = (name: 'fts5' | 'whole'): number | undefined => {
        const known = pairs.flatMap((pair) => pair[name]?.p50 ?? []);
        return known.length === 0 ? undefined : median(known);
      };
      const isMet = (a: number, b: number): boolean => a <= Math.max(bound.ratio * b, bound.milliseconds);
      rows.push({
        kind,
        mode,
        own,
        spread: median(pairs.map((pair) => pair.own.p95)),
        lucene,
        fts5: others('fts5'),
        whole: others('whole'),
        ratio: own / lucene,
        least: median(pairs.map((pair) => pair.own.min)) / median(pairs.map((pair) => pair.lucene.min)),
        worst: Math.max(...pairs.map((pair) => pair.own.p50 / pair.lucene.p50)),
        met: isMet(own, lucene),
      });
    }
  }
  return rows;
}

/** Sets the engine's times, counts and rankings against those of its peers. */
export function comparePeers(input: PeerInput): PeerReport {
  const find = timesOf(input.timings);
  const unequal: string[] = [];
  let asked = 0;
  let shared = 0;
  let ranked = 0;
  for (const { id, mode, kind } of input.queries) {
    const own = find('own', id, mode);
    const lucene = find('lucene', id, mode);
    if (own === undefined || lucene === undefined) continue;
    asked++;
    if (own.hits !== lucene.hits) unequal.push(`${id}: ${own.hits} and ${lucene.hits}`);
    const theirs = find('lucene', id, 'ids')?.ids ?? [];
    if (mode !== 'top' || OTHER_SCORES.test(kind)) continue;
    ranked += own.ids.length;
    shared += own.ids.filter((one) => theirs.includes(one)).length;
  }
  return {
    rows: rowsOf(input),
    counts: { equal: asked - unequal.length, asked, unequal },
    overlap: ranked === 0 ? 1 : shared / ranked,
    load: input.load,
    serving: input.serving,
  };
}

const shown = (number: number | undefined): string => (number === undefined ? '-' : number.toPrecision(3));

/** The report as a table for people. */
export function peerTable({ rows, counts, overlap, load, serving }: PeerReport): string {
  const head = [
    'class',
    'asked for',
    'own ms',
    'p95',
    'Lucene ms',
    'FTS5 ms',
    'end to end',
    'ratio',
    'of least',
    'worst',
    '',
  ];
  const lines = rows.map((row) => [
    row.kind,
    row.mode,
    ...[row.own, row.spread, row.lucene, row.fts5, row.whole, row.ratio, row.least, row.worst].map(shown),
    row.met ? 'reached' : 'MISSED',
  ]);
  const rate = ({ docs, cpu }: Load): string => (docs / cpu).toFixed(0);
  const { own, lucene, fts5, analysis } = load;
  const peers = [
    ['loading', 'documents/CPU-s', 'seconds', 'index MB', 'peak MiB'],
    ...[['own', own] as const, ['Lucene', lucene] as const, ...(fts5 ? [['FTS5', fts5] as const] : [])].map(
      ([name, one]) => [name, rate(one), one.seconds.toFixed(1), (one.bytes / 1e6).toFixed(1), String(one.rss)],
    ),
  ];
  const without = { ...own, cpu: own.cpu - analysis.cpuSeconds };
  const analysed = { ...lucene, cpu: lucene.cpu + analysis.cpuSeconds };
  const times = (a: Load, b: Load): string =>
    `${rate(a)} and ${rate(b)} documents/CPU-s, ${(a.docs / a.cpu / (b.docs / b.cpu)).toFixed(2)} times as many`;
  const resident = Object.entries(serving).flatMap(([name, one]) => (one ? [`${name} ${one.rss} MiB`] : []));
  return [
    table([head, ...lines]),
    table(peers),
    `loading with the analysis (${analysis.cpuSeconds.toFixed(1)} s) on both sides, own and Lucene: ${times(own, analysed)}`,
    `loading without it on both sides: ${times(without, lucene)}`,
    `peak memory while answering: ${resident.join(', ')}`,
    `counts equal: ${counts.equal} of ${counts.asked}${counts.unequal.length > 0 ? ` (${counts.unequal.slice(0, 5).join('; ')})` : ''}`,
    `of our best ten ${(overlap * 100).toFixed(1)} % are among Lucene's (or tie with its tenth)`,
    `${rows.filter(({ met }) => met).length} of ${rows.length} rows reached`,
  ].join('\n');
}
