import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { PatentDocument, QueryNode } from '@quanlian/contract';
import {
  analyseQuery,
  classLevels,
  normalizeSymbol,
  textBorders,
  UNIT_CJK,
  UNIT_PART,
  visitUnits,
  walkUnits,
} from '@quanlian/kernel';
import { type CorpusChoice, chooseCorpus } from './choose-corpus.js';
import type { TextShape } from './search-corpus.js';
import { type BenchQuery, drawQueries } from './strategies.js';

/** Positions left free between two values of a field at the least, as in the engine. */
const GAP = 1024;
const GAP_MARK = '\u0002';
const SAME_PLACE = '\u0003';
/** Stands where a paragraph begins inside a value. */
const PARAGRAPH = `${SAME_PLACE}\u0004`;

/** How the peers lay texts out: the gap between values, and whether paragraphs begin inside them. */
export interface Layout {
  readonly gap: number;
  readonly broken: boolean;
}

/**
 * The layout of texts of a shape. The gap is above every distance inside a value, so that what is nearer than it is in
 * one value; the engine needs no such gap, because it knows where paragraphs begin.
 */
export function layoutOf({ longest, broken }: TextShape): Layout {
  let gap = GAP;
  while (gap <= longest) gap *= 2;
  return { gap, broken };
}

const EVEN: Layout = { gap: GAP, broken: false };

/** The tokens that the engine indexes for one value. */
function valueTokens(text: string, broken: boolean): string {
  const tokens: string[] = [];
  const borders = broken ? textBorders(text).filter(({ paragraph }) => paragraph) : [];
  let next = 0;
  let waiting = '';
  let waitingEnd = -1;
  let waitingMark = '';
  visitUnits(text, (kind, unit, _original, _position, from, to) => {
    const cjk = kind === UNIT_CJK;
    if (waiting !== '') tokens.push(cjk && from === waitingEnd ? waiting + unit : waiting);
    if (waitingMark !== '') tokens.push(waitingMark);
    waiting = '';
    // A line break before the first word divides nothing.
    const isFirst = tokens.length === 0;
    let mark = '';
    for (; (borders[next]?.at ?? Number.POSITIVE_INFINITY) <= from; next++) mark = isFirst ? '' : PARAGRAPH;
    waitingMark = cjk ? mark : '';
    if (cjk) {
      waiting = unit;
      waitingEnd = to;
    } else {
      tokens.push(kind === UNIT_PART ? SAME_PLACE + unit : unit);
      if (mark !== '') tokens.push(mark);
    }
  });
  if (waiting !== '') tokens.push(waiting);
  if (waitingMark !== '') tokens.push(waitingMark);
  return tokens.join(' ');
}

/** The tokens that the engine indexes for a text, in its order: blanks between them, `SAME_PLACE` before one that takes no position. */
export const tokensOf = (texts: readonly string[], { gap, broken }: Layout = EVEN): string =>
  texts.map((text) => valueTokens(text, broken)).join(` ${GAP_MARK}${gap} `);

const compact = (symbol: string): string => normalizeSymbol(symbol).replace(/\s/gu, '');

/** Distinct names as they are indexed. */
const names = (...lists: PatentDocument['applicants'][]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []).map(({ name }) => name.trim())).filter((name) => name !== '')),
];

function textsOf(document: PatentDocument): { titles: string[]; texts: string[]; applicants: string[] } {
  const written = (texts: PatentDocument['titles'] = {}): string[] => Object.values(texts);
  const titles = written(document.titles);
  const applicants = names(document.applicants, document.proprietors, document.assignees);
  const texts = [
    ...titles,
    ...written(document.abstracts),
    ...(document.claims ?? []).map(({ text }) => text),
    ...(document.description ?? []).flatMap(({ heading, text }) => [heading ?? '', text ?? '']).filter(Boolean),
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

/** A date as a number, a partial one as its first day; 0 when there is none. */
const dayOf = (date = ''): number => Number(`${date.replace(/-/gu, '')}0101`.slice(0, 8)) * Number(date !== '');

/** A list in a cell of the file. */
const cell = (values: Iterable<string>): string => [...values].map((value) => value.replace(/[|\s]+/gu, ' ')).join('|');

function lineOf(document: PatentDocument, status: string, layout: Layout): string {
  const { titles, texts, applicants } = textsOf(document);
  const classes = (document.classifications ?? []).map(({ scheme, symbol }) => ({
    isIpc: /^IPCR?$/iu.test(scheme),
    isCpc: /^CPC$/iu.test(scheme),
    symbol,
    levels: classLevels(symbol),
  }));
  const keys = classes.flatMap(({ isIpc, symbol, levels }) =>
    isIpc ? [symbol, ...Object.values<string | undefined>({ ...levels }).flatMap((one) => one ?? [])] : [],
  );
  const subclasses = classes.flatMap(({ isIpc, isCpc, levels }) => (isIpc || isCpc ? (levels.subclass ?? []) : []));
  return [
    document.id,
    String(dayOf(document.date)),
    status,
    cell(applicants),
    cell(new Set(subclasses)),
    cell(new Set(keys.map(compact))),
    tokensOf(titles, layout),
    tokensOf(texts, layout),
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
export function peerQuery(node: QueryNode, layout: Layout = EVEN): PeerNode {
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
      // A value is shorter than the gap, so the same paragraph is any distance below it, unless one begins between.
      return {
        ...near(
          node.clauses.map((clause) => ('text' in clause ? clause.text : '')),
          layout.gap - 1,
        ),
        ...(layout.broken ? { within: PARAGRAPH.slice(1) } : {}),
      };
    case 'class':
      return { t: 'key', f: 'class', v: compact(node.symbol) };
    case 'value':
      return { t: 'key', f: node.field, v: node.value };
    case 'range':
      return { t: 'days', lo: Number(`${node.from}0101`), hi: Number(`${node.to}1231`) };
    case 'not':
      return { t: 'not', a: peerQuery(node.clause, layout) };
    case 'and':
    case 'or':
      return { t: node.op, c: node.clauses.map((clause) => peerQuery(clause, layout)) };
    default:
      throw new Error(`No peer is asked ${node.op}.`);
  }
}

/** Writes the analysed documents in the order of loading (an empty line ends a batch) and the queries, a line of JSON each. */
export async function exportForPeers(
  choice: CorpusChoice,
  files: { documents: string; queries: string },
): Promise<{ cpuSeconds: number; records: number; units: number }> {
  const corpus = chooseCorpus(choice);
  const layout = layoutOf(corpus.shape);
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
      pending.push(lineOf(document, status, layout), '\n');
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
  const queries: BenchQuery[] = drawQueries(corpus, choice.seed);
  const lines = queries.map((one) => JSON.stringify({ ...one, peer: peerQuery(one.query, layout) }));
  await writeFile(files.queries, `${lines.join('\n')}\n`);
  return { cpuSeconds: cpu, records, units };
}
