import {
  type CitationEdge,
  type CitationGraph,
  type CitationNode,
  type CitationOrigin,
  citationOrigin,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
} from '@quanlian/contract';
import { FULL_TEXT, type SearchBackend } from '@quanlian/engine';
import { citedDocuments, familyName, mentionsOf } from './citations.service.js';
import { familyOf } from './family.service.js';
import { titleOf } from './title.js';

/** What is asked of a graph; `families` bounds its size, `limit` the edges of one answer. */
export interface GraphRequest {
  readonly direction: 'both' | 'backward' | 'forward';
  readonly depth: number;
  readonly families: number;
  readonly limit: number;
  readonly category?: string | undefined;
  readonly origin?: CitationOrigin | undefined;
  readonly cursor?: string | undefined;
}

/** Publications of one family that are looked at, and documents that cite one family. */
const MOST_MEMBERS = 30;
const MOST_CITING = 200;

interface Node extends CitationNode {
  readonly documents: Map<string, PatentDocument>;
}

interface Growing {
  readonly backend: SearchBackend;
  readonly request: GraphRequest;
  readonly nodes: Map<string, Node>;
  readonly edges: Map<string, CitationEdge>;
  complete: boolean;
}

const value = (field: string, text: string): QueryNode => ({ op: 'value', field, value: text });
const anyOf = (clauses: QueryNode[]): QueryNode => ({ op: 'or', clauses });

async function held(backend: SearchBackend, query: QueryNode, limit: number) {
  const { hits, total } = await backend.search({ query, sort: 'oldest', limit });
  const documents = await backend.get(
    hits.map(({ id }) => id),
    FULL_TEXT,
  );
  return { documents: documents.flatMap((one) => one ?? []), more: total > hits.length };
}

/** The family of a document as a node; the oldest publication names it. Undefined when the graph is full. */
function nodeOf(graph: Growing, document: PatentDocument, level: number): Node | undefined {
  const family = familyName(document);
  const known = graph.nodes.get(family);
  if (known) {
    known.documents.set(document.id, document);
    return known;
  }
  if (graph.nodes.size >= graph.request.families) {
    graph.complete = false;
    return undefined;
  }
  const { id, date = null } = document;
  const node = { family, level, id, date, title: titleOf(document), documents: new Map([[id, document]]) };
  graph.nodes.set(family, node);
  return node;
}

interface Mention {
  readonly category?: string | undefined;
  readonly phase?: string | undefined;
}

function connect(graph: Growing, from: Node, to: Node, { category = '', phase }: Mention): void {
  if (from.family === to.family) return;
  const key = JSON.stringify([from.family, to.family]);
  const before = graph.edges.get(key);
  const letters = new Set([...(before?.categories ?? ''), ...category.toUpperCase().replace(/[^A-Z]/g, '')]);
  const told = citationOrigin(phase);
  const origin = before === undefined || before.origin === 'unknown' ? told : before.origin;
  const citations = (before?.citations ?? 0) + 1;
  const categories = [...letters].sort().join('');
  graph.edges.set(key, { from: from.family, to: to.family, categories, origin, citations });
}

const wanted = ({ category, origin }: GraphRequest, one: Mention): boolean =>
  (category === undefined || one.category?.includes(category) === true) &&
  (origin === undefined || citationOrigin(one.phase) === origin);

/** What the documents of a family cite, as far as it is held here. */
async function growBackward(graph: Growing, node: Node, level: number): Promise<Node[]> {
  const { backend, request } = graph;
  const mentions = [...node.documents.values()].flatMap(({ citations = [] }) =>
    citations.flatMap((one) => (one.id !== undefined && wanted(request, one) ? [{ ...one, id: one.id }] : [])),
  );
  const meant = await citedDocuments(
    backend,
    mentions.map(({ id }) => id),
  );
  const fresh = new Set<Node>();
  for (const mention of mentions) {
    const document = meant.get(mention.id);
    const other = document && nodeOf(graph, document, level);
    if (other === undefined) continue;
    connect(graph, node, other, mention);
    if (other.level === level) fresh.add(other);
  }
  return [...fresh];
}

