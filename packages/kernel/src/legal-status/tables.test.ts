import { describe, expect, it } from 'vitest';
import { shippedEventTables } from '../rules/shipped.testkit.js';
import { EventTableSchema, statusNeedsWords } from './mapping.js';
import { ST27_CATEGORIES } from './st27.js';

describe('the shipped tables of legal events', () => {
  it.each(Object.entries(shippedEventTables()))('%s is well made', (_path, file) => {
    const table = EventTableSchema.parse(file);
    const codes = table.events.map(({ code }) => code);
    const told = table.events.map(({ code, text = '' }) => `${code} ${text}`);
    expect(new Set(told).size).toBe(told.length);
    // What needs no words stands last among the meanings of a code, or the ones after it would never be found.
    for (const [index, { code, text }] of table.events.entries())
      if (text === undefined) expect(codes.lastIndexOf(code), code).toBe(index);
    for (const { code, text, states } of table.events)
      if (text !== undefined || states === 'named')
        expect(statusNeedsWords({ office: table.office, code }), code).toBe(true);
    for (const { text } of table.events) if (text !== undefined) expect(() => new RegExp(text)).not.toThrow();
    for (const { code, category, key, voids = [] } of table.events) {
      expect(ST27_CATEGORIES[category], code).toBeDefined();
      if (key) expect(key.charAt(0), code).toBe(category);
      for (const target of voids) expect(codes).toContain(target);
    }
  });
});
