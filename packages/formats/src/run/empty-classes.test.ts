import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMATS } from '../readers.js';
import { parseBytes } from './parse.js';

const folder = new URL('../../src/', import.meta.url);
const FIXTURES = FORMATS.flatMap((format) => {
  const own = new URL(`${format}/fixtures/`, folder);
  if (!existsSync(own)) return [];
  const names = readdirSync(own).filter((name) => /\.(xml|sgml)$/.test(name));
  return names.map((name) => ({ name: `${format}/${name}`, text: readFileSync(new URL(name, own), 'utf8') }));
});

/** Elements of classes in the formats at hand. */
const CLASS =
  /^(?:(?:\w+:)?(?:main|further)-?classification(?:-\w+)?|classification-(?:ipcr?|cpc|symbol|national|locarno)|patent-classification|ipc|B51[1-9](?:EP)?|(?:business:)?(?:Main|Further)Classification)$/i;

test('an element of a class that is empty or gone costs that class, not the document', async () => {
  let tried = 0;
  for (const { name, text } of FIXTURES) {
    const before = (await parseBytes(Buffer.from(text), name)).filter(({ type }) => type === 'document').length;
    const tags = new Set(
      Array.from(text.matchAll(/<([\w:.-]+)/g), ([, tag = '']) => tag).filter((tag) => CLASS.test(tag)),
    );
    for (const tag of tags) {
      const whole = new RegExp(`<${tag}(?:\\s[^>]*)?>[\\s\\S]*?</${tag}>`);
      for (const put of ['', `<${tag}/>`, `<${tag}>?</${tag}>`]) {
        const items = await parseBytes(Buffer.from(text.replace(whole, put)), name);
        expect(items.filter(({ type }) => type === 'document').length, `${name}: ${tag} as "${put}"`).toBe(before);
        tried += 1;
      }
    }
  }
  expect(tried).toBeGreaterThan(50);
});