/** Which documents here cite one of a family's numbers. */
async function growForward(graph: Growing, node: Node, level: number): Promise<Node[]> {
  const { backend, request } = graph;
  const numbers = [...new Set([...node.documents.values()].map(({ office, number }) => office + number))];
  const { documents, more } = await held(backend, anyOf(numbers.map((one) => value('cites', one))), MOST_CITING);
  if (more) graph.complete = false;
  const mentioned = await mentionsOf(backend, documents, new Set(node.documents.keys()));
  const fresh = new Set<Node>();
  for (const [i, document] of documents.entries()) {
    const mentions = (mentioned[i] ?? []).filter((one) => wanted(request, one));
    const other = mentions.length === 0 ? undefined : nodeOf(graph, document, level);
    if (other === undefined) continue;
    for (const mention of mentions) connect(graph, other, node, mention);
    if (other.level === level) fresh.add(other);
  }
  return [...fresh];
}

/** All publications here of a family, beside those by which it was met. */
async function fill({ backend }: Growing, node: Node): Promise<void> {
  const { documents } = await held(backend, value('family', node.family), MOST_MEMBERS);
  for (const one of documents) if (familyName(one) === node.family) node.documents.set(one.id, one);
}

async function grow(graph: Growing, start: Node): Promise<void> {
  const { direction, depth } = graph.request;
  let edge = { backward: [start], forward: [start] };
  for (let level = 1; level <= depth; level++) {
    const next: typeof edge = { backward: [], forward: [] };
    for (const node of new Set([...edge.backward, ...edge.forward])) if (node !== start) await fill(graph, node);
    if (direction !== 'forward')
      for (const node of edge.backward) next.backward.push(...(await growBackward(graph, node, level)));
    if (direction !== 'backward')
      for (const node of edge.forward) next.forward.push(...(await growForward(graph, node, level)));
    edge = { backward: [...new Set(next.backward)], forward: [...new Set(next.forward)] };
  }
}

type Placed = readonly [level: number, key: string, edge: CitationEdge];

/** Edges in an order that does not hang on how the graph was walked: by the level of the farther end, then by names. */
function inOrder({ nodes, edges }: Growing): Placed[] {
  const level = (family: string): number => nodes.get(family)?.level ?? 0;
  return [...edges]
    .map(([key, edge]): Placed => [Math.max(level(edge.from), level(edge.to)), key, edge])
    .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
}

const CURSOR = /^(\d+):(.+)$/;

function after(placed: readonly Placed[], cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [, level, key] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (level === undefined || key === undefined)
    throw new QuanlianError('cursor.invalid', 'The cursor is not one that an answer about citations gave.');
  const at = placed.findIndex((one) => one[0] > Number(level) || (one[0] === Number(level) && one[1] > key));
  return at < 0 ? placed.length : at;
}

const bare = ({ documents, ...node }: Node): CitationNode => {
  const [first] = [...documents.values()].toSorted(
    (a, b) => (a.date ?? '9').localeCompare(b.date ?? '9') || a.id.localeCompare(b.id),
  );
  return first ? { ...node, id: first.id, date: first.date ?? null, title: titleOf(first) } : node;
};

/**
 * The graph of citations around a publication by simple families, as far as documents are held here: breadth first, so
 * that a graph that is cut holds what is nearest. An answer holds some of its edges and the families they join.
 */
export async function citationGraphOf(
  backend: SearchBackend,
  document: PatentDocument,
  request: GraphRequest,
): Promise<CitationGraph> {
  const graph: Growing = { backend, request, nodes: new Map(), edges: new Map(), complete: true };
  const start = nodeOf(graph, document, 0);
  if (start === undefined) throw new QuanlianError('request.invalid', 'A graph needs room for one family at least.');
  const { members } = await familyOf(backend, document);
  const own = members.filter(({ simple }) => simple).slice(0, MOST_MEMBERS);
  for (const one of await backend.get(
    own.map(({ id }) => id),
    FULL_TEXT,
  ))
    if (one) start.documents.set(one.id, one);
  await grow(graph, start);
  const placed = inOrder(graph);
  const from = after(placed, request.cursor);
  const shown = placed.slice(from, from + request.limit);
  const last = shown.at(-1);
  const families = new Set([start.family, ...shown.flatMap(([, , edge]) => [edge.from, edge.to])]);
  return {
    id: document.id,
    family: start.family,
    families: graph.nodes.size,
    total: placed.length,
    complete: graph.complete,
    nodes: [...graph.nodes.values()].filter(({ family }) => families.has(family)).map(bare),
    edges: shown.map(([, , edge]) => edge),
    cursor:
      last === undefined || from + shown.length >= placed.length
        ? null
        : Buffer.from(`${last[0]}:${last[1]}`).toString('base64url'),
  };
}
