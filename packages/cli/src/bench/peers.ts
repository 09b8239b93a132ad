import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { analyseQuery, classLevels, UNIT_CJK, UNIT_PART, visitUnits, walkUnits } from '@quanlian/kernel';
import { type BenchCorpus, benchCorpus } from './drawn-corpus.js';
import { type BenchQuery, drawQueries } from './strategies.js';

/** Positions left free between two values of a field, as in the engine. */
const GAP = 1024;
const GAP_MARK = '\u0002';
const SAME_PLACE = '\u0003';

/** The tokens that the engine indexes for a text, in its order: blanks between them, `SAME_PLACE` before one that takes no position. */
export function tokensOf(texts: readonly string[]): string {
  const values = texts.map((text) => {
    const tokens: string[] = [];
    let waiting = '';
    let waitingEnd = -1;
    const put = (token: string): void => {
      tokens.push(token);
    };
    visitUnits(text, (kind, unit, _original, _position, from, to) => {
      const cjk = kind === UNIT_CJK;
      if (waiting !== '') put(cjk && from === waitingEnd ? waiting + unit : waiting);
      waiting = '';
      if (cjk) {
        waiting = unit;
        waitingEnd = to;
      } else put(kind === UNIT_PART ? SAME_PLACE + unit : unit);
    });
    if (waiting !== '') put(waiting);
    return tokens.join(' ');
  });
  return values.join(` ${GAP_MARK}${GAP} `);
}

const compact = (symbol: string): string => symbol.replace(/\s/gu, '');

function textsOf(document: PatentDocument): { titles: string[]; texts: string[]; applicants: string[] } {
  const written = (texts: PatentDocument['titles'] = {}): string[] => Object.values(texts);
  const titles = written(document.titles);
  const names = (list: PatentDocument['applicants']): string[] => [...new Set((list ?? []).map(({ name }) => name))];
  const applicants = names(document.applicants);
  const texts = [
    ...titles,
    ...written(document.abstracts),
    ...(document.claims ?? []).map(({ text }) => text),
    ...(document.description ?? []).flatMap(({ text }) => text ?? []),
    ...applicants,
    ...names(document.inventors),
  ];
  return { titles, texts, applicants };
}

/** Only finds the words of the texts: the least that analysing them can cost. Returns how many there are. */
function countUnits(texts: readonly string[]): number {
  let units = 0;
  const count = (): void => {
    units++;
  };
  const sink = { ascii: count, cjk: count, unit: count };
  for (const text of texts) walkUnits(text, sink);
  return units;
}

function lineOf(document: PatentDocument, status: string): string {
  const { titles, texts, applicants } = textsOf(document);
  const symbols = (document.classifications ?? []).map(({ symbol }) => symbol);
  const levels = symbols.map((symbol) => classLevels(symbol));
  const upper = levels.flatMap((level) => Object.values<string | undefined>({ ...level }).flatMap((one) => one ?? []));
  const keys = new Set([...symbols, ...upper].map(compact));
  const subclasses = new Set(levels.flatMap(({ subclass }) => subclass ?? []));
  return [
    document.id,
    (document.date ?? '').replace(/-/gu, ''),
    status,
    applicants.join('|'),
    [...subclasses].join('|'),
    [...keys].join('|'),
    tokensOf(titles),
    tokensOf(texts),
  ].join('\t');
}

/** A node of a query as the peers read it: their field names, words as they are indexed. */
type PeerNode = { t: string; f?: string; v?: string | string[]; o?: number[]; n?: number } & Record<string, unknown>;

function textNode(field: string, text: string): PeerNode {
  const f = field === 'title' ? 'ti' : 'tx';
  const { parts } = analyseQuery(text);
  const [first] = parts;
  if (parts.length === 1 && first) return { t: 'term', f, v: first.term };
  return { t: 'phrase', f, v: parts.map((part) => part.term), o: parts.map(({ offset }) => offset) };
}

const near = (texts: readonly string[], distance: number): PeerNode => ({
  t: 'near',
  f: 'tx',
  v: [...texts],
  n: distance,
});

/** The same query for a peer. Throws for what no peer is asked. */
export function peerQuery(node: QueryNode): PeerNode {
  switch (node.op) {
    case 'all':
      return { t: 'all' };
    case 'term':
    case 'phrase':
      return textNode(node.field, node.text);
    case 'prefix':
      return { t: 'prefix', f: 'tx', v: node.text };
    case 'pattern':
      return { t: 'suffix', f: 'tx', v: String(node.parts.at(-1)) };
    case 'near':
      return near(node.texts, node.distance);
    case 'proximity':
      // A value is one paragraph here and shorter than the gap, so the same paragraph is any distance below it.
      return near(
        node.clauses.map((clause) => ('text' in clause ? clause.text : '')),
        GAP - 1,
      );
    case 'class':
      return { t: 'key', f: 'class', v: compact(node.symbol) };
    case 'value':
      return { t: 'key', f: node.field, v: node.value };
    case 'range':
      return { t: 'days', lo: Number(`${node.from}0101`), hi: Number(`${node.to}1231`) };
    case 'not':
      return { t: 'not', a: peerQuery(node.clause) };
    case 'and':
    case 'or':
      return { t: node.op, c: node.clauses.map(peerQuery) };
    default:
      throw new Error(`No peer is asked ${node.op}.`);
  }
}

/** Writes the analysed documents in the order of loading (an empty line ends a batch) and the queries, a line of JSON each. */
export async function exportForPeers(
  { docs, seed }: { docs: number; seed: number },
  files: { documents: string; queries: string },
): Promise<{ cpuSeconds: number; records: number; units: number }> {
  const corpus: BenchCorpus = benchCorpus({ docs, seed });
  const out = createWriteStream(files.documents, { highWaterMark: 1 << 22 });
  let records = 0;
  let cpu = 0;
  let units = 0;
  for (const batch of corpus.batches()) {
    let pending: string[] = [];
    const before = process.cpuUsage();
    for (const { document } of batch) units += countUnits(textsOf(document).texts);
    const spent = process.cpuUsage(before);
    cpu += (spent.user + spent.system) / 1e6;
    for (const { document, status } of batch) {
      pending.push(lineOf(document, status), '\n');
      records++;
      if (pending.length >= 1000) {
        if (!out.write(pending.join(''))) await once(out, 'drain');
        pending = [];
      }
    }
    if (!out.write(`${pending.join('')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  const queries: BenchQuery[] = drawQueries(corpus, seed);
  const lines = queries.map((one) => JSON.stringify({ ...one, peer: peerQuery(one.query) }));
  await writeFile(files.queries, `${lines.join('\n')}\n`);
  return { cpuSeconds: cpu, records, units };
}
