import { formatSymbol, symbolParts } from './symbol.js';

/** A symbol of a scheme other than IPC and CPC, as far as its shape tells. */
export interface OtherSymbol {
  readonly scheme: 'USPC' | 'LOCARNO' | 'FI' | 'FTERM';
  readonly symbol: string;
  readonly class: string;
  readonly subclass: string;
}

const LOCARNO = /^(?:LOC\s*(?:\(\d{1,2}\))?\s*(?:CL\.?)?\s*)?(\d{2})\s*[-.]\s*(\d{2})$/;

/** A Locarno class of designs (`14-03`, `LOC (13) Cl. 14-03`). */
export function readLocarno(text: string): OtherSymbol | undefined {
  const match = LOCARNO.exec(text.trim());
  if (!match?.[1] || !match[2] || Number(match[1]) < 1 || Number(match[1]) > 32) return undefined;
  return { scheme: 'LOCARNO', symbol: `${match[1]}-${match[2]}`, class: match[1], subclass: match[2] };
}

const FTERM = /^(\d[A-Z]\d{3})\s*(?:([A-Z]{2})\s*(\d{2})(?:\s*\.?\s*([A-Z0-9]))?)?$/;

/** Japan's F-terms: a theme of five characters (`5H029`), a viewpoint and a figure (`5H029AJ03`), maybe one more character. */
export function readFterm(text: string): OtherSymbol | undefined {
  const match = FTERM.exec(text.trim());
  if (!match?.[1]) return undefined;
  const term = match[2] === undefined ? '' : `${match[2]}${match[3]}${match[4] ? `.${match[4]}` : ''}`;
  return { scheme: 'FTERM', symbol: term === '' ? match[1] : `${match[1]} ${term}`, class: match[1], subclass: term };
}

const FI = /^(.+\/\s*\d{2,6})\s*(?:,\s*(\d{3})\s*(?:[@\s]?\s*([A-Z]))?|[@\s]\s*(\d{3})?\s*([A-Z])?)$/;

/** Japan's FI: an IPC symbol, a subdivision of three digits, a file letter (`H01M 10/0525,101 A`, `H01M10/0525@Z`). */
export function readFi(text: string): OtherSymbol | undefined {
  const match = FI.exec(text.trim());
  const parts = match?.[1] ? symbolParts(match[1]) : undefined;
  const division = match?.[2] ?? match?.[4];
  const letter = match?.[3] ?? match?.[5];
  if (!parts?.class || !parts.subclass || (division === undefined && letter === undefined)) return undefined;
  const symbol = formatSymbol(parts) + (division ? `,${division}` : '') + (letter ? ` ${letter}` : '');
  return { scheme: 'FI', symbol, class: parts.class, subclass: parts.subclass };
}

/** One end of a USPC subclass: three columns, then decimals without their point, then letters. */
function uspcSubclass(part: string): string | undefined {
  const foreign = /^\s*FOR\s*(\d{1,4})\s*([A-Z]{0,2})$/.exec(part);
  if (foreign) return `FOR ${foreign[1]}${foreign[2]}`;
  const dotted = /^\s*(E?\d{1,4}\.\d{1,3})\s*([A-Z]{0,2})$/.exec(part);
  if (dotted) return `${dotted[1]}${dotted[2]}`;
  const whole = part
    .slice(0, 3)
    .trim()
    .replace(/^0+(?=\d)/, '');
  const rest = /^(\d*)\s*([A-Z]{0,3})$/.exec(part.slice(3));
  const short = /^(\d{1,3})([A-Z]{1,2})$/.exec(whole);
  if (short && part.length <= 3) return whole;
  if (!rest || !/^E?\d{1,3}$/.test(whole)) return undefined;
  return whole + (rest[1] ? `.${rest[1]}` : '') + (rest[2] ?? '');
}

function uspcRange(text: string): string | undefined {
  const ends = text.trimEnd().split('-').map(uspcSubclass);
  if (ends.length > 2 || ends.some((end) => end === undefined)) return undefined;
  const [from = '', to] = ends;
  if (to === undefined) return from;
  return `${from}-${from.startsWith('FOR ') ? to.replace(/^FOR /, '') : to}`;
}

/** A class of the former US classification in columns (`604385101`), or with its stroke (`604/385.101`). */
export function readUspc(text: string): OtherSymbol | undefined {
  const stroke = /^\s*(D?\d{1,3}|PLT)\s*\/(.+)$/.exec(text);
  // The columns are three for the class and three at least for the subclass; a source that trims loses the first.
  const columns = /^(?=\s*(?:D?\d|PLT))(.{3})(.+)$/.exec(text.padStart(6));
  const cut = stroke ?? (/^(?:\d{1,3}|D\d{1,2}|PLT)$/.test(columns?.[1]?.trim() ?? '') ? columns : null);
  const subclass = cut?.[2] === undefined ? undefined : uspcRange(cut[2]);
  if (!cut?.[1] || subclass === undefined) return undefined;
  const klass = cut[1].trim();
  return { scheme: 'USPC', symbol: `${klass}/${subclass}`, class: klass, subclass };
}
