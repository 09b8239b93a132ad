import { COUNTABLE, type FieldKind, findField, QuanlianError, type QueryNode } from '@quanlian/contract';
import { TEXT_MASK, WORD_FIELDS } from '../segment/postings.js';
import type { LengthColumn } from '../segment/segment.js';

/** A node of the query tree by its operator. */
export type NodeOf<Op extends QueryNode['op']> = Extract<QueryNode, { op: Op }>;

export const invalid = (message: string): QuanlianError => new QuanlianError('query.invalid', message);

/** A field of `FIELDS`, or a facet that is no field (year, section, subclass, group). */
export function resolveField(name: string): { name: string; kind: FieldKind | 'facet' } {
  const field = findField(name);
  if (field) return field;
  if (COUNTABLE.some((facet) => facet === name)) return { name, kind: 'facet' };
  throw invalid(`There is no field "${name}"; the help of the search box lists the fields.`);
}

/** The bits of a field's words and the column of its lengths. Refuses `query.invalid` for a field without words. */
export function wordFields(name: string): { mask: number; column: LengthColumn } {
  if (name === 'text') return { mask: TEXT_MASK, column: 'text' };
  const field = WORD_FIELDS.find((known) => known === name);
  if (field === undefined) throw invalid(`Field ${name} has no words; ask for a value of it.`);
  return { mask: 1 << WORD_FIELDS.indexOf(field), column: field };
}

/** The column of the lengths of the fields of a mask that `wordFields` gave. */
export const columnOfMask = (mask: number): LengthColumn =>
  mask === TEXT_MASK ? 'text' : WORD_FIELDS[31 - Math.clz32(mask)];
