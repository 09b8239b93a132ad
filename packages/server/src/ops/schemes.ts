import type { SchemeName } from '@quanlian/contract';
import { normalizeSymbol } from '@quanlian/kernel';
import type { SchemeStore } from '../links/information/schemes/scheme.store.js';
import { type SchemeSource, schemeOfSymbols } from './classification.js';

/** The schemes that were loaded, with titles and what lies below; where none is, what the symbols themselves tell. */
export function schemesOfStore(store: SchemeStore, scheme: SchemeName): SchemeSource {
  return {
    async find(symbol) {
      const opened = await store.open(scheme);
      const name = normalizeSymbol(symbol);
      const node = opened?.tree.node(name);
      if (!opened || !node) return opened ? undefined : schemeOfSymbols.find(symbol);
      const children = opened.tree.children(name).map((child) => child.symbol);
      return { symbol, title: node.titles['en'] ?? Object.values(node.titles)[0], level: node.level, children };
    },
    async map(symbol, from, to) {
      const table = from === 'cpc' && to === 'ipc' ? await store.concordances.open('cpc-ipc') : undefined;
      return table ? table.table.exactly(symbol) : schemeOfSymbols.map(symbol, from, to);
    },
  };
}
