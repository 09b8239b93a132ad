import type { LegalEvent } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RightFacts } from './facts.js';
import { isGrant } from './grants.js';
import { eventMap } from './mapping.js';
import { readSt27 } from './st27.js';
import { legalTimeline, statusOn } from './timeline.js';

const none = eventMap([]);
const cn = (code: string, date: string, effective?: string): LegalEvent => ({
  office: 'CN',
  code,
  date,
  ...(effective ? { effective } : {}),
  st27: null,
});
const table = eventMap([
  {
    office: 'CN',
    version: 1,
    source: 'test',
    verifiedOn: '2026-01-01',
    events: [
      { code: 'GR01', category: 'F', key: 'F10', detail: 'F11', certainty: 'medium' },
      { code: 'CF01', category: 'H', key: 'H10', detail: 'H13', certainty: 'medium' },
      { code: 'RV01', category: 'K', key: 'K10', certainty: 'medium' },
      { code: 'YY01', category: 'Y', voids: ['CF01'], certainty: 'medium' },
      { code: 'WD01', category: 'B', key: 'B10', detail: 'B11', certainty: 'medium' },
      { code: 'EX01', category: 'G', key: 'G10', certainty: 'medium' },
      { code: 'TR01', category: 'R', certainty: 'medium' },
      { code: 'HH01', category: 'H', certainty: 'medium' },
    ],
  },
]);

const right = (over: Partial<RightFacts>): RightFacts => ({
  filed: '2010-03-05',
  publications: [{ id: 'CN101A', date: '2011-01-12', granted: false }],
  events: [],
  term: { ends: '2030-03-05', rule: { id: 'cn.term', version: 1 }, certainty: 'verified' },
  horizonMonths: 24,
  ...over,
});

const spans = (facts: RightFacts): string[] =>
  legalTimeline(facts, table).spans.map(({ status, from, to }) => `${status} ${from}..${to ?? ''}`);

