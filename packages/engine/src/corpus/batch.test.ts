import type { PatentDocument } from '@quanlian/contract';
import { groupKey } from '@quanlian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRecord } from '../testing/records.js';
import { createBlocks, packInParts, recordsOf, unpackPart } from './batch.js';

const unpacked = (batch: readonly PatentDocument[], blocks = createBlocks()) =>
  [...packInParts(batch, blocks)].flatMap(unpackPart);

const text = fc.string({ unit: 'binary', maxLength: 300 });
const record = fc
  .tuple(fc.integer({ min: 0, max: 99 }), text, fc.boolean())
  .map(([number, title, deleted]) => makeRecord(number, 0, { titles: { en: title }, ...(deleted ? { deleted } : {}) }));

describe('records that cross between threads', () => {
  it('come over as they are, each with its JSON, its key and its day', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (batch) => {
        const [there, here] = [unpacked(batch), recordsOf(batch)];
        expect(there.map((one) => one.read())).toEqual(batch);
        expect(there.map(({ json }) => Buffer.from(json ?? []).toString('utf8'))).toEqual(
          batch.map((one) => JSON.stringify([one])),
        );
        expect(there.map(({ key }) => key)).toEqual(batch.map(groupKey));
        expect(there.map(({ day }) => day)).toEqual(here.map(({ day }) => day));
      }),
    );
  });

  it('fill one block after another, and one of their own when they are long', () => {
    const long = 'wide 宽 '.repeat(50_000);
    const batch = Array.from({ length: 400 }, (_, number) =>
      makeRecord(number, 0, { abstracts: { en: number % 100 === 7 ? long : 'x'.repeat(3000) } }),
    );
    const parts = [...packInParts(batch, createBlocks())];
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.flatMap(unpackPart).map((one) => one.read())).toEqual(batch);
  });

  it('use the memory of the batch before', () => {
    const blocks = createBlocks();
    const first = [...packInParts([makeRecord(1, 0)], blocks)].map(({ block }) => block);
    blocks.giveBack(first);
    expect([...packInParts([makeRecord(2, 0)], blocks)].map(({ block }) => block)).toEqual(first);
    expect(unpacked([makeRecord(3, 0)], blocks)[0]?.read()).toEqual(makeRecord(3, 0));
  });

  it('are refused when they name no source', () => {
    const batch = [makeRecord(1, 0), { ...makeRecord(2, 0), sources: [] }];
    expect(() => unpacked(batch)).toThrow('names no source');
    expect(() => recordsOf(batch)).toThrow('names no source');
  });

  it('are refused when they cannot be JSON, as texts that are too long cannot', () => {
    let nested: unknown = [];
    for (let depth = 0; depth < 200_000; depth++) nested = [nested];
    expect(() => unpacked([makeRecord(1, 0, { extra: { nested } })])).toThrow(/EP1000001A1 cannot be kept: as JSON/);
  });
});
