import { describe, expect, it } from 'vitest';
import { shippedEventTables } from '../rules/shipped.testkit.js';
import { EventTableSchema } from './mapping.js';
import { ST27_CATEGORIES } from './st27.js';

describe('the shipped tables of legal events', () => {
  it.each(Object.entries(shippedEventTables()))('%s is well made', (_path, file) => {
    const table = EventTableSchema.parse(file);
    const codes = table.events.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, category, key, voids = [] } of table.events) {
      expect(ST27_CATEGORIES[category], code).toBeDefined();
      if (key) expect(key.charAt(0), code).toBe(category);
      for (const target of voids) expect(codes).toContain(target);
    }
  });
});
