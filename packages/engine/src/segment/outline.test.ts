import type { PatentDocument } from '@quanlian/contract';
import { mergeGroup } from '@quanlian/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWhole } from '../storage/file-system.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord } from '../testing/records.js';
import { type BuildGroup, SegmentBuilder } from './builder.js';
import type { TextLists } from './lists.js';
import { machineLists } from './machine-lists.js';

const PATH = '/corpus/segment-1.seg';

/** The file of a segment built of groups. */
function fileOf(groups: readonly BuildGroup[]): Buffer {
  const disk = new MemoryDisk();
  disk.makeDir();
  const builder = new SegmentBuilder(disk, PATH);
  for (const group of groups) builder.addGroup(group);
  builder.finish();
  return readWhole(disk, PATH);
}

const key = 'EP1000001';
const packed = (record: PatentDocument): BuildGroup => ({ key, json: Buffer.from(JSON.stringify([record]), 'utf8') });

/** The record as it comes back from its JSON, read whole. */
function whole(record: PatentDocument): BuildGroup {
  const records = JSON.parse(JSON.stringify([record])) as PatentDocument[];
  return { key, records, documents: mergeGroup(records) };
}

function withTexts<T>(work: (texts: TextLists) => T): T {
  const maker = machineLists();
  if (maker === undefined) throw new Error('dist/inverter.wasm is missing; run npm run build');
  try {
    return work(maker.texts());
  } finally {
    maker.close();
  }
}

const outlineOf = (record: PatentDocument): string | undefined =>
  withTexts((texts) => texts.outline(Buffer.from(JSON.stringify([record]), 'utf8')));

const PIECES = [
  'solid state ',
  'Battery. ',
  'LED',
  '电池',
  '。',
  '𠮷',
  'é',
  '10 µm ',
  '"',
  '\\',
  '/',
  '\n',
  '\r\n',
  '\t',
  '\b\f',
  '\u0000',
  '\u001f',
  '\u2028',
  '\ud800',
  '\udc00',
  '{"text":"x"}',
  '],"claims":[',
  'x'.repeat(70),
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
const lang = fc.constantFrom('en', 'de', 'fr', '"\\');
const claim = fc.record({
  lang,
  number: fc.nat({ max: 9 }),
  text,
  dependsOn: fc.array(fc.nat({ max: 9 }), { maxLength: 2 }),
});
const part = fc.record({ lang, heading: text, text, number: text }, { requiredKeys: ['lang'] });
const extra = fc.record({ claims: fc.array(fc.record({ text })), description: text, nested: fc.jsonValue() });
const record = fc
  .record(
    {
      titles: fc.dictionary(lang, text, { maxKeys: 2 }),
      abstracts: fc.dictionary(lang, text, { maxKeys: 2 }),
      description: fc.array(part, { maxLength: 4 }),
      claims: fc.array(claim, { maxLength: 4 }),
      applicants: fc.array(fc.record({ name: text }), { maxLength: 2 }),
      extra,
    },
    { requiredKeys: ['titles'] },
  )
  .map((fields) => makeRecord(1, 0, fields as Partial<PatentDocument>));

const CLAIM = { lang: 'en', number: 1, text: 'A claim', dependsOn: [] };

describe('a record that comes as JSON', () => {
  it('is indexed as one that was read whole', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(fileOf([packed(one)]).equals(fileOf([whole(one)]))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is outlined without its claims and description', () => {
    const claims = [CLAIM, { ...CLAIM, number: 2, text: 'Another "claim"' }];
    const description = [
      { lang: 'en', heading: 'Field', text: 'One.' },
      { lang: 'en', text: 'Two.\n' },
    ];
    const one = makeRecord(1, 0, { claims, description });
    const empty = { ...one, claims: [], description: [] };
    expect(JSON.parse(outlineOf(one) ?? '')).toEqual([empty]);
  });

  it('is read whole where parts of one language do not stand together, or have none, or no text', () => {
    const german = { ...CLAIM, lang: 'de' };
    expect(outlineOf(makeRecord(1, 0, { claims: [german, CLAIM, CLAIM] }))).toBeDefined();
    expect(outlineOf(makeRecord(1, 0, { claims: [CLAIM, german, CLAIM] }))).toBeUndefined();
    const bare = { number: 1, text: 'A claim', dependsOn: [] } as unknown as typeof CLAIM;
    expect(outlineOf(makeRecord(1, 0, { claims: [bare] }))).toBeUndefined();
    const empty = { lang: 'en', number: 1, dependsOn: [] } as unknown as typeof CLAIM;
    expect(outlineOf(makeRecord(1, 0, { claims: [empty] }))).toBeUndefined();
  });

  it('is indexed alike after longer and shorter records, in one segment', () => {
    const description = Array.from({ length: 200 }, (_, i) => ({
      lang: 'en',
      text: `Part ${i} of 电池 é. ${'y'.repeat(i)}`,
    }));
    const all = [
      makeRecord(1, 0, { claims: [CLAIM] }),
      makeRecord(2, 0, { description }),
      makeRecord(3, 0, { claims: [CLAIM], description: description.slice(0, 3) }),
    ];
    expect(fileOf(all.map(packed)).equals(fileOf(all.map(whole)))).toBe(true);
  });
});
