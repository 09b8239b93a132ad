import type { Classification, DocumentNumber, Party } from '@quanlian/contract';

/** A number as printed when the source gives that, else its parts one after another. */
export function numberText({ original, office, number, kind }: DocumentNumber): string {
  return original ?? [office, number, kind].filter((part) => part !== undefined).join('');
}

/** Where a party sits, from the smallest part to the country. */
export function partyPlace({ address, city, region, country }: Party): string {
  return [address, city, region, country]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(', ');
}

/** A text as a phrase of the simple syntax. */
export const quoted = (text: string): string => `"${text.replaceAll('"', ' ')}"`;

/** The query that finds a symbol and what lies below it; undefined for schemes that have no search field. */
export function classQuery({ scheme, symbol }: Classification): string | undefined {
  if (/^IPC/i.test(scheme)) return `ipc:${quoted(symbol)}`;
  return /^CPC/i.test(scheme) ? `cpc:${quoted(symbol)}` : undefined;
}
