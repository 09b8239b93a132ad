import { QuanlianError } from '@quanlian/contract';
import { normalizeSymbol, type SchemeRow, symbolParts } from '@quanlian/kernel';
import { SaxesParser } from 'saxes';
import { type OpenOptions, openInputs } from '../input/open.js';
import type { InputFile } from '../input/types.js';

/** Bounds on one list of titles; the whole CPC is about 20 MB. */
const LARGEST_BYTES = 512 * 1024 * 1024;
const MOST_ROWS = 2_000_000;

const invalid = (sentence: string): QuanlianError => new QuanlianError('scheme.invalid', sentence);

async function textOf(input: InputFile): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  let bytes = 0;
  try {
    for await (const chunk of input.chunks) {
      bytes += chunk.length;
      if (bytes > LARGEST_BYTES) throw invalid(`${input.name} is larger than ${LARGEST_BYTES} bytes.`);
      pieces.push(decoder.decode(chunk, { stream: true }));
    }
    pieces.push(decoder.decode());
  } catch (error) {
    if (error instanceof QuanlianError) throw error;
    throw invalid(`${input.name} is not written in UTF-8.`);
  }
  return pieces.join('');
}

/** Columns of a list with headings, by the names they go under. */
const HEADINGS = {
  symbol: /^(symbol|code|ipc|cpc|分类号|符号)$/i,
  dots: /^(dots?|indent|level|点数|点)$/i,
  title: /^title(?:_([a-z]{2}))?$|^(名称|类名)$/i,
};

interface Columns {
  readonly symbol: number;
  readonly dots: number | undefined;
  readonly titles: readonly { readonly at: number; readonly lang: string }[];
}

function columnsOf(headings: readonly string[], lang: string): Columns | undefined {
  const symbol = headings.findIndex((name) => HEADINGS.symbol.test(name.trim()));
  const dots = headings.findIndex((name) => HEADINGS.dots.test(name.trim()));
  const titles = headings.flatMap((name, at) => {
    const found = HEADINGS.title.exec(name.trim());
    return found ? [{ at, lang: found[1]?.toLowerCase() ?? (found[2] ? 'zh' : lang) }] : [];
  });
  return symbol < 0 || titles.length === 0 ? undefined : { symbol, dots: dots < 0 ? undefined : dots, titles };
}

const isGroup = (symbol: string): boolean => symbolParts(symbol)?.mainGroup !== undefined;

/** The office's title list (symbol, dots, title) or any table with headings, columns divided by tabs. */
function fromTable(name: string, text: string, lang: string): SchemeRow[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const headed = columnsOf((lines[0] ?? '').split('\t'), lang);
  const columns: Columns = headed ?? { symbol: 0, dots: 1, titles: [{ at: 2, lang }] };
  const rows: SchemeRow[] = [];
  lines.forEach((line, i) => {
    if ((i === 0 && headed) || line.trim() === '') return;
    const cells = line.split('\t');
    const symbol = (cells[columns.symbol] ?? '').trim();
    if (!symbolParts(symbol)) {
      throw invalid(
        `${name}, line ${i + 1}: “${symbol.slice(0, 40)}” is no class symbol. The list has tabs between symbol, dots and title.`,
      );
    }
    const dots = columns.dots === undefined ? '' : (cells[columns.dots] ?? '').trim();
    const titles: Record<string, string> = {};
    for (const { at, lang: language } of columns.titles) {
      const title = (cells[at] ?? '').trim();
      if (title !== '') titles[language] = title;
    }
    rows.push({ symbol, ...(isGroup(symbol) && /^\d{1,2}$/.test(dots) ? { dots: Number(dots) } : {}), titles });
  });
  return rows;
}

/** Kinds of entries of WIPO's scheme file that are places of the scheme; the others are notes, indexes and guides. */
const LEVELS = /^(s|c|u|m|[1-9AB])$/;
const dotsOfKind = (kind: string): number | undefined =>
  kind === 'm' ? 0 : /^[1-9AB]$/.test(kind) ? Number.parseInt(kind, 12) : undefined;

/** The scheme as WIPO publishes it: entries within entries, each with its kind, its symbol and title parts. */
function fromXml(name: string, text: string): SchemeRow[] {
  const parser = new SaxesParser({ xmlns: false });
  const rows: SchemeRow[] = [];
  const entries: ({ symbol: string; kind: string; parts: string[] } | undefined)[] = [];
  let lang = 'en';
  let inTitle = 0;
  let part = '';
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (typeof attributes['lang'] === 'string' && /^[A-Za-z]{2}$/.test(attributes['lang']))
      lang = attributes['lang'].toLowerCase();
    if (tag === 'ipcEntry' || tag === 'classification-item') {
      const kind = attributes['kind'] ?? '';
      const symbol = attributes['symbol'] ?? '';
      const place = LEVELS.test(kind) && symbol !== '' ? { symbol, kind, parts: [] } : undefined;
      entries.push(place);
      if (place) {
        const dots = dotsOfKind(kind);
        rows.push({ symbol, ...(dots === undefined ? {} : { dots }), titles: {} });
      }
    }
    if (tag === 'title') inTitle++;
    if (tag === 'titlePart') part = '';
  });
  parser.on('text', (words) => {
    if (inTitle > 0) part += words;
  });
  parser.on('closetag', ({ name: tag }) => {
    if (tag === 'titlePart') entries.at(-1)?.parts.push(part.replace(/\s+/g, ' ').trim());
    if (tag === 'title') {
      inTitle--;
      const open = entries.at(-1);
      const at = open ? rows.findLastIndex(({ symbol }) => symbol === open.symbol) : -1;
      const row = rows[at];
      if (open && row) rows[at] = { ...row, titles: { ...row.titles, [lang]: open.parts.join('; ') } };
    }
    if (tag === 'ipcEntry' || tag === 'classification-item') entries.pop();
  });
  parser.on('doctype', () => undefined);
  parser.on('error', (error) => {
    throw invalid(`${name} is not well-formed: ${error.message}`);
  });
  parser.write(text).close();
  if (rows.length === 0) throw invalid(`${name} holds no entry of a classification scheme.`);
  return rows;
}

