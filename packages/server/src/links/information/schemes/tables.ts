import {
  type ClassGroup,
  type ConcordanceMatch,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SearchRequest,
  TABLED,
  type TabledName,
  UNKNOWN_VALUE,
} from '@quanlian/contract';
import { symbolParts } from '@quanlian/kernel';
import type { OpenTable } from './concordance.store.js';
import type { SchemeStore } from './scheme.store.js';

const isTabled = (name: string): name is TabledName => TABLED.some((tabled) => tabled === name);

/** Groups below the main groups: what stands under them does not show in the form of a symbol. */
function isSubgroup(symbol: string): boolean {
  const subgroup = symbolParts(symbol)?.subgroup;
  return subgroup !== undefined && !/^0+$/.test(subgroup);
}

/** The symbols with what the current IPC has below those of them that are subgroups. */
async function withBelow(schemes: SchemeStore, symbols: readonly string[]): Promise<string[]> {
  const subgroups = symbols.filter(isSubgroup);
  if (subgroups.length === 0) return [...symbols];
  const trees = new Map<string, Awaited<ReturnType<SchemeStore['sectionOf']>>>();
  for (const symbol of subgroups) {
    const section = symbol.slice(0, 1);
    if (!trees.has(section)) trees.set(section, await schemes.sectionOf('IPC', symbol));
  }
  const below = subgroups.flatMap((symbol) => trees.get(symbol.slice(0, 1))?.below(symbol) ?? []);
  return [...new Set([...symbols, ...below])];
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** A code of the table for what was asked: the code itself or a name in either language. */
function codeOf(value: string, { targets }: OpenTable): string {
  if (targets.has(value)) return value;
  const wanted = folded(value);
  const named = [...targets.values()].find(({ names }) => Object.values(names).some((name) => folded(name) === wanted));
  return named?.code ?? value.trim();
}

async function openTable(schemes: SchemeStore, name: TabledName): Promise<OpenTable> {
  const table = await schemes.concordances.open(name);
  if (table) return table;
  const sentence = `No table says which classes belong to ${name}. The operator loads one with “quanlian concordance load FILE --name ${name}”.`;
  throw new QuanlianError('query.unsupported', sentence);
}

function tabledIn(node: QueryNode): TabledName[] {
  if ('clauses' in node) return node.clauses.flatMap(tabledIn);
  if ('clause' in node) return tabledIn(node.clause);
  return 'field' in node && isTabled(node.field) ? [node.field] : [];
}

/** The query with every value of a table carrying the classes that the current table has for it. */
export async function expandTables(query: QueryNode, schemes: SchemeStore): Promise<QueryNode> {
  const names = [...new Set(tabledIn(query))];
  if (names.length === 0) return query;
  const tables = new Map<string, OpenTable>();
  for (const name of names) tables.set(name, await openTable(schemes, name));
  const expand = async (node: QueryNode): Promise<QueryNode> => {
    if ('clauses' in node) return { ...node, clauses: await Promise.all(node.clauses.map(expand)) } as QueryNode;
    if ('clause' in node) return { ...node, clause: await expand(node.clause) } as QueryNode;
    if (node.op !== 'value' && node.op !== 'term' && node.op !== 'phrase') return node;
    const table = tables.get(node.field);
    if (!table) return node;
    const value = node.op === 'value' ? node.value : node.text;
    const isUnknown = value === UNKNOWN_VALUE;
    const symbols = isUnknown ? [...table.targets.keys()].flatMap(table.table.symbolsOf) : [];
    const classes = await withBelow(
      schemes,
      isUnknown ? [...new Set(symbols)] : table.table.symbolsOf(codeOf(value, table)),
    );
    const found: QueryNode = { op: 'value', field: node.field, value, classes };
    return isUnknown ? { op: 'not', clause: found } : found;
  };
  return expand(query);
}

/** The table as the engine counts by it: each value with all its classes. */
async function groupsOf(schemes: SchemeStore, name: TabledName): Promise<ClassGroup[]> {
  const { table, targets } = await openTable(schemes, name);
  const groups: ClassGroup[] = [];
  for (const value of targets.keys()) {
    // A part counts in what it belongs to only where the table has both.
    groups.push({ value, classes: await withBelow(schemes, table.symbolsOf(value)) });
  }
  return groups;
}

/** The tables that a request counts by; undefined when it asks for none. */
export async function groupsFor(request: SearchRequest, schemes: SchemeStore): Promise<SearchRequest['groups']> {
  const asked = [
    ...(request.facets ?? []).map(({ name }) => name),
    ...(request.tables ?? []).flatMap(({ rows, columns }) => [rows, columns]),
  ].filter(isTabled);
  if (asked.length === 0) return undefined;
  const groups: Partial<Record<TabledName, ClassGroup[]>> = {};
  for (const name of new Set(asked)) groups[name] = await groupsOf(schemes, name);
  return groups;
}

/** The classes of a document that a table is read by: those of the IPC, of the CPC where it has none. */
function classesOf({ classifications = [] }: PatentDocument): string[] {
  const of = (scheme: RegExp) => classifications.filter((one) => scheme.test(one.scheme)).map(({ symbol }) => symbol);
  const ipc = of(/^ipcr?$/i);
  return [...new Set(ipc.length > 0 ? ipc : of(/^cpc$/i))];
}

/** What a table says of a document: what its classes lead to, each with the classes and rows that led there. */
export async function matchesOf(
  schemes: SchemeStore,
  name: TabledName,
  document: PatentDocument,
): Promise<{ edition: string; matches: ConcordanceMatch[] } | undefined> {
  const table = await schemes.concordances.open(name);
  if (!table) return undefined;
  const matches: ConcordanceMatch[] = [];
  for (const symbol of classesOf(document)) {
    const tree = isSubgroup(symbol) ? await schemes.sectionOf('IPC', symbol) : undefined;
    const above = tree?.ancestors(symbol).map((place) => place.symbol) ?? [];
    for (const { row, target } of table.table.covering(symbol, above)) {
      matches.push({ symbol, row, target: table.targets.get(target) ?? { code: target, names: {} } });
    }
  }
  return { edition: table.edition, matches };
}
