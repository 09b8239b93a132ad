import type { PatentDocument } from '@quanlian/contract';

/** A terminal disclaimer (35 USC 253): what is beyond the end of another patent was given up. */
export interface TerminalDisclaimer {
  /** Printed on the patent or accepted by the office; only filed, as far as the sources tell. */
  readonly state: 'accepted' | 'filed';
  /** The day after which nothing is left of the term, where the patent names it; most name the other patent alone. */
  readonly ends: string | null;
}

/** Codes of file histories: filed, accepted, not accepted. */
const FILED: ReadonlySet<string> = new Set(['DIST']);
const ACCEPTED: ReadonlySet<string> = new Set(['DISQ', 'P574', 'N574', 'MN574']);
const NOT_ACCEPTED: ReadonlySet<string> = new Set(['N575', 'MN575', 'P575']);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `The portion of the term of this patent subsequent to Sep. 29, 2015 has been disclaimed.` */
const SUBSEQUENT = /subsequent\s+to\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})/i;

/** The day a printed disclaimer names; undefined when it names none. */
function dayNamed(text: string): string | undefined {
  const [, month = '', day = '', year] = SUBSEQUENT.exec(text) ?? [];
  const number = MONTHS.indexOf(month.toLowerCase()) + 1;
  if (year === undefined || number === 0) return undefined;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

type Told = Pick<PatentDocument, 'extra' | 'events' | 'office'>;

function printed({ extra }: Told): TerminalDisclaimer[] {
  const text = extra?.['terminalDisclaimer'];
  if (typeof text !== 'string' || text === '') return [];
  return [{ state: 'accepted', ends: /^\d{4}-\d\d-\d\d$/.test(text) ? text : (dayNamed(text) ?? null) }];
}

/** The newest of the events that tell of one; a disclaimer that was not accepted is none until the next. */
function told(documents: readonly Told[]): TerminalDisclaimer[] {
  const events = documents
    .flatMap(({ events: own = [] }) => own)
    .filter(({ office }) => office === 'US')
    .map(({ code, date = '' }) => ({ code: code.trim(), date }))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const last = (codes: ReadonlySet<string>): string | undefined => events.findLast(({ code }) => codes.has(code))?.date;
  if (last(ACCEPTED) !== undefined) return [{ state: 'accepted', ends: null }];
  const filed = last(FILED);
  const refused = last(NOT_ACCEPTED);
  return filed === undefined || (refused !== undefined && refused >= filed) ? [] : [{ state: 'filed', ends: null }];
}

/**
 * The terminal disclaimer of a patent of the United States, from what is printed on it and from its file history. Of
 * several days the earliest holds: each disclaimer cuts the term on its own.
 */
export function terminalDisclaimer(documents: readonly Told[]): TerminalDisclaimer | undefined {
  const found = [...documents.flatMap(printed), ...told(documents)];
  const ends = found.flatMap(({ ends: day }) => day ?? []).sort()[0] ?? null;
  const state = found.some((one) => one.state === 'accepted') ? 'accepted' : 'filed';
  return found.length === 0 ? undefined : { state, ends };
}