describe('the legal life of an application', () => {
  it('lapses for a fee on the effective day, says why, and is revived', () => {
    const facts = right({ events: [cn('GR01', '2012-05-01'), cn('CF01', '2016-10-01', '2016-03-05')] });
    expect(spans(facts)).toEqual([
      'pending 2010-03-05..2012-05-01',
      'in-force 2012-05-01..2016-03-05',
      'lapsed 2016-03-05..',
    ]);
    expect(statusOn(legalTimeline(facts, table), '2016-03-05')?.reasons).toEqual([
      { kind: 'event', date: '2016-03-05', event: 1, category: 'H', key: 'H10', detail: 'H13', certainty: 'medium' },
    ]);
    const revived = right({ events: [...facts.events, cn('RV01', '2017-01-01')] });
    expect(spans(revived)).toEqual([
      'pending 2010-03-05..2012-05-01',
      'in-force 2012-05-01..2016-03-05',
      'lapsed 2016-03-05..2017-01-01',
      'in-force 2017-01-01..2019-01-01',
      'unknown 2019-01-01..2030-03-05',
      'expired 2030-03-05..',
    ]);
  });

  it('takes back a lapse that a correction deletes, and marks it', () => {
    const facts = right({
      events: [cn('GR01', '2012-05-01'), cn('CF01', '2016-10-01'), cn('YY01', '2016-11-01')],
      reportedUntil: '2029-01-01',
    });
    expect(spans(facts)).toEqual([
      'pending 2010-03-05..2012-05-01',
      'in-force 2012-05-01..2030-03-05',
      'expired 2030-03-05..',
    ]);
    expect(legalTimeline(facts, table).events.map((event) => event.void)).toEqual([false, true, false]);
  });

  it('is unknown once nothing confirms it, and ended by its term in any case', () => {
    expect(spans(right({}))).toEqual([
      'pending 2010-03-05..2013-01-12',
      'unknown 2013-01-12..2030-03-05',
      'ended 2030-03-05..',
    ]);
    expect(
      spans(right({ filed: undefined, publications: [], term: undefined, events: [cn('ZZ99', '2012-01-01')] })),
    ).toEqual([]);
  });

  it('does not end by its term once protection was extended', () => {
    const events = [cn('GR01', '2012-05-01'), cn('EX01', '2028-05-01')];
    expect(spans(right({ events })).at(-1)).toBe('unknown 2030-05-01..');
  });

  it('does not wake for a change of owner or a corrected print, but for the first grant', () => {
    const granted = { id: 'CN101B', date: '2012-01-01', granted: true };
    const again = { id: 'CN101B8', date: '2014-01-01', granted: true };
    const lapsed = [cn('CF01', '2013-05-01'), cn('TR01', '2013-06-01')];
    expect(spans(right({ events: lapsed, publications: [granted, again] })).at(-1)).toBe('lapsed 2013-05-01..');
    const withdrawn = [cn('WD01', '2012-05-01'), cn('TR01', '2013-05-01')];
    expect(spans(right({ events: withdrawn })).at(-1)).toBe('withdrawn 2012-05-01..');
    expect(spans(right({ events: withdrawn, publications: [again] })).slice(1, 3)).toEqual([
      'withdrawn 2012-05-01..2014-01-01',
      'in-force 2014-01-01..2016-01-01',
    ]);
  });

  it('learns the cause of an end from a later event', () => {
    const facts = right({ events: [cn('GR01', '2012-05-01'), cn('HH01', '2016-01-01'), cn('CF01', '2016-05-01')] });
    expect(spans(facts).slice(2)).toEqual(['ended 2016-01-01..2016-05-01', 'lapsed 2016-05-01..']);
  });

  it('reads the ST.27 code that an event brings before any table', () => {
    const event: LegalEvent = { office: 'KR', code: 'PC1903', date: '2019-02', st27: 'N-4-6-H10-H13-oth-PC1903' };
    const { spans: found, events } = legalTimeline(right({ term: undefined, events: [event] }), none);
    expect(found.at(-1)).toMatchObject({ status: 'lapsed', from: '2019-02-01' });
    expect(events[0]).toMatchObject({ mappedBy: 'source', category: 'H', certainty: 'verified' });
    expect(readSt27('A-1-2')).toBeUndefined();
  });

  it('has spans without gap or overlap, and gives the same for any order of events of different days', () => {
    const codes = fc.constantFrom('GR01', 'CF01', 'RV01', 'YY01', 'WD01', 'EX01', 'TR01', 'HH01', 'ZZ99');
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6000 }), { maxLength: 8 });
    fc.assert(
      fc.property(days, fc.array(codes, { minLength: 8, maxLength: 8 }), (numbers, names) => {
        const events = numbers.map((n, i) =>
          cn(names[i] ?? 'ZZ99', new Date(Date.UTC(2010, 3, 1 + n)).toISOString().slice(0, 10)),
        );
        const forward = legalTimeline(right({ events }), table).spans;
        const backward = legalTimeline(right({ events: [...events].reverse() }), table).spans;
        const plain = (list: typeof forward) => list.map(({ status, from, to }) => [status, from, to]);
        expect(plain(backward)).toEqual(plain(forward));
        for (const [i, { to }] of forward.entries()) expect(forward[i + 1]?.from ?? null).toBe(to);
        for (let i = 1; i < forward.length; i++) expect(forward[i]?.status).not.toBe(forward[i - 1]?.status);
      }),
    );
  });
});

describe('kinds that give a right', () => {
  it.each([
    ['CN', 'B', '2015-01-01', true],
    ['CN', 'A', '2015-01-01', false],
    ['CN', 'B', '1989-01-01', false],
    ['US', 'A', '1995-01-01', true],
    ['US', 'A1', '2005-01-01', false],
    ['US', 'P1', '2005-01-01', false],
    ['US', 'P2', '2005-01-01', true],
    ['EP', 'B1', '2005-01-01', true],
    ['WO', 'A1', '2005-01-01', false],
    ['EP', undefined, '2005-01-01', undefined],
  ])('%s %s of %s: %s', (office, kind, date, expected) => {
    expect(isGrant(office, kind, date)).toBe(expected);
  });
});
