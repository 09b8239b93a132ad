/**
 * Kinds of publication by which an office gives a right (WIPO ST.16, part 7.3). An office that is not listed follows
 * the general sense of the letters: B, C and the registered designs and utility models without examination.
 */
const GRANTS: Readonly<Record<string, RegExp>> = {
  CN: /^(B|C|D|S|U|Y)/,
  EP: /^B/,
  JP: /^(B|S|Y|U)/,
  KR: /^(B|S|Y|U)/,
  WO: /^$/,
  DE: /^(B|C|U)/,
  FR: /^B/,
  GB: /^(B|C)/,
  TW: /^(B|S|U)/,
};
const ELSEWHERE = /^(B|C|E|P[23]|S|U|Y)/;

/** The day of the first patents of the United States that bear a kind; before it a grant was published as `A`. */
const US_KINDS_SINCE = '2001-01-02';
/** China's kinds until April 2010 called an examined but not yet granted application `B`. */
const CN_EXAMINED_UNTIL = '1993-01-01';

/** Whether a publication of this office, kind and date means that a right was given; undefined without a kind. */
export function isGrant(office: string, kind: string | undefined, date?: string): boolean | undefined {
  if (kind === undefined || kind === '') return undefined;
  if (office === 'US') {
    if (/^A/.test(kind)) return kind === 'A' && date !== undefined && date < US_KINDS_SINCE;
    return /^(B|E|P[234]?$|S|C)/.test(kind) && kind !== 'P1';
  }
  if (office === 'CN' && /^B/.test(kind) && date !== undefined && date < CN_EXAMINED_UNTIL) return false;
  return (GRANTS[office] ?? ELSEWHERE).test(kind);
}
