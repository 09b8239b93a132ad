import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FORMATS } from './readers.js';
import { parseBytes } from './run/parse.js';

const folder = new URL('../src/', import.meta.url);

/** Made-up documents after each format's DTD, with what must come of them beside them. */
const FIXTURES = FORMATS.flatMap((format) => {
  const own = new URL(`${format}/fixtures/`, folder);
  if (!existsSync(own)) return [];
  const names = readdirSync(own).filter((name) => !name.endsWith('.expected.json'));
  return names.map((name) => `${format}/fixtures/${name}`);
});

describe('fixtures read as expected', () => {
  for (const path of FIXTURES) {
    test(path, async () => {
      const bytes = readFileSync(new URL(path, folder));
      const items = await parseBytes(bytes, path);
      const found = items.map((item) =>
        item.type === 'document' ? item.document : item.type === 'failure' ? { failure: item.failure } : {},
      );
      const file = new URL(path.replace(/\.\w+$/, '.expected.json'), folder);
      if (process.env['UPDATE_FIXTURES'] || !existsSync(file))
        writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    });
  }
});
