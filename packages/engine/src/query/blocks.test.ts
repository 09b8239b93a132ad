import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastKernel, plainKernel } from '../storage/bit-kernel.js';
import { type Bits, countBits, emptyBits, hasBit, setBit } from '../storage/bits.js';
import { blocksOf, type Living } from './blocks.js';
import { allOf, anyOf, notIn, type Operand, oddOf } from './operands.js';

/** A query over a segment: what is asked, and what is right for a document. */
type Asked =
  | { readonly op: 'set'; readonly seed: number; readonly oneIn: number; readonly live: boolean }
  | { readonly op: 'list'; readonly seed: number; readonly oneIn: number; readonly live: boolean }
  | { readonly op: 'range'; readonly from: number; readonly to: number }
  | { readonly op: 'and'; readonly parts: readonly Asked[] }
  | { readonly op: 'or'; readonly parts: readonly Asked[] }
  | { readonly op: 'xor'; readonly parts: readonly Asked[] }
  | { readonly op: 'not'; readonly part: Asked };

const isIn = (seed: number, oneIn: number, doc: number): boolean =>
  (Math.imul(Math.imul(doc + 1, 0x9e3779b1) ^ seed, 0x85ebca6b) >>> 0) % oneIn === 0;

function matches(asked: Asked, doc: number): boolean {
  if (asked.op === 'set' || asked.op === 'list') return isIn(asked.seed, asked.oneIn, doc);
  if (asked.op === 'range') return doc >= asked.from && doc < asked.to;
  if (asked.op === 'not') return !matches(asked.part, doc);
  if (asked.op === 'and') return asked.parts.every((part) => matches(part, doc));
  const having = asked.parts.filter((part) => matches(part, doc)).length;
  return asked.op === 'or' ? having > 0 : having % 2 === 1;
}

function operandOf(asked: Asked, of: Living): Operand {
  const { docs } = of.entry;
  if (asked.op === 'range') return { kind: 'range', from: Math.min(docs, asked.from), to: Math.min(docs, asked.to) };
  if (asked.op === 'not') return notIn(operandOf(asked.part, of));
  if (asked.op === 'and') return allOf(asked.parts.map((part) => operandOf(part, of)));
  if (asked.op === 'or') return anyOf(asked.parts.map((part) => operandOf(part, of)));
  if (asked.op === 'xor') return oddOf(asked.parts.map((part) => operandOf(part, of)));
  const found: number[] = [];
  for (let doc = 0; doc < docs; doc++) {
    if (isIn(asked.seed, asked.oneIn, doc) && (!asked.live || hasBit(of.live, doc))) found.push(doc);
  }
  if (asked.op === 'list') return { kind: 'list', docs: Uint32Array.from(found), live: asked.live };
  const bits = emptyBits(docs);
  for (const doc of found) setBit(bits, doc);
  return { kind: 'set', bits, live: asked.live };
}

/** A segment of which one document in eleven is deleted, or none. */
function segmentOf(docs: number, deletes: boolean): Living {
  const live: Bits = emptyBits(docs);
  for (let doc = 0; doc < docs; doc++) if (!deletes || doc % 11 !== 4) setBit(live, doc);
  return { live, entry: { docs, liveDocs: countBits(live) } };
}

const leaf: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({
    op: fc.constantFrom('set' as const, 'list' as const),
    seed: fc.integer(),
    oneIn: fc.constantFrom(1, 2, 3, 40, 700),
    live: fc.boolean(),
  }),
  fc.record({
    op: fc.constant('range' as const),
    from: fc.integer({ min: 0, max: 140_000 }),
    to: fc.integer({ min: 0, max: 140_000 }),
  }),
);

const { tree } = fc.letrec<{ tree: Asked }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 9, depthSize: 'large' },
    leaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const, 'xor' as const),
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ op: fc.constant('not' as const), part: tie('tree') }),
  ),
}));

function check(asked: Asked, docs: number, deletes: boolean): void {
  const of = segmentOf(docs, deletes);
  const right = emptyBits(docs);
  for (let doc = 0; doc < docs; doc++) if (hasBit(of.live, doc) && matches(asked, doc)) setBit(right, doc);
  for (const kernel of [fastKernel(), plainKernel()]) {
    if (kernel === undefined) continue;
    // What stood there before must not matter.
    kernel.words.fill(0x5a5a5a5a);
    const blocks = blocksOf(kernel);
    expect(blocks.count(operandOf(asked, of), of)).toBe(countBits(right));
    const { bits, hits } = blocks.fill(operandOf(asked, of), of);
    expect(hits).toBe(countBits(right));
    const listed = blocks.list(operandOf(asked, of), of, hits) ?? new Uint32Array(0);
    expect(listed.every((doc, i) => hasBit(right, doc) && (i === 0 || listed[i - 1] < doc))).toBe(true);
    expect(listed.length).toBe(hits);
    if (hits > 0) expect(blocks.list(operandOf(asked, of), of, hits - 1)).toBeUndefined();
    expect(Buffer.compare(Buffer.from(bits.buffer), Buffer.from(right.buffer))).toBe(0);
  }
}

test('count and make what is asked for, whatever it is made of', () => {
  fc.assert(fc.property(tree, fc.integer({ min: 1, max: 3000 }), fc.boolean(), check), { numRuns: 200 });
});

test('do so in segments of more than one block', () => {
  fc.assert(fc.property(tree, fc.integer({ min: 131_000, max: 132_500 }), fc.boolean(), check), { numRuns: 4 });
});

test('do so for parts within parts, deeper than there is room for', () => {
  let asked: Asked = { op: 'set', seed: 1, oneIn: 2, live: true };
  for (let depth = 0; depth < 20; depth++) {
    const other: Asked = { op: depth % 3 === 0 ? 'list' : 'set', seed: depth, oneIn: 3, live: depth % 2 === 0 };
    asked = { op: (['xor', 'and', 'or'] as const)[depth % 3], parts: [other, { op: 'not', part: asked }] };
    check(asked, 2000, true);
  }
});
