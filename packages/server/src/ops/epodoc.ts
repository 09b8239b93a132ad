import { readNumber } from '@quanlian/kernel';

/** An application in DOCDB's parts. */
export interface DocdbApplication {
  readonly office: string;
  readonly number: string;
  readonly kind: string;
}

const YEAR_FIRST = /^([A-Z]{2})((?:18|19|20)\d{2})(\d{4,9})([A-Z]?)$/;
const INTERNATIONAL = /^WO((?:19|20)\d{2})([A-Z]{2})(\d{4,6})$/;

/**
 * The epodoc form of a DOCDB application of the US whose number ends in its year, six digits of serial before: eight
 * such digits also read as series and serial, and only the date tells.
 */
export function usEpodoc(application: {
  readonly office?: string | undefined;
  readonly number?: string | undefined;
  readonly date?: string | undefined;
}): string | undefined {
  const { office, number = '', date = '' } = application;
  const [, serial, year] = /^(\d{1,6})(\d{2})$/.exec(number) ?? [];
  const full = date.slice(0, 4);
  if (office !== 'US' || serial === undefined || full.length !== 4 || full.slice(2) !== year) return undefined;
  return `US${full}${serial.padStart(7, '0')}`;
}

const unpadded = (serial: string): string => serial.replace(/^0+(?=\d)/, '');

/** Writings of one serial: as it stands, without zeros in front, and in the widths offices use. */
function serials(serial: string): string[] {
  const bare = unpadded(serial);
  return [...new Set([serial, bare, ...[5, 6, 7].map((width) => bare.padStart(width, '0'))])];
}

/** How offices that do not put the full year first usually write an application in DOCDB. */
const USUAL: Readonly<Record<string, (year: string, serial: string) => string | undefined>> = {
  EP: (year, serial) => year.slice(2) + serial.slice(-6),
  US: (year, serial) => (serial.length === 7 ? unpadded(serial) + year.slice(2) : undefined),
  GB: (year, serial) => year.slice(2) + unpadded(serial).padStart(5, '0'),
  FR: (year, serial) => year.slice(2) + unpadded(serial).padStart(5, '0'),
  NL: (_year, serial) => unpadded(serial),
  // Since 2002 the year in full and six digits; before, Australia's numbers had other forms.
  AU: (year, serial) => (year >= '2002' && serial.length === 7 ? year + serial.slice(1) : undefined),
  // Canada counts on without regard to years.
  CA: (_year, serial) => (serial.length === 7 ? unpadded(serial) : undefined),
  MD: (year, serial) => (serial.length === 7 ? year + unpadded(serial).padStart(4, '0') : undefined),
};

function international(year: string, office: string, serial: string): DocdbApplication[] {
  const bare = unpadded(serial);
  const numbers = [year + bare.padStart(6, '0'), year.slice(2) + bare.padStart(5, '0')];
  return numbers.map((number) => ({ office, number, kind: 'W' }));
}

/**
 * DOCDB numbers that an epodoc application may stand for: the office's year and serial, in full or in short, in
 * either order, or the serial alone. Which it is only the office's own rule tells; see {@link docdbApplication}.
 */
export function docdbCandidates(epodoc: string): DocdbApplication[] {
  const pct = INTERNATIONAL.exec(epodoc);
  if (pct?.[1] && pct[2] && pct[3]) return international(pct[1], pct[2], pct[3]);
  const match = YEAR_FIRST.exec(epodoc);
  if (!match?.[1] || !match[2] || !match[3]) return [];
  const [, office, year, serial, letter] = match;
  const short = year.slice(2);
  const usual = usualDocdb(epodoc)?.number;
  const numbers = [
    ...(usual === undefined ? [] : [usual]),
    ...serials(serial).flatMap((one) => [year + one, short + one, one, one + short]),
  ];
  return [...new Set(numbers)].map((number) => ({ office, number, kind: letter || 'A' }));
}

/** What the office usually writes, where that is known. */
export function usualDocdb(epodoc: string): DocdbApplication | undefined {
  const [, office = '', year = '', serial = '', letter] = YEAR_FIRST.exec(epodoc) ?? [];
  const number = USUAL[office]?.(year, serial);
  return number === undefined ? undefined : { office, number, kind: letter || 'A' };
}

/** The epodoc form of a DOCDB application. Its year must be known, from the number or from the date. */
function epodocOf({ office, number, kind }: DocdbApplication, date: string | undefined): string | undefined {
  return readNumber({ office, number, kind, date, type: 'application' }).forms.epodoc ?? undefined;
}

/** The DOCDB number the office usually writes, else the one that its rule turns into this epodoc form; undefined when none does. */
export function docdbApplication(epodoc: string, date?: string): DocdbApplication | undefined {
  const usual = usualDocdb(epodoc);
  if (usual) return usual;
  const year = YEAR_FIRST.exec(epodoc)?.[2] ?? INTERNATIONAL.exec(epodoc)?.[1];
  const day = date ?? (year === undefined ? undefined : `${year}0701`);
  return docdbCandidates(epodoc).find((one) => epodocOf(one, day) === epodoc);
}
