/** What the address of the list of cases says. */
export interface CaseSearch {
  view?: 'board' | 'calendar';
  process?: string;
  state?: string;
  organization?: string;
  open?: 'true' | 'false';
  overdue?: 'true';
  text?: string;
  subjectKind?: string;
  subjectId?: string;
  /** The month of the calendar, `YYYY-MM`. */
  month?: string;
  offset?: number;
}

const TEXTS = ['process', 'state', 'organization', 'text', 'subjectKind', 'subjectId'] as const;

/** Keeps what an address says about a list of cases; what it cannot mean is left out. */
export function tidyCaseSearch(raw: Record<string, unknown>): CaseSearch {
  const search: CaseSearch = {};
  if (raw['view'] === 'board' || raw['view'] === 'calendar') search.view = raw['view'];
  for (const name of TEXTS) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') search[name] = value;
  }
  if (raw['open'] === 'true' || raw['open'] === 'false') search.open = raw['open'];
  if (raw['overdue'] === 'true') search.overdue = 'true';
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(String(raw['month']))) search.month = String(raw['month']);
  const offset = Number(raw['offset']);
  if (Number.isInteger(offset) && offset > 0) search.offset = offset;
  return search;
}

/** The part of an address that decides which cases are meant, as the server takes it. */
export function caseFilter({ view, month, offset, ...filter }: CaseSearch): Record<string, string> {
  return filter;
}