/** What was read of a scheme, and what could not be placed in it. */
export interface ReadSchemeResult {
  readonly rows: SchemeRow[];
  /** Symbols with titles that the tree does not have. */
  readonly strangers: number;
  /** Groups of the tree's own list whose dots are missing or do not follow: where they stand is not known. */
  readonly unplaced: readonly string[];
}

const isMainGroup = (symbol: string): boolean => /^0+$/.test(symbolParts(symbol)?.subgroup ?? '');

/** A main group needs no dots to be placed. */
const placed = (row: SchemeRow): SchemeRow =>
  row.dots === undefined && isMainGroup(row.symbol) ? { ...row, dots: 0 } : row;

const hasTree = (rows: readonly SchemeRow[]): boolean => {
  const groups = rows.filter(({ symbol }) => isGroup(symbol) && !isMainGroup(symbol));
  return groups.length === 0 ? rows.length > 0 : groups.some(({ dots }) => dots !== undefined);
};

/** Joins lists of one scheme: lists with dots give the tree, the others titles in more languages. */
function joined(lists: readonly SchemeRow[][]): ReadSchemeResult {
  const tree = lists.filter(hasTree).flat().map(placed);
  if (tree.length === 0) throw invalid('No list gives the dots of its groups; without them there is no tree.');
  const rows = new Map<string, SchemeRow>();
  const unplaced: string[] = [];
  // What follows a group of unknown place may belong to it, down to the next group that hangs on the main group.
  let uncertain = false;
  let last = 0;
  for (const row of tree) {
    const key = normalizeSymbol(row.symbol);
    const { dots } = row;
    uncertain = isGroup(row.symbol) && (dots === undefined || dots > last + 1 || (uncertain && dots > 1));
    if (uncertain) {
      unplaced.push(key);
      continue;
    }
    last = dots ?? 0;
    const known = rows.get(key);
    rows.set(key, known ? { ...known, titles: { ...row.titles, ...known.titles } } : row);
  }
  let strangers = 0;
  for (const { symbol, titles } of lists.filter((list) => !hasTree(list)).flat()) {
    const known = rows.get(normalizeSymbol(symbol));
    if (known) rows.set(normalizeSymbol(symbol), { ...known, titles: { ...titles, ...known.titles } });
    else strangers++;
  }
  return { rows: [...rows.values()], strangers, unplaced };
}

/** A file's language by its name (`ipc-zh.tsv`), where its headings do not say it. */
const langOfName = (name: string): string => /[-_.](zh|en|es|fr|de|ja|ko)[-_.]/i.exec(name)?.[1]?.toLowerCase() ?? 'en';

/**
 * Reads the lists of one classification scheme, packed or not: the office's list of titles (symbol, dots, title),
 * a table with headings (`code`, `dots`, `title_zh` …) or WIPO's scheme in XML. Sections may come as a file each.
 * Throws `scheme.invalid` with the place, `load.not_found` for a path that is not there.
 */
export async function readScheme(paths: readonly string[], options: OpenOptions = {}): Promise<ReadSchemeResult> {
  const lists: { name: string; rows: SchemeRow[] }[] = [];
  let count = 0;
  for await (const input of await openInputs(paths, options)) {
    if (input.kind === 'failure') throw new QuanlianError('scheme.invalid', input.failure.message);
    const text = await textOf(input);
    if (text.trim() === '') continue;
    const rows = /^\ufeff?\s*</.test(text.slice(0, 200))
      ? fromXml(input.name, text)
      : fromTable(input.name, text, langOfName(input.name));
    count += rows.length;
    if (count > MOST_ROWS) throw invalid(`The lists have more than ${MOST_ROWS} places.`);
    lists.push({ name: input.name, rows });
  }
  if (lists.length === 0) throw invalid('There is nothing to read: every file is empty.');
  const inOrder = lists.sort((a, b) => (sectionOf(a.rows) < sectionOf(b.rows) ? -1 : 1));
  return joined(inOrder.map(({ rows }) => rows));
}

const sectionOf = (rows: readonly SchemeRow[]): string => normalizeSymbol(rows[0]?.symbol ?? '');
