import {
  CalendarDaysSchema,
  DaySchema,
  DeadlineAnswerSchema,
  DeadlineAskedSchema,
  QuanlianError,
  RulePageSchema,
  RuleRowSchema,
} from '@quanlian/contract';
import { addDays, daysBetween, deadline } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import type { Requests } from '../../identity/requests.js';
import type { Cases } from './cases.service.js';
import type { Law } from './law.js';
import type { RulePages } from './rules.service.js';

interface Deps extends Pick<Requests, 'actorOf'> {
  readonly cases: Pick<Cases, 'work'>;
  readonly law: Law;
  readonly rulePages: RulePages;
}

const TAGS = ['governance'];
const LONGEST_SPAN = 800;

function addRules(app: Api, { actorOf, cases, rulePages }: Deps): void {
  app.get(
    '/rules',
    {
      schema: {
        tags: TAGS,
        summary: 'All rules, with the version in force today',
        response: { 200: z.object({ rules: z.array(RuleRowSchema) }), ...problems() },
      },
    },
    async () => ({ rules: rulePages.list() }),
  );
  app.get(
    '/rules/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'A rule: versions, certainty, examples, and where it was used as far as one may see',
        params: z.object({ id: z.string().max(200) }),
        response: { 200: RulePageSchema, ...problems('rule.not_found', 'access.key_refused') },
      },
    },
    async (request) => {
      const { id } = request.params;
      const actor = await actorOf(request);
      return actor ? cases.work(actor, (trx) => rulePages.page(id, { trx, actor })) : rulePages.page(id);
    },
  );
}

function addCalendar(app: Api, { law: { calendar } }: Deps): void {
  app.get(
    '/calendar/days',
    {
      schema: {
        tags: TAGS,
        summary: 'Working days, rest days and make-up days',
        description: 'Days of a year whose arrangement is not announced are provisional.',
        querystring: z.object({ from: DaySchema, to: DaySchema }),
        response: { 200: CalendarDaysSchema, ...problems() },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const length = daysBetween(from, to) + 1;
      if (length < 1 || length > LONGEST_SPAN)
        throw new QuanlianError('request.invalid', `Ask for 1 to ${LONGEST_SPAN} days.`, { path: 'to' });
      return {
        jurisdiction: calendar.jurisdiction,
        years: [...calendar.years],
        days: Array.from({ length }, (_, index) => {
          const { name = null, ...day } = calendar.day(addDays(from, index));
          return { ...day, name };
        }),
      };
    },
  );
  app.get(
    '/calendar/deadline',
    {
      schema: {
        tags: TAGS,
        summary: 'Count a period from a day, with every step of the counting',
        querystring: DeadlineAskedSchema,
        response: { 200: DeadlineAnswerSchema, ...problems() },
      },
    },
    async (request) => {
      const { start, amount, unit } = request.query;
      const { due, nominal, provisional, steps } = deadline(calendar, { start, period: { amount, unit } });
      return { due, nominal, provisional, steps: steps.map((step) => ({ ...step })) };
    },
  );
}

/** Rules as data and the working calendar: for everybody, signed in or not. */
export function ruleRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    addRules(app, deps);
    addCalendar(app, deps);
  };
}
