import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from './readers.js';
import { parseBytes } from './run/parse.js';
import { charactersOf, isPlain } from './xml/characters.js';
import { parseFast } from './xml/fast.js';
import { parseFully } from './xml/parse.js';
import type { XmlElement } from './xml/tree.js';

const folder = new URL('../src/', import.meta.url);

/** Every fixture of every format: what the damage is done to. */
const SEEDS = FORMATS.filter((format) => format !== 'table').flatMap((format) => {
  const own = new URL(`${format}/fixtures/`, folder);
  if (!existsSync(own)) return [];
  return readdirSync(own)
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => ({ format, name, bytes: readFileSync(new URL(name, own)) }));
});

/** Milliseconds for all readers together; the long run is started by hand. */
const BUDGET = Number(process.env['QUANLIAN_FUZZ_MS'] ?? 10_000);

/** Pieces that parsers are known to trip over. */
const NASTY = [
  '<',
  '>',
  '&',
  '&amp;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '"',
  "'",
  '</',
  '/>',
  '\0',
  '\ufeff',
  '{',
  '}',
  '[',
  '\n',
  '<?xml ',
  '&#0;',
  'PATN\n',
  '\ud800',
  '9'.repeat(400),
];

const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat({ max: 200 }),
    put: fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 20 })),
  }),
  { minLength: 1, maxLength: 6 },
);

type Damage = readonly { readonly at: number; readonly drop: number; readonly put: string }[];

function damaged(bytes: Uint8Array, edits: Damage): Buffer {
  let result = Buffer.from(bytes);
  for (const { at, drop, put } of edits) {
    const from = Math.floor(at * result.length);
    result = Buffer.concat([
      result.subarray(0, from),
      Buffer.from(put),
      result.subarray(Math.min(result.length, from + drop)),
    ]);
  }
  return result;
}

describe('damaged files', () => {
  for (const seed of SEEDS) {
    test(`${seed.format}: ${seed.name} gives documents or named refusals, never a fault`, async () => {
      await fc.assert(
        fc.asyncProperty(damage, async (edits) => {
          const items = await parseBytes(damaged(seed.bytes, edits), 'damaged');
          // A file that holds something gives something: a document, an image or a refusal that says why.
          expect(items.length).toBeGreaterThan(0);
          const faults = items.filter(
            (item) => item.type === 'failure' && item.failure.code === 'record.reader_failed',
          );
          expect(faults).toEqual([]);
        }),
        { interruptAfterTimeLimit: BUDGET / (SEEDS.length + 1), numRuns: 100_000, markInterruptAsFailure: false },
      );
    });
  }
});

test('the fast parser agrees with the full one wherever it accepts', () => {
  const texts = SEEDS.filter(({ bytes }) => bytes[0] === 0x3c).map(({ bytes }) => bytes.toString('utf8'));
  fc.assert(
    fc.property(fc.constantFrom(...texts), damage, (text, edits) => {
      const candidate = damaged(Buffer.from(text), edits).toString('utf8');
      const fast = attempt(() => parseFast(Buffer.from(candidate))?.root);
      if (fast === undefined) return;
      expect(plain(fast)).toEqual(plain(parseFully(candidate).root));
    }),
    { interruptAfterTimeLimit: BUDGET / (SEEDS.length + 1), numRuns: 100_000, markInterruptAsFailure: false },
  );
});

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** A tree with neighbouring pieces of text joined: where a text is cut is not part of what it says; miscounted ones stand out. */
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
