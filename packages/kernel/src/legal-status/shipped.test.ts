import type { LegalEvent, StatusSpan } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedEventTables } from '../rules/shipped.testkit.js';
import type { RightFacts } from './facts.js';
import { EventTableSchema, eventMap, statesIn } from './mapping.js';
import { inForceOn, legalTimeline, statusOn } from './timeline.js';

const map = eventMap(
  Object.entries(shippedEventTables())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, file]) => EventTableSchema.parse(file)),
);

const event = (office: string, code: string, date: string, text?: string, effective?: string): LegalEvent => ({
  office,
  code,
  date,
  ...(text === undefined ? {} : { text }),
  ...(effective === undefined ? {} : { effective }),
  st27: null,
});
const ep = (code: string, date: string, text?: string, effective?: string) => event('EP', code, date, text, effective);
const us = (code: string, date: string, text?: string) => event('US', code, date, text);
const cn = (code: string, date: string, effective?: string) => event('CN', code, date, undefined, effective);

const european = (events: LegalEvent[], over: Partial<RightFacts> = {}): RightFacts => ({
  filed: '2010-03-05',
  publications: [
    { id: 'EP1A1', date: '2011-09-07', granted: false },
    { id: 'EP1B1', date: '2014-06-04', granted: true },
  ],
  events,
  regional: true,
  designated: ['DE', 'FR', 'GB'],
  term: { ends: '2030-03-05', rule: { id: 'ep.term', version: 1 }, certainty: 'verified' },
  reportedUntil: '2026-01-01',
  horizonMonths: 240,
  ...over,
});
const on = (facts: RightFacts, day: string) => statusOn(legalTimeline(facts, map), day)?.status;
const short = (spans: readonly StatusSpan[]) => spans.map(({ status, from }) => `${status} ${from}`);

