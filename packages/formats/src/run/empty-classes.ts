import type { Classification, PatentDocument } from '@quanlian/contract';

type Draft = Omit<PatentDocument, 'sources'>;

/** Readers drop fields that hold nothing, the symbol of a class included. */
const isEmpty = ({ symbol }: Partial<Classification>): boolean => symbol === undefined || symbol === '';

/**
 * The document without classes that have no symbol: offices leave such elements empty, and a class without a symbol
 * says nothing. The document is worth having all the same.
 */
export function withoutEmptyClasses(document: Draft): Draft {
  let result = document;
  for (const name of ['classifications', 'fieldOfSearch'] as const) {
    const list = document[name];
    if (!list?.some(isEmpty)) continue;
    const kept = list.filter((one) => !isEmpty(one));
    const { [name]: _, ...rest } = result;
    result = kept.length > 0 ? { ...result, [name]: kept } : rest;
  }
  return result;
}
