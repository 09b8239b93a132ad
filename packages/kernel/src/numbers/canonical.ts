/** A publication number as the corpus knows it: office (ST.3), number in DOCDB style, kind (ST.16) when known. */
export interface CanonicalPublication {
  readonly office: string;
  readonly number: string;
  readonly kind: string | undefined;
}

const stripZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

/** US: pre-grant publications `YYYY` + 7 digits lose the serial's first zero; grants lose leading zeros, their letters stay. */
function canonicalUs(number: string): string {
  const preGrant = /^((?:19|20)\d{2})(\d{7})$/.exec(number);
  if (preGrant?.[1] && preGrant[2]) return preGrant[1] + preGrant[2].replace(/^0/, '');
  const grant = /^0*([A-Z]{0,2})0*(\d+)$/.exec(number);
  return grant ? `${grant[1] ?? ''}${grant[2] ?? ''}` : number;
}

/**
 * WO: four digits of year and six of serial. In earlier years offices wrote two digits of year and five or six of
 * serial, so seven or eight digits that do not begin with a century are that.
 */
function canonicalWo(number: string): string {
  const short = /^(?!19|20)(\d{2})(\d{5,6})$/.exec(number);
  if (short?.[1] && short[2]) return (short[1] > '77' ? '19' : '20') + short[1] + short[2].padStart(6, '0');
  const full = /^((?:19|20)\d{2})(\d{1,6})$/.exec(number);
  if (full?.[1] && full[2]) return full[1] + full[2].padStart(6, '0');
  return number;
}

/** KR: the right-type prefix (10 patents, 20 utility models) before a year is not part of the number. */
function canonicalKr(number: string): string {
  return /^[1234]0(?:19|20)\d{9}$/.test(number) ? number.slice(2) : stripZeros(number);
}

const RULES: Readonly<Record<string, (number: string) => string>> = {
  US: canonicalUs,
  EP: (n) => (/^\d+$/.test(n) ? stripZeros(n).padStart(7, '0') : n),
  WO: canonicalWo,
  KR: canonicalKr,
  SE: (n) => (/^\d{7}$/.test(n) || !/^\d+$/.test(n) ? n : stripZeros(n)),
  AR: (n) => (/^\d+$/.test(n) ? stripZeros(n).padStart(6, '0') : n),
  IT: (n) => stripZeros(n.replace(/^([A-Z]{2})0+(?=\d)/, '$1')),
  EA: (n) => (/^\d+$/.test(n) ? stripZeros(n).padStart(6, '0') : n),
};

const BARE = /^[0-9A-Z]*$/;

/** Digits and capitals alone; most numbers come so. */
const bareNumber = (text: string): string =>
  BARE.test(text)
    ? text
    : text
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '');

/**
 * Brings a publication number to the one form under which all sources of it meet: DOCDB style, no blanks,
 * slashes or dots, the office's own width. An unknown office loses leading zeros only.
 * US pre-grant publications take DOCDB's 4 + 6 digits (`20050000001` is `2005000001`), whichever width a source uses.
 */
export function canonicalPublication(office: string, number: string, kind?: string): CanonicalPublication {
  const cc = office.trim().toUpperCase();
  const bare = bareNumber(number);
  const rule = RULES[cc] ?? (/^\d+$/.test(bare) ? stripZeros : (n: string) => n);
  const trimmedKind = kind?.trim().toUpperCase();
  return { office: cc, number: rule(bare), kind: trimmedKind ? trimmedKind : undefined };
}

/** The id of a publication: office, number and kind run together; without a kind, office and number alone. */
export function publicationId(publication: { office: string; number: string; kind?: string | undefined }): string {
  return publication.office + publication.number + (publication.kind ?? '');
}

/** Office and number in canonical form of a publication given as one text, its kind left off; undefined for any other text. */
export function publicationNumber(text: string): string | undefined {
  const bare = bareNumber(text);
  const [, office, rest] = /^([A-Z]{2})(.*\d.*)$/.exec(bare) ?? [];
  if (!office || !rest) return undefined;
  const [, number = rest] = /^(.*\d)[A-Z]\d?$/.exec(rest) ?? [];
  const canonical = canonicalPublication(office, number);
  return canonical.office + canonical.number;
}
