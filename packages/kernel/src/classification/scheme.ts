import { QuanlianError } from '@quanlian/contract';
import { normalizeSymbol, symbolParts } from './symbol.js';

/** One place of a classification scheme as a list of titles gives it. */
export interface SchemeRow {
  readonly symbol: string;
  /** Dots of a group: 0 for a main group. Absent above the groups. */
  readonly dots?: number | undefined;
  /** Titles by language (BCP 47). */
  readonly titles: Readonly<Record<string, string>>;
}

/** A place of a scheme. `level` is 0 for a section, 1 class, 2 subclass, 3 main group and one more for each dot. */
export interface SchemeNode {
  readonly symbol: string;
  readonly level: number;
  readonly titles: Readonly<Record<string, string>>;
  readonly children: number;
}

/** A place of the tree in its normal writing, as it is kept: rows that were checked once need not be read again. */
export interface SchemePlace {
  readonly symbol: string;
  readonly level: number;
  readonly titles: Readonly<Record<string, string>>;
}

/** A classification scheme of one version. Symbols are given and returned in their normal writing. */
export interface Scheme {
  readonly size: number;
  node(symbol: string): SchemeNode | undefined;
  roots(): SchemeNode[];
  children(symbol: string): SchemeNode[];
  /** From the section down to the symbol's parent. */
  ancestors(symbol: string): SchemeNode[];
  /** All symbols under one, at any depth, in the order of the scheme; none for an unknown symbol. */
  below(symbol: string): string[];
  /** Places whose titles, with those above them, hold all the words; those nearest the top first. */
  find(words: readonly string[], limit: number): SchemeNode[];
}

const MAIN_GROUP = 3;

function levelOf({ symbol, dots }: SchemeRow): number {
  const parts = symbolParts(symbol);
  if (!parts) {
    throw new QuanlianError(
      'scheme.invalid',
      `"${symbol}" is no symbol of IPC or CPC; check the column of the symbols.`,
    );
  }
  if (parts.mainGroup !== undefined) {
    if (dots === undefined || dots < 0 || !Number.isInteger(dots)) {
      throw new QuanlianError(
        'scheme.invalid',
        `The group ${symbol} comes without its number of dots; the tree cannot be built without them.`,
      );
    }
    return MAIN_GROUP + dots;
  }
  return parts.subclass !== undefined ? 2 : parts.class !== undefined ? 1 : 0;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Where in a sorted list the last number not above one stands. */
function lastNotAbove(starts: Uint32Array, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Reads the rows of a scheme in their order into places of its tree: the parent of a group is the nearest before it
 * with one dot fewer (not the one its number suggests). Refuses `scheme.invalid` for a symbol twice, a group without
 * dots or one whose parent is missing.
 */
export function readPlaces(rows: readonly SchemeRow[]): SchemePlace[] {
  const seen = new Set<string>();
  let last = -1;
  return rows.map((row) => {
    const level = levelOf(row);
    const symbol = normalizeSymbol(row.symbol);
    if (seen.has(symbol)) throw new QuanlianError('scheme.invalid', `The symbol ${symbol} stands in the list twice.`);
    if (level > MAIN_GROUP && level > last + 1) {
      throw new QuanlianError('scheme.invalid', `The group ${symbol} has no group with one dot fewer before it.`);
    }
    seen.add(symbol);
    last = level;
    return { symbol, level, titles: row.titles };
  });
}

/** The tree of places in the order of the scheme: until the next place of its level or above, all are below a place. */
export function buildScheme(places: readonly SchemePlace[]): Scheme {
  const symbols = places.map(({ symbol }) => symbol);
  const levels = Uint8Array.from(places, ({ level }) => level);
  const parents = new Int32Array(places.length).fill(-1);
  const ends = new Int32Array(places.length);
  const children = new Int32Array(places.length);
  const numbers = new Map(symbols.map((symbol, at) => [symbol, at]));
  const open: number[] = [];
  levels.forEach((level, at) => {
    while (open.length > 0 && (levels[open.at(-1) as number] as number) >= level) ends[open.pop() as number] = at;
    const parent = open.at(-1);
    open.push(at);
    if (parent === undefined) return;
    parents[at] = parent;
    children[parent] = (children[parent] as number) + 1;
  });
  for (const left of open) ends[left] = places.length;

  const node = (at: number): SchemeNode => ({
    symbol: symbols[at] as string,
    level: levels[at] as number,
    titles: places[at]?.titles ?? {},
    children: children[at] as number,
  });
  const numberOf = (symbol: string): number | undefined => numbers.get(normalizeSymbol(symbol));
  const childrenOf = (parent: number): SchemeNode[] => {
    const found: SchemeNode[] = [];
    const end = parent < 0 ? places.length : (ends[parent] as number);
    for (let at = parent + 1; at < end; at = ends[at] as number) found.push(node(at));
    return found;
  };

  let searched: { text: string; starts: Uint32Array } | undefined;
  function titlesText(): { text: string; starts: Uint32Array } {
    if (searched) return searched;
    const starts = new Uint32Array(places.length);
    const pieces: string[] = [];
    let length = 0;
    places.forEach(({ titles }, at) => {
      const piece = `${fold(Object.values(titles).join('\n'))}\n`;
      starts[at] = length;
      length += piece.length;
      pieces.push(piece);
    });
    searched = { text: pieces.join(''), starts };
    return searched;
  }

  /** For each place 2 where its own title holds the word, 1 where one above does. */
  function marks(word: string): Uint8Array {
    const { text, starts } = titlesText();
    const found = new Uint8Array(places.length);
    for (let at = text.indexOf(word); at >= 0; ) {
      const place = lastNotAbove(starts, at);
      const end = ends[place] as number;
      for (let under = place + 1; under < end; under++) found[under] = Math.max(found[under] as number, 1);
      found[place] = 2;
      const next = place + 1 < places.length ? (starts[place + 1] as number) : text.length;
      at = next >= text.length ? -1 : text.indexOf(word, next);
    }
    return found;
  }

  return {
    size: places.length,
    node(symbol) {
      const at = numberOf(symbol);
      return at === undefined ? undefined : node(at);
    },
    roots: () => childrenOf(-1),
    children(symbol) {
      const at = numberOf(symbol);
      return at === undefined ? [] : childrenOf(at);
    },
    ancestors(symbol) {
      const found: SchemeNode[] = [];
      for (let at = parents[numberOf(symbol) ?? -1] ?? -1; at >= 0; at = parents[at] as number) found.unshift(node(at));
      return found;
    },
    below(symbol) {
      const at = numberOf(symbol);
      return at === undefined ? [] : symbols.slice(at + 1, ends[at]);
    },
    find(words, limit) {
      const folded = words.map((word) => fold(word).trim()).filter((word) => word !== '');
      if (folded.length === 0) return [];
      const byWord = folded.map(marks);
      const found: { at: number; own: number }[] = [];
      for (let at = 0; at < places.length; at++) {
        if (!byWord.every((word) => (word[at] as number) > 0)) continue;
        const own = byWord.filter((word) => word[at] === 2).length;
        if (own > 0) found.push({ at, own });
      }
      found.sort((a, b) => b.own - a.own || (levels[a.at] as number) - (levels[b.at] as number) || a.at - b.at);
      return found.slice(0, limit).map(({ at }) => node(at));
    },
  };
}
