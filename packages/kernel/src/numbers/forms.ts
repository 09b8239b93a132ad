import type { NumberReading } from '@quanlian/contract';

type Type = NumberReading['type'];

/** What is known of a number before its forms are written; `original` is the office's own printing where it differs. */
export interface Draft {
  readonly type: Type;
  readonly office: string;
  readonly number: string;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
  readonly docdb?: string | undefined;
  readonly epodoc?: string | undefined;
  readonly original?: string | undefined;
  readonly display?: string | undefined;
}

/** Offices whose series of B and C documents overlap others, so that epodoc keeps the letter. */
const OVERLAPPING: Readonly<Record<string, RegExp>> = {
  CN: /^\d{6,9}[BC]$/,
  JP: /^\d{1,7}B$/,
  TW: /^[A-Z]\d+[BC]$/,
};

/** Epodoc publications carry the kind's letter from D on; B and C only where series overlap; A never. */
function epodocPublication(draft: Draft): string {
  const letter = draft.kind?.charAt(0) ?? '';
  const keeps = letter >= 'D' || OVERLAPPING[draft.office]?.test(draft.number + letter);
  return draft.office + draft.number + (keeps ? letter : '');
}

/**
 * DOCDB's kind of a German document that an office printed with a bare letter: C below one million, B up to
 * 1.4 million, A1 above.
 */
function docdbKind({ type, office, number, kind }: Draft): string | undefined {
  if (type !== 'publication' || office !== 'DE' || !/^\d{1,7}$/.test(number) || (kind !== 'A' && kind !== 'B'))
    return kind;
  if (Number(number) < 1_000_000) return 'C';
  if (Number(number) < 1_400_000) return 'B';
  return kind === 'A' ? 'A1' : kind;
}

/** A full reading with every form that can be told without a date or a register. */
export function reading(draft: Draft): NumberReading {
  const { type, office, number } = draft;
  const kind = draft.kind || null;
  const isApplication = type === 'application' || type === 'priority';
  return {
    type,
    office,
    number,
    kind,
    date: draft.date ?? null,
    forms: {
      docdb: draft.docdb ?? office + number + (docdbKind(draft) ?? ''),
      epodoc: draft.epodoc ?? (isApplication ? null : epodocPublication(draft)),
      original: draft.original ?? null,
      display: draft.display ?? [office, number, kind].filter(Boolean).join(' '),
    },
  };
}

/** The year a date begins with; dates come as `2002-10-11` or `20021011`. */
export function yearOf(date: string | undefined): string | undefined {
  return /^(?:18|19|20)\d{2}/.exec(date ?? '')?.[0];
}

/** Dates of offices in ISO form; anything else is undefined. */
export function isoDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}` : undefined;
}

/** Epodoc application form of most offices: office, year of filing, serial of seven digits; letters of utility models and designs follow. */
export function epodocApplication(
  office: string,
  number: string,
  kind: string | undefined,
  year: string | undefined,
): string | undefined {
  const letter = kind && /^[D-Z]/.test(kind) ? kind.charAt(0) : '';
  // A translation of a European patent keeps the number of that application.
  if (kind === 'T') return office + number + letter;
  const withYear = /^((?:19|20)\d{2})(\d{4,8})$/.exec(number);
  if (withYear?.[1] && withYear[2] && (year === undefined || withYear[1] === year)) {
    return office + withYear[1] + withYear[2].padStart(7, '0') + letter;
  }
  if (year === undefined) return undefined;
  return office + year + number.padStart(7, '0') + letter;
}
