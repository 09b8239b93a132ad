import { readFile } from 'node:fs/promises';
import { symbolParts } from '@quanlian/kernel';
import { describe, expect, it } from 'vitest';
import { ShippedOutlineSchema, ShippedTableSchema, shippedOutline, shippedTable } from './shipped.js';

const read = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../../../../../rules/classification/${name}.json`, import.meta.url), 'utf8'));

describe('what ships of classifications', () => {
  it('is well made: each title in both languages, with its source and certainty', async () => {
    const { places } = ShippedOutlineSchema.parse(await read('outline'));
    for (const { symbol, en, zh } of places) {
      expect(symbolParts(symbol), symbol).toBeDefined();
      expect(en.length, symbol).toBeGreaterThan(2);
      expect(zh, symbol).toMatch(/\p{Script=Han}/u);
    }
    expect(new Set(places.map(({ symbol }) => symbol)).size).toBe(places.length);
    ShippedTableSchema.parse(await read('field35'));
    ShippedTableSchema.parse(await read('industry'));
  });

  it('has every section, class and subclass of both schemes, each under its class', async () => {
    const sizes = async (scheme: 'IPC' | 'CPC') => {
      const { tree } = await shippedOutline(scheme);
      const classes = tree.roots().flatMap(({ symbol }) => tree.children(symbol));
      const subclasses = classes.flatMap(({ symbol }) => tree.children(symbol));
      expect(classes.every(({ children }) => children > 0)).toBe(true);
      return [tree.roots().length, classes.length, subclasses.length, tree.size];
    };
    expect(await sizes('IPC')).toEqual([8, 132, 656, 796]);
    expect(await sizes('CPC')).toEqual([9, 137, 680, 826]);
  });

  it('leads every subclass of the IPC but those of the internet of things to one of the 35 fields', async () => {
    const table = await shippedTable('field35');
    const { tree } = await shippedOutline('IPC');
    expect(table?.targets.map(({ code }) => Number(code))).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
    const rows = table?.rows.map(({ symbol }) => symbol) ?? [];
    expect(new Set(rows).size).toBe(rows.length);
    const covered = new Set(rows.map((symbol) => symbol.slice(0, 4)));
    const subclasses = tree
      .roots()
      .flatMap(({ symbol }) => tree.below(symbol))
      .filter((one) => one.length === 4);
    expect(subclasses.filter((symbol) => !covered.has(symbol))).toEqual(['G16Y']);
    // A row for a subclass and others for its groups would count twice.
    const whole = new Set(rows.filter((symbol) => symbol.length === 4));
    expect(rows.filter((symbol) => symbol.length > 4 && whole.has(symbol.slice(0, 4)))).toEqual([]);
  });
});
