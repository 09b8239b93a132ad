import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseBytes } from './run/parse.js';

/** Made-up documents after each format's DTD, with what must come of them beside them. */
const FIXTURES = [
  'us-ice/fixtures/grant.xml',
  'us-ice/fixtures/bulk.xml',
  'us-sequence/fixtures/listing.xml',
  'us-st32/fixtures/grant.xml',
  'us-st32/fixtures/design.sgml',
  'us-pap/fixtures/application.xml',
  'ep-st36/fixtures/grant.xml',
  'docdb/fixtures/exchange.xml',
  'marec/fixtures/document.xml',
  'ops-xml/fixtures/answer.xml',
  'tipo/fixtures/grant.xml',
  'kipris/fixtures/answer.xml',
  'wo-pamphlet/fixtures/pamphlet.xml',
  'us-greenbook/fixtures/weekly.txt',
  'brs/fixtures/documents.txt',
  'uspto-odp/fixtures/wrappers.json',
  'cnipa/fixtures/application.xml',
  'us-fulltext/fixtures/texts.jsonl',
  'patent-document/fixtures/documents.jsonl',
];

const folder = new URL('../src/', import.meta.url);

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
