import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkingCalendar } from '../calendar/working.js';
import { createRuleBook } from './book.js';
import { evaluateRule, runRuleTests } from './evaluate.js';
import { groundsEvaluator } from './evaluators/checks.js';
import { holds } from './evaluators/condition.js';
import { annuityEvaluator, lateFeeEvaluator } from './evaluators/fees.js';
import { distribute, percentOf } from './evaluators/money.js';
import { pathColourEvaluator } from './evaluators/path.js';
import { periodEvaluator } from './evaluators/period.js';
import type { Rule } from './schema.js';
import { shippedCalendars, shippedRules } from './shipped.testkit.js';
import { validateRules } from './validate.js';

const context = { calendar: createWorkingCalendar(shippedCalendars()) };
const files = Object.values(shippedRules());
const book = createRuleBook(files);
const all = book.ids.flatMap((id) => book.versions(id));

describe('the rules that ship', () => {
  it('are valid, and every example gives what it promises', () => {
    expect(validateRules(files)).toEqual([]);
    const outcomes = runRuleTests(book, context);
    expect(outcomes.filter((outcome) => !outcome.passed)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(80);
  });

  it('cite an article of a law only where the source gives it', () => {
    const cited = new Set(all.flatMap((rule) => (rule.article === null ? [] : [rule.article])));
    expect([...cited].sort()).toEqual([
      '35 USC 154',
      '35 USC 41',
      'Beijing S&T Regulation 2019, Arts 9-13',
      'EPC, Art. 63',
      'Implementing Rules, Rule 114',
      'Implementing Rules, Rule 115',
      'Implementing Rules, Rule 15',
      'Implementing Rules, Rule 5/6 family',
      'Implementing Rules, Rule 63',
      'Implementing Rules, Rules 11 and 100',
      'Implementing Rules, Rules 114-115',
      'Implementing Rules, Rules 92-93',
      'Patent Law, Art. 42',
      'Patent Law, Art. 42; Implementing Rules, Rules 77-84',
      'Patent Law, Art. 65',
      'Patent Law, Art. 68',
      'Patent Law, Art. 71',
      'Patent Law, Arts 50-52; Implementing Rules, Rules 85-88',
      'S&T Achievements Law, Art. 45',
    ]);
  });

  it('say what is doubtful wherever they were not read in a source', () => {
    const silent = all.filter((rule) => rule.certainty === 'low' && rule.note === undefined);
    expect(silent.map((rule) => rule.id)).toEqual([]);
  });
});

describe('the rule book', () => {
  it('answers with the version in force and refuses outside', () => {
    const found = book.at('cn.adjudication.decision', '2026-01-05');
    expect(found.ok && found.value.version).toBe(1);
    const early = book.at('cn.adjudication.decision', '2024-12-31');
    expect(!early.ok && early.refusal.code).toBe('rule.not_in_force');
    const unknown = book.at('cn.nothing', '2026-01-05');
    expect(!unknown.ok && unknown.refusal).toMatchObject({ code: 'rule.unknown', params: { rule: 'cn.nothing' } });
    const version = book.version('cn.term', 2);
    expect(!version.ok && version.refusal.code).toBe('rule.unknown');
  });

  it('keeps the rule, its version and certainty with every value', () => {
    const fee = evaluateRule(
      book,
      annuityEvaluator,
      { id: 'cn.annuity.design', date: '2026-06-01', input: { year: 12 } },
      context,
    );
    expect(fee).toEqual({
      ok: true,
      value: {
        value: { amount: 3000, currency: 'CNY' },
        provisional: false,
        rule: { ruleId: 'cn.annuity.design', version: 1, certainty: 'high', article: null, startKnown: false },
      },
    });
    const far = evaluateRule(
      book,
      periodEvaluator,
      { id: 'cn.deadline.grant-registration', date: '2026-11-20', input: { start: '2026-11-20' } },
      context,
    );
    expect(far.ok && far.value.provisional).toBe(true);
  });

  it('refuses input that does not fit, and a fee that does not exist', () => {
    const ask = (input: { year: number }) =>
      evaluateRule(book, annuityEvaluator, { id: 'cn.annuity.utility-model', date: '2026-06-01', input }, context);
    const none = ask({ year: 11 });
    expect(!none.ok && none.refusal.code).toBe('rule.not_applicable');
    const wrong = ask({ year: 0 });
    expect(!wrong.ok && wrong.refusal.code).toBe('rule.input_invalid');
    expect(() =>
      evaluateRule(
        book,
        groundsEvaluator,
        { id: 'cn.annuity.design', date: '2026-06-01', input: { facts: {} } },
        context,
      ),
    ).toThrow(/belongs to the evaluator/);
  });

  it('notices an example that fails', () => {
    const rule = { ...(book.versions('cn.term')[0] as Rule) };
    rule.tests = [{ input: { type: 'invention', filingDate: '2006-11-22' }, expected: { ends: '2026-11-21' } }];
    const wrong = createRuleBook([{ set: 'x', title: { zh: '一', en: 'x' }, rules: [rule] }]);
    expect(runRuleTests(wrong, context)).toMatchObject([{ ruleId: 'cn.term', passed: false }]);
  });
});

describe('validation of rule files', () => {
  const base = book.versions('cn.annuity.invention')[0] as Rule;
  const check = (...rules: object[]) =>
    validateRules([{ set: 'x', title: { zh: '一', en: 'x' }, rules: rules.map((more) => ({ ...base, ...more })) }]).map(
      (finding) => finding.code,
    );

  it('finds overlaps, gaps and doubled versions', () => {
    const first = { effectiveTo: '2025-12-31' };
    expect(check(first, { version: 2, effectiveFrom: '2026-01-01' })).toEqual([]);
    expect(check(first, { version: 2, effectiveFrom: '2025-12-31' })).toEqual(['rule.overlap']);
    expect(check({}, { version: 2, effectiveFrom: '2026-01-01' })).toEqual(['rule.overlap']);
    expect(check(first, { version: 2 })).toEqual(['rule.overlap']);
    expect(check(first, { version: 2, effectiveFrom: '2026-01-03' })).toEqual(['rule.gap']);
    expect(check(first, first)).toEqual(['rule.duplicate_version']);
    expect(check({ effectiveFrom: '2026-01-02', effectiveTo: '2026-01-01' })).toEqual(['rule.ends_before_it_begins']);
  });

  it('finds unknown evaluators, refused parameters, missing examples and unknown names', () => {
    expect(check({ evaluator: 'guess' })).toEqual(['rule.unknown_evaluator']);
    expect(check({ parameters: { currency: 'EUR', steps: [] } })).toEqual(['rule.parameters_invalid']);
    expect(check({ tests: [] })).toEqual(['rule.malformed']);
    expect(check({ paragraph: '3' })).toEqual(['rule.malformed']);
    expect(() => createRuleBook([{ set: 'x' }])).toThrow(/not valid/);
  });

  it('lets exactly one version answer on every day it covers', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 27 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cuts, fc.integer({ min: 1, max: 28 }), (days, day) => {
        const date = (n: number) => `2026-03-${String(n).padStart(2, '0')}`;
        const sorted = days.toSorted((a, b) => a - b);
        const rules = [...sorted, null].map((end, index) => ({
          ...base,
          version: index + 1,
          effectiveFrom: index === 0 ? null : date((sorted[index - 1] as number) + 1),
          effectiveTo: end === null ? null : date(end),
        }));
        const answer = createRuleBook([{ set: 'x', title: { zh: '一', en: 'x' }, rules }]).at(base.id, date(day));
        return answer.ok && answer.value.version === sorted.filter((end) => end < day).length + 1;
      }),
    );
  });
});

