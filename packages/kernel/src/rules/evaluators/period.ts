import { z } from 'zod';
import {
  addCalendarMonths,
  addDays,
  daysBetween,
  type IsoDate,
  IsoDateSchema,
  laterDate,
} from '../../calendar/date.js';
import { deadline, PeriodSchema } from '../../calendar/deadline.js';
import { accepted, refused } from '../refusal.js';
import { defineEvaluator } from './evaluator.js';
import { PatentTypeSchema } from './fees.js';

/** Parameters of a rule that gives a length of time; process definitions read them as well. */
export const PeriodParametersSchema = PeriodSchema.extend({
  /** The event it runs from, as a name. */
  from: z.string().min(1),
  /** False for a right that ends on its day whatever day that is. */
  moveToWorkingDay: z.boolean().optional(),
});

const StopSchema = z.object({ from: IsoDateSchema, to: IsoDateSchema.nullable() });

/** A deadline: the last day on which an act is in time. */
export const periodEvaluator = defineEvaluator({
  name: 'period',
  parameters: PeriodParametersSchema,
  input: z.object({ start: IsoDateSchema, stops: z.array(StopSchema).optional() }),
  apply({ amount, unit, moveToWorkingDay = true }, { start, stops = [] }, { calendar }) {
    const { due, nominal, left, provisional } = deadline(calendar, {
      start,
      period: { amount, unit },
      stops,
      moveToWorkingDay,
    });
    return accepted({ value: { due, nominal, left }, provisional });
  },
});

/** The day a right ends by lapse of its term. */
export const termEvaluator = defineEvaluator({
  name: 'term',
  parameters: z.object({ years: z.record(PatentTypeSchema, z.number().int().positive()) }),
  input: z.object({ type: PatentTypeSchema, filingDate: IsoDateSchema }),
  apply({ years }, { type, filingDate }) {
    return accepted({ value: { ends: addCalendarMonths(filingDate, years[type] * 12) }, provisional: false });
  },
});

/**
 * The day a patent of the United States ends: years from its own or its earliest parent's filing with the days of
 * adjustment, under earlier law years from the grant when that is later, designs from the grant alone.
 */
export const termFromParentEvaluator = defineEvaluator({
  name: 'term-from-parent',
  parameters: z.object({
    yearsFromFiling: z.number().int().positive(),
    yearsFromGrant: z.number().int().positive(),
    filedBefore: IsoDateSchema,
    design: z.object({ years: z.number().int(), earlierYears: z.number().int(), filedBefore: IsoDateSchema }),
  }),
  input: z.object({
    type: z.enum(['invention', 'plant', 'design']),
    filingDate: IsoDateSchema,
    earliestFiling: IsoDateSchema,
    grantDate: IsoDateSchema.nullable(),
    adjustmentDays: z.number().int().nonnegative(),
    /** The day after which the term was disclaimed, where one is known. */
    disclaimedAfter: IsoDateSchema.nullable().optional(),
  }),
  apply(parameters, { type, filingDate, earliestFiling, grantDate, adjustmentDays, disclaimedAfter = null }) {
    const { design } = parameters;
    if (type === 'design') {
      if (grantDate === null) return refused('rule.not_applicable', 'The term of a design runs from its grant.');
      const years = filingDate < design.filedBefore ? design.earlierYears : design.years;
      return accepted({ value: { ends: addCalendarMonths(grantDate, years * 12) }, provisional: false });
    }
    const fromFiling = addCalendarMonths(earliestFiling, parameters.yearsFromFiling * 12);
    const fromGrant = grantDate === null ? fromFiling : addCalendarMonths(grantDate, parameters.yearsFromGrant * 12);
    const old = filingDate < parameters.filedBefore;
    const whole = old ? laterDate(fromFiling, fromGrant) : addDays(fromFiling, adjustmentDays);
    const ends = disclaimedAfter !== null && disclaimedAfter < whole ? disclaimedAfter : whole;
    return accepted({ value: { ends }, provisional: false });
  },
});

const MonthsSchema = z.number().int().positive();

