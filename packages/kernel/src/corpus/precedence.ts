import type { PatentDocument } from '@quanlian/contract';

/**
 * Which source is believed first. An office's own full text knows its publication best; the EPO's master
 * documentation (DOCDB) knows families and the current CPC best; lists and extracts come last.
 * A format that is not named here stands after those that are, in the order of names.
 */
const DEFAULT_ORDER = [
  'us-ice',
  'us-sequence',
  'ep-st36',
  'cnipa',
  'demo',
  'patent-document',
  'docdb',
  'us-fulltext',
  'us-fulltext-start',
];

const REGISTER_FIRST = ['docdb', ...DEFAULT_ORDER.filter((format) => format !== 'docdb')];

const ORDER_BY_FIELD: Partial<Record<keyof PatentDocument, readonly string[]>> = {
  familyId: REGISTER_FIRST,
  classifications: REGISTER_FIRST,
};

/** The place of a format in the precedence for a field; smaller is believed first. */
export function precedenceOf(format: string, field: keyof PatentDocument): number {
  const order = ORDER_BY_FIELD[field] ?? DEFAULT_ORDER;
  const place = order.indexOf(format);
  return place === -1 ? order.length : place;
}