describe('conditions', () => {
  it('are strict, and unknown when a fact is', () => {
    const later = { fact: 'debt', laterThan: 'right' };
    const debt = (day: string | null, right: string | null) => holds(later, { debt: day, right });
    expect([debt('2026-01-02', '2026-01-01'), debt('2026-01-01', '2026-01-01')]).toEqual([true, false]);
    expect([debt(null, '2026-01-01'), debt('2026-01-01', null)]).toEqual([null, null]);
    expect([10, 10.1, '11', true].map((years) => holds({ fact: 'years', moreThan: 10 }, { years }))).toEqual([
      false,
      true,
      null,
      null,
    ]);
    expect([true, false, null].map((paid) => holds({ fact: 'paid', is: false }, { paid }))).toEqual([
      false,
      true,
      null,
    ]);
  });
});

describe('money', () => {
  it('splits exactly, and no part is off by a fen or more', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), weights, (fen, list) => {
        const parts = distribute(fen / 100, list);
        const sum = list.reduce((a, b) => a + b, 0);
        if (sum === 0) return parts === undefined;
        const inFen = (parts ?? []).map((part) => Math.round(part * 100));
        return (
          inFen.reduce((a, b) => a + b, 0) === fen &&
          inFen.every((part, index) => Math.abs(part - (fen * (list[index] as number)) / sum) < 1)
        );
      }),
    );
    expect(distribute(100, [1, 1, 1])).toEqual([33.34, 33.33, 33.33]);
    expect(distribute(1, [-1, 2])).toBeUndefined();
    expect(percentOf(333_333.33, 50)).toBe(166_666.67);
  });

  it('never lets a later payment cost less until the right has lapsed', () => {
    const days = fc.integer({ min: 0, max: 200 });
    const on = (after: number) => new Date(Date.UTC(2025, 2, 10 + after)).toISOString().slice(0, 10);
    const pay = (after: number) =>
      evaluateRule(
        book,
        lateFeeEvaluator,
        {
          id: 'cn.annuity.late',
          date: '2025-03-10',
          input: { due: '2025-03-10', paidOn: on(after), fullFee: 2000 },
        },
        context,
      );
    fc.assert(
      fc.property(days, days, (a, b) => {
        const [early, late] = [pay(Math.min(a, b)), pay(Math.max(a, b))];
        if (!early.ok || !late.ok) throw new Error('the rule answers for every day');
        return late.value.value.lapsed || early.value.value.surcharge <= late.value.value.surcharge;
      }),
    );
  });

  it('colours a falling indicator by its own direction', () => {
    const falling = {
      baseline: { date: '2025-01-01', value: 30 },
      target: { date: '2026-01-01', value: 20 },
      date: '2026-01-01',
    };
    const colour = (value: number) => {
      const request = { id: 'house.indicator-colour', date: '2026-01-01', input: { ...falling, value } };
      const result = evaluateRule(book, pathColourEvaluator, request, context);
      return result.ok ? result.value.value.colour : null;
    };
    expect([18, 20, 20.5, 25].map(colour)).toEqual(['green', 'green', 'amber', 'red']);
  });
});
