import { CASE_SORTS, CaseFilterSchema } from '@quanlian/contract';
import { z } from 'zod';
import { repeatable } from '../../http/answers.js';

const choice = z
  .enum(['true', '1', 'false', '0'])
  .transform((text) => text === 'true' || text === '1')
  .optional();
const list = repeatable(z.string().max(100)).transform((items) => (items.length === 0 ? undefined : items));

/** The filter as a query string: lists repeat a name. */
export const FilterQuery = CaseFilterSchema.extend({ process: list, state: list, open: choice, overdue: choice });

export const PageQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const ListQuery = FilterQuery.extend({
  ...PageQuery.shape,
  sort: z.enum(CASE_SORTS).default('changed'),
  descending: choice,
});
