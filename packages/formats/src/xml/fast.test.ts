import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORMATS } from '../readers.js';
import { charactersOf, isPlain } from './characters.js';
import { parseFast } from './fast.js';
import { parseFully } from './parse.js';
import type { XmlElement } from './tree.js';

const folder = new URL('../../src/', import.meta.url);

const FIXTURES = FORMATS.flatMap((format) => {
  const own = new URL(`${format}/fixtures/`, folder);
  if (!existsSync(own)) return [];
  const names = readdirSync(own).filter((name) => /\.(xml|sgml)$/.test(name));
  return names.map((name) => readFileSync(new URL(name, own)));
});

/** A tree with neighbouring pieces of text joined: where a text is cut is not part of what it says. Miscounted ones stand out. */
function plain(element: XmlElement): unknown {
  const children: unknown[] = [];
  for (const node of element.children) {
    if (node.type === 'element') children.push(plain(node));
    else if (node.type === 'mark') children.push({ mark: node.target });
    else if (node.size !== charactersOf(node.text) || (node.plain && !isPlain(node.text))) children.push(node);
    else if (typeof children.at(-1) === 'string') children.push(`${children.pop() as string}${node.text}`);
    else children.push(node.text);
  }
  return [element.name, element.attributes, children];
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Compares the two parsers; tells whether the fast one took the text. */
function compare(bytes: Uint8Array): boolean {
  const fast = attempt(() => parseFast(bytes));
  if (!fast) return false;
  const full = parseFully(Buffer.from(bytes).toString('utf8'));
  expect(plain(fast.root)).toEqual(plain(full.root));
  expect([...fast.unresolved]).toEqual([...full.unresolved]);
  return true;
}

const name = fc.constantFrom('a', 'b', 'p', 'sub', 'x:y', 'us-patent-grant', 'A1', '_z.9', 'constructor', '__proto__');
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('word', ' ', '  ', '\n', 'a b', '\t', '\r\n', '\r', '>', ']', ']]', "'", '"'),
  },
  { weight: 2, arbitrary: fc.constantFrom('ü', '試験', '\u00a0', '\u2003', '😀', '\ufeff', '\ufffd', '\u3000') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('&amp;', '&lt;', '&#38;', '&#x2014;', '&#160;', '&#32;', '&#x1F600;', '&#9;'),
  },
  { weight: 1, arbitrary: fc.constantFrom('&ndash;', '&nothing;', '&own;') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<!-- a comment -->', '<![CDATA[<b>&amp;]]>', '<?pi x?>', '<?delete-start id="1"?>'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(']]>', '&', '&#0;', '&#xFFFE;', '<', '\0', '\u0007', '&#;', '<!-- -- -->', '&x'),
  },
);
const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.array(piece, { maxLength: 3 }).map((parts) => parts.join('').replace(/["<]/g, ''));
const attributes = fc
  .array(fc.tuple(name, value), { maxLength: 3 })
  .map((list) => list.map(([key, one]) => ` ${key}="${one}"`).join(''));

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, tie('content'), fc.boolean())
    .map(([tag, own, content, empty]) => (empty ? `<${tag}${own}/>` : `<${tag}${own}>${content}</${tag} >`)),
  content: fc
    .array(fc.oneof({ depthSize: 'small' }, text, tie('element')), { maxLength: 4 })
    .map((parts) => parts.join('')),
}));

const documents = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n', ' '),
    fc.constantFrom('', '<!DOCTYPE a [<!ENTITY own "its &amp; &#x41;">]>\n', '<!-- before -->'),
    element,
    fc.constantFrom('', '\n', '<!-- after -->', 'x'),
  )
  .map((parts) => parts.join(''));

test('the fast parser agrees with the full one on whatever it takes, and takes much', () => {
  let taken = 0;
  let all = 0;
  fc.assert(
    fc.property(documents, (xml) => {
      all += 1;
      if (compare(Buffer.from(xml))) taken += 1;
    }),
    { numRuns: 4000 },
  );
  expect(taken).toBeGreaterThan(all / 4);
});

test('it agrees on damaged files too', () => {
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 20 }), put: piece });
  let taken = 0;
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.array(edit, { minLength: 1, maxLength: 2 }), (bytes, edits) => {
      let text = bytes.toString('utf8');
      for (const { at, drop, put } of edits) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + put + text.slice(from + drop);
      }
      if (compare(Buffer.from(text))) taken += 1;
    }),
    { numRuns: 1500, interruptAfterTimeLimit: 8000, markInterruptAsFailure: false },
  );
  expect(taken).toBeGreaterThan(5);
});
