import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMATS } from '../readers.js';
import { parseBytes } from '../run/parse.js';

const folder = new URL('../../src/', import.meta.url);
const FIXTURES = FORMATS.flatMap((format) => {
  const own = new URL(`${format}/fixtures/`, folder);
  if (!existsSync(own)) return [];
  const names = readdirSync(own).filter((name) => /\.(xml|sgml)$/.test(name));
  return names.map((name) => ({ name: `${format}/${name}`, text: readFileSync(new URL(name, own), 'utf8') }));
});

/** What every object of the language answers to, and what no field is prepared for. */
const ODD = ['constructor', '__proto__', 'toString', '../..', '一'.repeat(40), '00000000', '-1', '1e400'];

test('whatever stands in a field, no reader fails, and a record that is refused says what for', async () => {
  let tried = 0;
  for (const { name, text } of FIXTURES) {
    const tags = new Set(Array.from(text.matchAll(/<([A-Za-z][\w:.-]*)[^<>]*>[^<>]{1,60}</g), ([, tag = '']) => tag));
    for (const tag of tags) {
      const content = new RegExp(`(<${tag}(?:\\s[^>]*)?>)[^<>]{1,60}(?=<)`, 'g');
      const odd = ODD[tried % ODD.length] ?? '';
      tried += 1;
      for (const item of await parseBytes(Buffer.from(text.replace(content, (_, open: string) => open + odd)), name)) {
        const said = item.type === 'failure' ? item.failure.message : '';
        expect(said, `${name}: ${tag} = ${odd}`).not.toMatch(/wrong value at|reader failed/);
      }
    }
  }
  expect(tried).toBeGreaterThan(300);
});

test('a language, an element or an entity may be called like a method of objects', async () => {
  const xml = `<us-patent-grant lang="constructor"><us-bibliographic-data-grant><publication-reference><document-id>
<country>US</country><doc-number>7654321</doc-number><kind>B2</kind></document-id></publication-reference>
<constructor>one</constructor><constructor>two &toString;</constructor></us-bibliographic-data-grant>
<claims><claim num="1"><claim-text>A lantern of claim 9.</claim-text></claim></claims></us-patent-grant>`;
  const [item] = await parseBytes(Buffer.from(xml), 'a.xml');
  expect(item?.type === 'document' && item.document).toMatchObject({ id: 'US7654321B2', claims: [{ number: 1 }] });
  expect(JSON.stringify(item?.type === 'document' && item.document.extra)).toContain('["one","two &toString;"]');
});