/** When the fees that keep a patent alive are open, due, and at last too late. */
export const feeWindowsEvaluator = defineEvaluator({
  name: 'fee-windows',
  parameters: z.object({
    windows: z.array(
      z.object({ year: MonthsSchema, opensMonths: MonthsSchema, dueMonths: MonthsSchema, graceMonths: MonthsSchema }),
    ),
    /** Applications filed before that day owe none. */
    filedFrom: IsoDateSchema,
  }),
  input: z.object({ filingDate: IsoDateSchema, grantDate: IsoDateSchema }),
  apply({ windows, filedFrom }, { filingDate, grantDate }) {
    const owed = filingDate < filedFrom ? [] : windows;
    const value = owed.map(({ year, opensMonths, dueMonths, graceMonths }) => ({
      year,
      opens: addCalendarMonths(grantDate, opensMonths),
      due: addCalendarMonths(grantDate, dueMonths),
      graceEnds: addCalendarMonths(grantDate, graceMonths),
    }));
    return accepted({ value, provisional: false });
  },
});

/** Days of term given back because the grant came late. */
export const grantDelayEvaluator = defineEvaluator({
  name: 'grant-delay-compensation',
  parameters: z.object({ yearsFromFiling: z.number(), yearsFromExaminationRequest: z.number() }),
  input: z.object({
    filingDate: IsoDateSchema,
    examinationRequest: IsoDateSchema,
    grantDate: IsoDateSchema,
    /** Days of delay that were reasonable, and days the applicant caused. */
    reasonableDays: z.number().int().nonnegative(),
    applicantDays: z.number().int().nonnegative(),
    sameDayUtilityModel: z.boolean(),
  }),
  apply(parameters, input) {
    const fromFiling = addCalendarMonths(input.filingDate, parameters.yearsFromFiling * 12);
    const fromRequest = addCalendarMonths(input.examinationRequest, parameters.yearsFromExaminationRequest * 12);
    const actual = Math.max(0, daysBetween(laterDate(fromFiling, fromRequest), input.grantDate));
    const days = input.sameDayUtilityModel ? 0 : Math.max(0, actual - input.reasonableDays - input.applicantDays);
    return accepted({ value: { days, actualDays: actual }, provisional: false });
  },
});

/** Term given back to a drug for the time its approval took. */
export const approvalDelayEvaluator = defineEvaluator({
  name: 'approval-delay-compensation',
  parameters: z.object({ deductYears: z.number(), maxYears: z.number(), maxYearsAfterApproval: z.number() }),
  input: z.object({ filingDate: IsoDateSchema, approvalDate: IsoDateSchema, termEnds: IsoDateSchema }),
  apply(parameters, { filingDate, approvalDate, termEnds }) {
    if (approvalDate < filingDate)
      return refused(
        'rule.not_applicable',
        `The approval of ${approvalDate} is older than the filing of ${filingDate}.`,
      );
    const years = (date: IsoDate, count: number) => addCalendarMonths(date, count * 12);
    const gained = Math.max(0, daysBetween(years(filingDate, parameters.deductYears), approvalDate));
    const caps = [
      addDays(termEnds, gained),
      years(termEnds, parameters.maxYears),
      years(approvalDate, parameters.maxYearsAfterApproval),
    ].sort();
    const ends = laterDate(termEnds, caps[0] ?? termEnds);
    return accepted({ value: { days: daysBetween(termEnds, ends), ends }, provisional: false });
  },
});

/** How any period is counted: the rule behind every deadline. */
export const countingEvaluator = defineEvaluator({
  name: 'counting',
  parameters: z.object({ firstDayCounted: z.literal(false), moveToWorkingDay: z.boolean() }),
  input: PeriodSchema.extend({ start: IsoDateSchema }),
  apply({ moveToWorkingDay }, { start, amount, unit }, { calendar }) {
    const { due, nominal, provisional } = deadline(calendar, { start, period: { amount, unit }, moveToWorkingDay });
    return accepted({ value: { due, nominal }, provisional });
  },
});
