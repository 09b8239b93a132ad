import type { PatentDocument } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeGroup } from './merge.js';
import { addRecord } from './records.js';

function record(format: string, fields: Partial<PatentDocument> = {}, sourceDate?: string): PatentDocument {
  const body = { office: 'EP', number: '1000000', kind: 'B1', ...fields };
  return {
    id: `${body.office}${body.number}${body.kind ?? ''}`,
    ...body,
    sources: [
      {
        format,
        file: `${format}.xml`,
        offset: 0,
        sha256: JSON.stringify([format, fields, sourceDate]),
        ...(sourceDate ? { sourceDate } : {}),
      },
    ],
  };
}

function kindless(format: string, fields: Partial<PatentDocument> = {}): PatentDocument {
  const { kind: _, ...rest } = record(format, fields);
  return { ...rest, id: 'EP1000000' };
}

const fold = (records: readonly PatentDocument[]): PatentDocument[] =>
  records.reduce<PatentDocument[]>((held, next) => addRecord(held, next).records, []);

const fullText = record('ep-st36', {
  date: '2003-02-12',
  titles: { en: 'Device for milking', de: 'Melkvorrichtung' },
  claims: [{ lang: 'en', number: 1, text: 'A device.', dependsOn: [] }],
  applicants: [{ name: 'Lely N.V.' }],
});
const register = record('docdb', {
  date: '2003-02',
  familyId: '19768124',
  titles: { en: 'DEVICE FOR MILKING', fr: 'Dispositif' },
  classifications: [{ scheme: 'CPC', symbol: 'A01J 5/00' }],
});

describe('merging the records of a publication', () => {
  it('keeps the claims of a full text when a bibliographic record comes after it', () => {
    const [merged] = mergeGroup(fold([fullText, register]));
    expect(merged?.claims).toHaveLength(1);
    expect(merged?.familyId).toBe('19768124');
    expect(merged?.titles).toEqual({ de: 'Melkvorrichtung', en: 'Device for milking', fr: 'Dispositif' });
    expect(merged?.date).toBe('2003-02-12');
    expect(merged?.sources.map((s) => s.format)).toEqual(['docdb', 'ep-st36']);
  });

  it('fills a partial date of the first source from a lower one that agrees', () => {
    const partial = record('ep-st36', { date: '2003-02' });
    const full = record('docdb', { date: '2003-02-12' });
    expect(mergeGroup([partial, full])[0]?.date).toBe('2003-02-12');
    expect(mergeGroup([partial, record('docdb', { date: '2004-01-01' })])[0]?.date).toBe('2003-02');
  });

  it('joins a record without kind to the only publication, and leaves it provisional with none or two', () => {
    const list = kindless('us-fulltext', { description: [{ lang: 'en', text: 'Long text.' }] });
    expect(mergeGroup([list]).map((d) => [d.id, d.kind])).toEqual([['EP1000000', undefined]]);
    const joined = mergeGroup([list, fullText]);
    expect(joined.map((d) => d.id)).toEqual(['EP1000000B1']);
    expect(joined[0]?.description).toHaveLength(1);
    const two = mergeGroup([list, fullText, record('ep-st36', { kind: 'A1' })]);
    expect(two.map((d) => d.id)).toEqual(['EP1000000A1', 'EP1000000B1', 'EP1000000']);
  });

  it('takes the newer record of one source, calls the older stale and the same bytes unchanged', () => {
    const older = record('docdb', { familyId: '1' }, '2020-01-01');
    const newer = record('docdb', { familyId: '2' }, '2021-01-01');
    expect(addRecord([older], newer).outcome).toBe('replaced');
    expect(addRecord([newer], older)).toEqual({ records: [newer], outcome: 'stale' });
    expect(addRecord([newer], newer).outcome).toBe('unchanged');
  });

  it('withdraws only what the same source said', () => {
    const withdrawn = record('docdb', { deleted: true }, '2022-01-01');
    expect(mergeGroup(fold([register, withdrawn]))).toEqual([]);
    const rest = mergeGroup(fold([register, fullText, withdrawn]));
    expect(rest[0]?.familyId).toBeUndefined();
    expect(rest[0]?.claims).toHaveLength(1);
  });

  it('keeps what one source cites twice and drops only the copy of another source', () => {
    const search = record('docdb', {
      citations: [
        { id: 'US4123456A', category: 'X' },
        { id: 'US4123456A', category: 'Y' },
      ],
    });
    const print = record('ep-st36', { citations: [{ id: 'US4123456', phase: 'applicant' }, { npl: 'A Book' }] });
    expect(mergeGroup([search])[0]?.citations).toHaveLength(2);
    expect(mergeGroup([search, print])[0]?.citations).toHaveLength(2);
  });
});

describe('any order of loading gives the same document', () => {
  const texts = fc.dictionary(fc.constantFrom('en', 'de', 'zh'), fc.string({ minLength: 1, maxLength: 5 }), {
    maxKeys: 3,
  });
  const anyRecord = fc
    .record({
      format: fc.constantFrom('us-ice', 'docdb', 'us-fulltext', 'office-x'),
      kind: fc.constantFrom('A1', 'B1', undefined),
      date: fc.constantFrom('2003-02-12', '2003-02', undefined),
      titles: texts,
      family: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      claim: fc.option(fc.string({ minLength: 1, maxLength: 4 }), { nil: undefined }),
      deleted: fc.boolean(),
      sourceDate: fc.constantFrom('2020-01-01', '2021-01-01', undefined),
      offset: fc.nat({ max: 3 }),
    })
    .map(({ format, kind, family, claim, deleted, sourceDate, offset, date, titles }): PatentDocument => {
      const fields: Partial<PatentDocument> = {
        ...(date ? { date } : {}),
        titles,
        ...(family ? { familyId: family } : {}),
        ...(claim ? { claims: [{ lang: 'en', number: 1, text: claim, dependsOn: [] }] } : {}),
        ...(deleted ? { deleted: true } : {}),
      };
      const base = kind ? record(format, { ...fields, kind }, sourceDate) : kindless(format, fields);
      const source = base.sources[0];
      return source ? { ...base, sources: [{ ...source, offset, sha256: `${source.sha256}${offset}` }] } : base;
    });

  it('holds for any records of one office and number', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 7 }), fc.infiniteStream(fc.nat()), (records, keys) => {
        const shuffled = records
          .map((r) => ({ r, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ r }) => r);
        expect(JSON.stringify(mergeGroup(fold(shuffled)))).toBe(JSON.stringify(mergeGroup(fold(records))));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same documents again when they come as records of our own export', () => {
    const asRecord = (document: PatentDocument): PatentDocument => ({
      ...document,
      sources: [
        ...document.sources,
        { format: 'patent-document', file: 'export.jsonl', offset: 0, sha256: document.id },
      ],
    });
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 7 }), (records) => {
        const documents = mergeGroup(fold(records));
        expect(JSON.stringify(mergeGroup(documents.map(asRecord)))).toBe(JSON.stringify(documents));
      }),
      { numRuns: 500 },
    );
  });
});
