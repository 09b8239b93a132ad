import { z } from 'zod';
import { addCalendarMonths, IsoDateSchema } from '../../calendar/date.js';
import { deadline } from '../../calendar/deadline.js';
import { accepted, refused } from '../refusal.js';
import { defineEvaluator } from './evaluator.js';
import { percentOf } from './money.js';

/** The three rights the Patent Law knows. */
export const PatentTypeSchema = z.enum(['invention', 'utility-model', 'design']);

const AmountSchema = z.number().nonnegative();
const CurrencySchema = z.literal('CNY');

/** The yearly fee of a patent year; year 1 begins on the filing date. */
export const annuityEvaluator = defineEvaluator({
  name: 'annuity',
  parameters: z.object({
    currency: CurrencySchema,
    steps: z.array(
      z.object({ from: z.number().int().positive(), to: z.number().int().positive(), amount: AmountSchema }),
    ),
    compensatedYear: AmountSchema.optional(),
  }),
  input: z.object({ year: z.number().int().positive(), compensated: z.boolean().optional() }),
  apply({ currency, steps, compensatedYear }, { year, compensated = false }) {
    const amount = compensated ? compensatedYear : steps.find((step) => step.from <= year && year <= step.to)?.amount;
    if (amount === undefined)
      return refused('rule.not_applicable', `There is no yearly fee for patent year ${year}.`, { year });
    return accepted({ value: { amount, currency }, provisional: false });
  },
});

/** The last day to pay the fee of a patent year without surcharge. */
export const annuityDueEvaluator = defineEvaluator({
  name: 'annuity-due',
  parameters: z.object({ moveToWorkingDay: z.boolean() }),
  input: z.object({ filingDate: IsoDateSchema, year: z.number().int().min(2) }),
  apply({ moveToWorkingDay }, { filingDate, year }, { calendar }) {
    const period = { amount: year - 1, unit: 'years' as const };
    const { due, nominal, provisional } = deadline(calendar, { start: filingDate, period, moveToWorkingDay });
    return accepted({ value: { due, nominal }, provisional });
  },
});

/** The surcharge for a yearly fee paid late, by months begun since the due date; after the grace the right has lapsed. */
export const lateFeeEvaluator = defineEvaluator({
  name: 'late-fee',
  parameters: z.object({ graceMonths: z.number().int().positive(), percentByMonth: z.array(z.number()).min(1) }),
  input: z.object({ due: IsoDateSchema, paidOn: IsoDateSchema, fullFee: AmountSchema }),
  apply({ graceMonths, percentByMonth }, { due, paidOn, fullFee }, { calendar }) {
    const grace = deadline(calendar, { start: due, period: { amount: graceMonths, unit: 'months' } });
    const lapsed = grace.due !== null && paidOn > grace.due;
    let months = 0;
    while (months < graceMonths && paidOn > addCalendarMonths(due, months)) months += 1;
    const percent = months === 0 || lapsed ? 0 : (percentByMonth[Math.min(months, percentByMonth.length) - 1] ?? 0);
    const value = {
      monthsBegun: months,
      percent,
      surcharge: percentOf(fullFee, percent),
      lapsed,
      lapsedOn: lapsed ? due : null,
      graceEnds: grace.due,
    };
    return accepted({ value, provisional: grace.provisional });
  },
});

/** Fees looked up by name and type of right. */
export const feeTableEvaluator = defineEvaluator({
  name: 'fee-table',
  parameters: z.object({
    currency: CurrencySchema,
    fees: z.record(z.string(), z.partialRecord(PatentTypeSchema, AmountSchema)),
  }),
  input: z.object({ fee: z.string(), type: PatentTypeSchema }),
  apply({ currency, fees }, { fee, type }) {
    const amount = fees[fee]?.[type];
    if (amount === undefined)
      return refused('rule.not_applicable', `There is no fee "${fee}" for the type "${type}".`, { fee, type });
    return accepted({ value: { amount, currency }, provisional: false });
  },
});

/** What is paid on filing: the fee of the type, then claims, pages and priorities beyond what is included. */
export const filingFeeEvaluator = defineEvaluator({
  name: 'filing-fee',
  parameters: z.object({
    currency: CurrencySchema,
    base: z.record(PatentTypeSchema, AmountSchema),
    publication: z.partialRecord(PatentTypeSchema, AmountSchema),
    perUnit: z.array(
      z.object({
        unit: z.enum(['claims', 'pages', 'priorities']),
        /** Units above this number cost the amount each, until the next step of the same unit. */
        above: z.number().int().nonnegative(),
        amount: AmountSchema,
      }),
    ),
  }),
  input: z.object({
    type: PatentTypeSchema,
    claims: z.number().int().nonnegative(),
    pages: z.number().int().nonnegative(),
    priorities: z.number().int().nonnegative(),
  }),
  apply({ currency, base, publication, perUnit }, input) {
    const lines = [{ line: 'filing', count: 1, amount: base[input.type] }];
    const printed = publication[input.type];
    if (printed !== undefined) lines.push({ line: 'publication', count: 1, amount: printed });
    for (const { unit, above, amount } of perUnit) {
      const next = perUnit.filter((step) => step.unit === unit && step.above > above).map((step) => step.above);
      const count = Math.min(input[unit], ...next) - above;
      if (count > 0) lines.push({ line: `${unit}-above-${above}`, count, amount: count * amount });
    }
    const total = lines.reduce((sum, line) => sum + line.amount, 0);
    return accepted({ value: { total, currency, lines }, provisional: false });
  },
});

const ApplicantSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('individual'), monthlyIncome: AmountSchema }),
  z.object({ kind: z.literal('firm'), taxableIncome: AmountSchema }),
  z.object({ kind: z.literal('public-institution') }),
  z.object({ kind: z.literal('social-organization') }),
]);

/** The part of a fee that applicants of small means need not pay. */
export const feeReductionEvaluator = defineEvaluator({
  name: 'fee-reduction',
  parameters: z.object({
    singlePercent: z.number(),
    jointPercent: z.number(),
    individualMonthlyIncomeMax: AmountSchema,
    firmTaxableIncomeMax: AmountSchema,
    fees: z.array(z.string()),
    annuityYearsFromGrant: z.number().int(),
  }),
  input: z.object({
    fee: z.string(),
    amount: AmountSchema,
    applicants: z.array(ApplicantSchema).min(1),
    /** For a yearly fee: 1 is the year of the grant. */
    yearFromGrant: z.number().int().positive().optional(),
  }),
  apply(parameters, { fee, amount, applicants, yearFromGrant }) {
    const ofSmallMeans = applicants.every((applicant) =>
      applicant.kind === 'individual'
        ? applicant.monthlyIncome <= parameters.individualMonthlyIncomeMax
        : applicant.kind === 'firm'
          ? applicant.taxableIncome <= parameters.firmTaxableIncomeMax
          : true,
    );
    if (fee === 'annuity' && yearFromGrant === undefined)
      return refused('rule.input_invalid', 'For a yearly fee give the year counted from the grant, 1 being its year.');
    const reason = !parameters.fees.includes(fee)
      ? 'fee-not-reduced'
      : fee === 'annuity' && (yearFromGrant ?? 1) > parameters.annuityYearsFromGrant
        ? 'too-late-after-grant'
        : !ofSmallMeans
          ? 'income-above-limit'
          : null;
    const percent = reason !== null ? 0 : applicants.length > 1 ? parameters.jointPercent : parameters.singlePercent;
    const reduction = percentOf(amount, percent);
    const payable = Math.round((amount - reduction) * 100) / 100;
    return accepted({ value: { percent, payable, reason }, provisional: false });
  },
});