describe('European patents, by the shipped table', () => {
  it.each([
    ['18D', 'withdrawn'],
    ['18W', 'withdrawn'],
    ['18R', 'refused'],
  ])('%s ends an application: %s, until it is restored or the record is deleted', (code, status) => {
    const facts = european([ep(code, '2013-05-01')], { publications: [] });
    expect(on(facts, '2013-04-30')).toBe('pending');
    expect(on(facts, '2013-05-01')).toBe(status);
    const restored = european([ep(code, '2013-05-01'), ep('18RR', '2013-11-01')], { publications: [] });
    expect(on(restored, '2013-10-31')).toBe(status);
    expect(on(restored, '2013-11-01')).toBe('pending');
    const deleted = european([ep(code, '2013-05-01'), ep(`D${code}`, '2013-11-01')], { publications: [] });
    expect(on(deleted, '2013-05-01')).toBe('pending');
  });

  it('corrects the day of a deemed withdrawal', () => {
    const facts = european([ep('18D', '2013-05-01'), ep('R18D', '2013-09-01', undefined, '2013-07-01')], {
      publications: [],
    });
    expect(short(legalTimeline(facts, map).spans)).toEqual(['pending 2010-03-05', 'withdrawn 2013-07-01']);
  });

  it('is revoked everywhere after an opposition, kept when the opposition is rejected or the patent amended or limited', () => {
    const opposed = [ep('26', '2015-03-01'), ep('PG25', '2016-01-01', 'Ref Country Code: FR', '2015-06-04')];
    for (const code of ['27O', '27A', 'PUAH', 'PLCR'])
      expect(inForceOn(legalTimeline(european([...opposed, ep(code, '2017-01-01')]), map), '2018-01-01')).toEqual([
        'DE',
        'GB',
      ]);
    const revoked = legalTimeline(european([...opposed, ep('27W', '2017-01-01')]), map);
    expect(inForceOn(revoked, '2016-12-31')).toEqual(['DE', 'GB']);
    expect(inForceOn(revoked, '2017-01-01')).toEqual([]);
    expect(statusOn(revoked, '2017-01-01')).toMatchObject({ status: 'revoked', reasons: [{ law: 'EPC, Art. 101' }] });
    const taken = legalTimeline(european([...opposed, ep('27W', '2017-01-01'), ep('D27W', '2017-06-01')]), map);
    expect(inForceOn(taken, '2018-01-01')).toEqual(['DE', 'GB']);
  });

  it('is over as a whole on the day it is over in the last state, and lives again with one', () => {
    const lapses = ['DE 2016-03-31', 'FR 2017-03-31', 'GB 2018-03-05'].map((one) => {
      const [state, day = ''] = one.split(' ');
      return ep('PG25', '2019-01-01', `LAPSE BECAUSE OF NON-PAYMENT OF DUE FEES; Ref Country Code: ${state}`, day);
    });
    const over = legalTimeline(european(lapses), map);
    expect(short(over.spans)).toEqual(['pending 2010-03-05', 'in-force 2014-06-04', 'lapsed 2018-03-05']);
    expect(over.spans.at(-1)?.reasons.map(({ kind }) => kind)).toEqual(['states', 'event']);
    const again = legalTimeline(european([...lapses, ep('PGRI', '2019-06-01', 'Ref Country Code: FR')]), map);
    expect(statusOn(again, '2019-05-31')?.status).toBe('lapsed');
    expect(inForceOn(again, '2019-06-01')).toEqual(['FR']);
    expect(statusOn(again, '2019-06-01')?.status).toBe('in-force');
    expect(again.spans.at(-1)).toMatchObject({ status: 'expired', from: '2030-03-05' });
  });

  it('deletes and corrects a lapse of one of several states', () => {
    const lapse = ep('25', '2016-01-01', 'Ref Country Code: DE; Ref Country Code: FR', '2015-03-31');
    const deleted = legalTimeline(european([lapse, ep('D25', '2016-05-01', 'Ref Country Code: FR')]), map);
    expect(inForceOn(deleted, '2017-01-01')).toEqual(['FR', 'GB']);
    expect(deleted.events.map((one) => one.void)).toEqual([false, false]);
    const corrected = european([lapse, ep('R25', '2016-05-01', 'Ref Country Code: DE', '2016-03-31')]);
    expect(inForceOn(legalTimeline(corrected, map), '2015-12-31')).toEqual(['DE', 'GB']);
    expect(inForceOn(legalTimeline(corrected, map), '2016-03-31')).toEqual(['GB']);
  });

  it('does not guess which of several days belongs to which state', () => {
    const words = 'Ref Country Code: DE; Ref Country Code: FR; Effective Date: 20150331; Effective Date: 20160331';
    const { states } = legalTimeline(european([ep('25', '2017-01-01', words, '2015-03-31')]), map);
    expect(short(states[0]?.spans ?? [])).toEqual(['in-force 2014-06-04', 'unknown 2015-03-31', 'lapsed 2016-03-31']);
  });

  it('covers the states of the unitary patent until its lapse', () => {
    const unitary = ep('U07', '2014-07-01', 'UNITARY EFFECT REGISTERED; Designated State(s): DE FR');
    const lapsed = ep('U93', '2020-01-15');
    const { states } = legalTimeline(european([unitary, lapsed]), map);
    expect(states.map(({ state, unitary: covered }) => [state, covered])).toEqual(
      expect.arrayContaining([
        ['DE', true],
        ['FR', true],
        ['GB', false],
      ]),
    );
    expect(inForceOn(legalTimeline(european([unitary, lapsed]), map), '2020-01-15')).toEqual(['GB']);
    const taken = european([unitary, lapsed, ep('U95', '2020-03-01')]);
    expect(inForceOn(legalTimeline(taken, map), '2020-04-01')).toEqual(expect.arrayContaining(['DE', 'FR', 'GB']));
  });

  it('reads the states that words name', () => {
    expect(statesIn('Ref Country Code: CH; Ref Legal Event Code: PL')).toEqual(['CH', 'LI']);
    expect(statesIn('Designated State(s): ATBEDE')).toEqual(['AT', 'BE', 'DE']);
    expect(statesIn('Designated State(s): AL AT BE')).toEqual(['AL', 'AT', 'BE']);
    expect(statesIn('Effective Date: 20060101; Owner name: DE BEERS')).toEqual([]);
  });
});

describe('patents of the United States and China, by the shipped tables', () => {
  const fees = [4, 8, 12].map((year) => ({
    year,
    opensMonths: 12 * year - 12,
    dueMonths: 12 * year - 6,
    graceMonths: 12 * year,
  }));
  const american = (events: LegalEvent[]): RightFacts => ({
    filed: '2008-05-01',
    publications: [{ id: 'US1B2', date: '2011-03-15', granted: true }],
    events,
    fees,
    term: { ends: '2028-05-01', rule: { id: 'us.term', version: 1 }, certainty: 'high' },
    horizonMonths: 24,
  });

  it('lapses at the end of the grace period before the record, and lives again by a late fee', () => {
    const facts = american([us('EXP.', '2019-04-22'), us('PMFG', '2020-02-01'), us('M1552', '2020-02-01')]);
    expect(short(legalTimeline(facts, map).spans)).toEqual([
      'pending 2008-05-01',
      'in-force 2011-03-15',
      'lapsed 2019-03-15',
      'in-force 2020-02-01',
      'unknown 2023-03-15',
      'expired 2028-05-01',
    ]);
  });

  it('is alive until a fee can have failed, and to its term once the last is paid', () => {
    expect(on(american([]), '2015-03-14')).toBe('in-force');
    expect(on(american([]), '2015-03-15')).toBe('unknown');
    const paid = american([us('M1551', '2014-06-01'), us('M1552', '2018-06-01'), us('M1553', '2022-06-01')]);
    expect(on(paid, '2028-04-30')).toBe('in-force');
    expect(on(paid, '2028-05-01')).toBe('expired');
  });

  it('does not end by its term once it was extended', () => {
    const extended = legalTimeline(american([us('M1553', '2022-06-01'), us('PTEG', '2025-01-01')]), map);
    expect(extended.spans.some(({ status }) => status === 'expired')).toBe(false);
  });

  it('reaches back to the anniversary of the filing when a Chinese annual fee was not paid', () => {
    const chinese: RightFacts = {
      filed: '2010-03-05',
      publications: [],
      events: [cn('GR01', '2013-05-08'), cn('CF01', '2018-04-27')],
      horizonMonths: 24,
    };
    expect(short(legalTimeline(chinese, map).spans).at(-1)).toBe('lapsed 2017-03-05');
    const told = { ...chinese, events: [cn('GR01', '2013-05-08'), cn('CF01', '2018-04-27', '2017-03-06')] };
    expect(short(legalTimeline(told, map).spans).at(-1)).toBe('lapsed 2017-03-06');
  });
});

