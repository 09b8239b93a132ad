import { classLevels, normalizeSymbol } from './symbol.js';

/** A row of a table from classes to something else: a symbol or its beginning, and what it stands for. */
export interface ConcordanceRow {
  readonly symbol: string;
  readonly target: string;
}

/** A row that covers a symbol, in the normal writing of its own symbol. */
export interface CoveringRow {
  readonly row: string;
  readonly target: string;
}

/** What a table says of classes. */
export interface Concordance {
  /** The targets of the row that names a symbol most exactly: for tables in which each symbol has its own place. */
  of(symbol: string): readonly string[];
  /** The targets of the row of just this symbol. */
  exactly(symbol: string): readonly string[];
  /** All rows that cover a symbol, the most exact first; `above` are the places above it that its form does not show. */
  covering(symbol: string, above?: readonly string[]): CoveringRow[];
  /** The symbols of the rows that lead to a target or to a part of it (`2` has the part `2.1`). */
  symbolsOf(target: string): string[];
}

const compact = (symbol: string): string => normalizeSymbol(symbol).replace(/\s/gu, '');

/**
 * A table from classes to fields. A row holds for its symbol and what stands under it by form (section, class,
 * subclass, main group; a subgroup for itself).
 */
export function concordance(rows: readonly ConcordanceRow[]): Concordance {
  const table = new Map<string, { readonly row: string; readonly targets: string[] }>();
  const symbols = new Map<string, string[]>();
  for (const { symbol, target } of rows) {
    const row = normalizeSymbol(symbol.replace(/%$/, ''));
    const known = table.get(compact(row)) ?? { row, targets: [] };
    table.set(compact(row), known);
    if (known.targets.includes(target)) continue;
    known.targets.push(target);
    symbols.set(target, [...(symbols.get(target) ?? []), row]);
  }
  const found = (symbol: string) => table.get(compact(symbol)) ?? table.get(compact(symbol).replace(/\/00$/, ''));
  const levelsOf = (symbol: string): string[] => {
    const { section, class: klass, subclass, group } = classLevels(symbol);
    return [symbol, group, subclass, klass, section].flatMap((level) => (level ? [level] : []));
  };
  return {
    of(symbol) {
      for (const level of levelsOf(symbol)) {
        const entry = found(level);
        if (entry) return entry.targets;
      }
      return [];
    },
    exactly: (symbol) => found(symbol)?.targets ?? [],
    covering(symbol, above = []) {
      const [own = symbol, ...levels] = levelsOf(symbol);
      const seen = new Set<string>();
      return [own, ...above.toReversed(), ...levels].flatMap((level) => {
        const entry = found(level);
        if (!entry || seen.has(entry.row)) return [];
        seen.add(entry.row);
        return entry.targets.map((target) => ({ row: entry.row, target }));
      });
    },
    symbolsOf: (target) => {
      const parts = [...symbols].filter(([code]) => code === target || code.startsWith(`${target}.`));
      return [...new Set(parts.flatMap(([, own]) => own))];
    },
  };
}
