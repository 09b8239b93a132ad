import type { QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { classLevels, normalizeSymbol, parseQuery, readClass } from '@quanlian/kernel';
import { fault, nothingFound } from './faults.js';
import type { Range } from './range.js';
import { escapeText, leaf, registerData, tag } from './xml.js';

/** One entry of a classification scheme. */
interface SchemeEntry {
  readonly symbol: string;
  readonly title?: string | undefined;
  /** 0 for a section, 3 for a main group, one more for each dot. */
  readonly level: number;
  readonly children: readonly string[];
}

/** Where titles and children of symbols come from, and what one scheme's symbol is in another. A register of schemes can stand here. */
export interface SchemeSource {
  find(symbol: string): Promise<SchemeEntry | undefined>;
  map(symbol: string, from: string, to: string): Promise<readonly string[]>;
}

const LEVELS = ['section', 'class', 'subclass', 'group'] as const;

/** Section Y and the indexing groups from 2000 on stand in the CPC alone. */
const CPC_ALONE = /^Y|^[A-H]\d{2}[A-Z]\s*2\d{3}\//;

/** The levels that the symbol itself tells: no scheme is loaded, so there are no titles and nothing below. */
export const schemeOfSymbols: SchemeSource = {
  async find(symbol) {
    const levels = classLevels(symbol);
    const depth = LEVELS.filter((level) => levels[level] !== undefined).length;
    // Below main groups the dots count, which a symbol does not show: one is the least.
    const isSubgroup = levels.group !== undefined && !/\/0+$/.test(symbol);
    return depth === 0 ? undefined : { symbol, level: isSubgroup ? depth : depth - 1, children: [] };
  },
  // Symbols of IPC and CPC mean the same place where both have them; other concordances are not held.
  map: async (symbol, from, to) =>
    from === to || [from, to].sort().join() !== 'cpc,ipc' || CPC_ALONE.test(symbol) ? [] : [symbol],
};

const written = (symbol: string): string => normalizeSymbol(symbol).replace(/\s/g, '');

function ancestorsOf(symbol: string): string[] {
  const levels = classLevels(symbol);
  const all = LEVELS.flatMap((level) => levels[level] ?? []).map(written);
  return [...new Set(all)].filter((one) => one !== written(symbol));
}

/** Levels as the published scheme counts them: between class and subclass, and above main groups, it has rungs of its own. */
const PUBLISHED_LEVEL = [2, 4, 5, 7];
const publishedLevel = (level: number): number => PUBLISHED_LEVEL[level] ?? level + 4;

const titleOf = (title: string): string =>
  tag(
    'cpc:class-title',
    title
      .split(/;\s+/)
      .map((part) => tag('cpc:title-part', leaf('cpc:text', part)))
      .join(''),
  );

function item({ symbol, title, level }: SchemeEntry, inside: string): string {
  const name = written(symbol);
  return tag(
    'cpc:classification-item',
    leaf('cpc:classification-symbol', name) + (title === undefined ? '' : titleOf(title)) + inside,
    { level: publishedLevel(level), 'sort-key': name, status: 'published', 'link-file': `classification/cpc/${name}` },
  );
}

async function itemBelow(source: SchemeSource, symbol: string, depth: number): Promise<string> {
  const entry = await source.find(symbol);
  if (!entry) return '';
  if (depth === 0) return item(entry, '');
  const below = await Promise.all(entry.children.map((child) => itemBelow(source, child, depth - 1)));
  return item(entry, below.join(''));
}

export interface SchemeQuestion {
  readonly symbol: string;
  readonly depth: number;
  readonly ancestors: boolean;
}

const DEEPEST = 20;

/** A symbol in its scheme, with what is above and below it as far as asked. */
export async function showScheme(source: SchemeSource, { symbol, depth, ancestors }: SchemeQuestion): Promise<string> {
  const read = readClass(symbol);
  const known = /^[A-HY]$/.test(symbol) || classLevels(symbol).section !== undefined || read.valid;
  const name = written(symbol);
  if (!known) throw fault('CLIENT.InvalidReference', `“${symbol}” is not a symbol of the classification.`);
  let markup = await itemBelow(source, name, Math.min(depth, DEEPEST));
  if (markup === '') throw nothingFound();
  for (const above of ancestors ? ancestorsOf(name).reverse() : []) {
    const entry = await source.find(above);
    if (entry) markup = item(entry, markup);
  }
  return registerData(
    'cpc',
    tag(
      'ops:classification-scheme',
      tag(
        'ops:cpc',
        tag('cpc:class-scheme', markup, { 'scheme-type': 'cpc', 'export-date': new Date().toISOString().slice(0, 10) }),
      ),
    ),
  );
}

const MOST_SYMBOLS = 1000;

/** Symbols that the documents with these words in title or abstract most often have, with their share. */
export async function searchClasses(
  backend: SearchBackend,
  source: SchemeSource,
  q: string,
  range: Range,
): Promise<string> {
  const words: QueryNode = readWords(q);
  const result = await backend.search({
    query: words,
    sort: 'newest',
    limit: 0,
    facets: [{ name: 'group', size: MOST_SYMBOLS }],
  });
  const values = result.facets.group?.values ?? [];
  if (values.length === 0) throw nothingFound();
  const shown = values.slice(range.begin - 1, range.end);
  const sum = values.reduce((all, { count }) => all + count, 0);
  const items = await Promise.all(
    shown.map(async ({ value, count }) => {
      const title = (await source.find(written(value)))?.title;
      const percentage = String(Number(((100 * count) / sum).toFixed(6)));
      return tag('ops:classification-statistics', title === undefined ? '' : titleOf(title), {
        'classification-symbol': written(value),
        percentage,
      });
    }),
  );
  return registerData(
    'cpc-search',
    tag(
      'ops:classification-search',
      tag('ops:query', escapeText(q), { syntax: '' }) + tag('ops:search-result', items.join('')),
      { 'total-result-count': values.length, 'scheme-type': 'CPC' },
    ),
  );
}

function readWords(q: string): QueryNode {
  const words = q.replace(/["=()<>]/g, ' ').trim();
  const parsed = parseQuery(`ta all "${words}"`, 'cql');
  if (words === '' || parsed.ast === null) throw fault('CLIENT.InvalidQuery', 'The search for classes takes words.');
  return parsed.ast;
}

const SCHEMES = ['cpc', 'ipc', 'ecla'];

/** The symbols of one scheme that another has for a symbol. */
export async function mapClasses(source: SchemeSource, path: readonly string[]): Promise<string> {
  const [from = '', ...rest] = path;
  const to = rest.pop() ?? '';
  const symbol = written(rest.join(''));
  if (!SCHEMES.includes(from) || !SCHEMES.includes(to) || symbol === '')
    throw fault('CLIENT.InvalidReference', 'A mapping is named FROM/SYMBOL/TO with the schemes cpc, ipc or ecla.');
  const found = await source.map(symbol, from, to);
  if (found.length === 0) throw nothingFound();
  const output = found.map((one) =>
    tag(
      'ops:mapping',
      tag(`ops:${from}`, escapeText(symbol), { 'xlink:href': `classification/${from}/${symbol}` }) +
        leaf(`ops:${to}`, one),
    ),
  );
  const mappings = tag('ops:mappings', output.join(''), {
    inputSchema: from.toUpperCase(),
    outputSchema: to.toUpperCase(),
  });
  return registerData('class-mapping', tag('ops:classification-scheme', mappings));
}