describe('the intervals of a legal life, whatever happens', () => {
  const day = fc
    .integer({ min: 0, max: 7000 })
    .map((n) => new Date(Date.UTC(2008, 0, 1 + n)).toISOString().slice(0, 10));
  const state = fc.constantFrom('DE', 'FR', 'GB', 'CH');
  const code = fc.constantFrom(
    ...[
      '17P',
      '18D',
      'R18D',
      'D18D',
      '18RR',
      '26',
      '27W',
      'D27W',
      '27A',
      '28',
      'GBPC',
      'EN',
      'ET',
      'ZZZ',
      'U07',
      'U93',
    ],
  );
  const stateCode = fc.constantFrom('PG25', '25', 'D25', 'R25', 'PGRI', 'PGFP');
  const anyEvent = fc.oneof(
    fc.tuple(code, day).map(([name, date]) => ep(name, date, 'Designated State(s): DE FR')),
    fc
      .tuple(stateCode, day, state, state, fc.option(day, { nil: undefined }))
      .map(([name, date, one, two, effective]) =>
        ep(name, date, `Ref Country Code: ${one}; Ref Country Code: ${two}; Year of Fee Payment: 7`, effective),
      ),
  );
  const facts = (events: LegalEvent[]) => european(events, { horizonMonths: 24, designated: ['CH', 'DE', 'FR', 'GB'] });

  it('covers the time line once, from the first day on, without gap, overlap or a border between likes', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const { spans, states } = legalTimeline(facts(events), map);
        for (const list of [spans, ...states.map((life) => life.spans)]) {
          expect(list.length).toBeGreaterThan(0);
          expect(list.at(-1)?.to).toBeNull();
          for (const [i, { from, to, status, reasons }] of list.entries()) {
            expect(to === null || from < to).toBe(true);
            expect(reasons.length).toBeGreaterThan(0);
            const following = list[i + 1];
            if (following) expect([following.from, following.status === status]).toEqual([to, false]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for any order in which the events are given', () => {
    const shuffled = fc
      .array(anyEvent, { maxLength: 10 })
      .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(legalTimeline(facts(other), map)).toEqual(legalTimeline(facts(events), map));
      }),
      { numRuns: 60 },
    );
  });

  it('says of the whole what its states say: in force with one, over with all', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), day, (events, asked) => {
        const timeline = legalTimeline(facts(events), map);
        if (timeline.states.length === 0 || asked < (timeline.states[0]?.spans[0]?.from ?? '9999')) return;
        const whole = statusOn(timeline, asked)?.status;
        expect(whole === 'in-force').toBe(inForceOn(timeline, asked).length > 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('Korean rights, by the shipped table', () => {
  const korean = (code: string, granted: boolean): RightFacts => ({
    filed: '2003-03-05',
    publications: [
      { id: 'KR1A', date: '2004-09-07', granted: false },
      ...(granted ? [{ id: 'KR1B1', date: '2006-06-04', granted: true }] : []),
    ],
    events: [event('KR', code, '2007-05-01')],
    term: { ends: '2023-03-05', rule: { id: 'kr.term', version: 1 }, certainty: 'verified' },
    reportedUntil: '2026-01-01',
    horizonMonths: 240,
  });

  it.each(['O061', 'O063'])('%s refuses an application after an opposition, as any decision to refuse does', (code) => {
    expect(on(korean(code, false), '2007-04-30')).toBe('pending');
    expect(on(korean(code, false), '2007-05-01')).toBe('refused');
    expect(on(korean('E601', false), '2007-05-01')).toBe('refused');
  });

  it.each(['U122', 'U123'])('%s withdraws the application of a utility model', (code) => {
    expect(on(korean(code, false), '2007-05-01')).toBe('withdrawn');
  });

  it.each(['O062', 'O064'])('%s revokes a right; its twin that maintains it does not', (code) => {
    expect(on(korean(code, true), '2007-04-30')).toBe('in-force');
    expect(on(korean(code, true), '2007-05-01')).toBe('revoked');
    expect(on(korean('O074', true), '2007-05-01')).toBe('in-force');
  });
});
