import type { Classification } from '@quanlian/contract';
import { compact, isoDate } from './values.js';

const GROUP = /^([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})\s*\/\s*(\d{2,6})/;

/** `H01M  10/0525` as printed: one blank before the main group, no padding. Undefined when it is no such symbol. */
export function groupSymbol(text: string): string | undefined {
  const match = GROUP.exec(text.trim().toUpperCase());
  if (match) return `${match[1]} ${match[2]}/${match[3]}`;
  const bare = /^([A-HY]\d{2}[A-Z])$/.exec(text.trim().toUpperCase());
  return bare?.[1];
}

/** A symbol from the parts of an XML element. */
export function symbolFromParts(parts: {
  section?: string | undefined;
  class?: string | undefined;
  subclass?: string | undefined;
  group?: string | undefined;
  subgroup?: string | undefined;
}): string | undefined {
  const subclass = `${parts.section ?? ''}${parts.class ?? ''}${parts.subclass ?? ''}`.toUpperCase();
  if (subclass === '') return undefined;
  if (!parts.group) return subclass;
  return `${subclass} ${parts.group.replace(/^0+(?=\d)/, '')}${parts.subgroup ? `/${parts.subgroup}` : ''}`;
}

/**
 * A classification in the 50 characters of WIPO ST.8: symbol 1-15, version 20-27, level 28, position 29,
 * value 30, action date 31-38, status 39, source 40, office 41-42. Shorter and spaced forms are read as far as they go.
 */
export function st8(scheme: string, text: string): Classification | undefined {
  const symbol = groupSymbol(text);
  if (symbol === undefined) return undefined;
  const version = isoDate(/^\d{8}/.exec(text.slice(19, 27))?.[0]) ?? versionInWords(text);
  const position = /[FL]/.exec(text.slice(28, 29))?.[0];
  const valueLetter = /[INA]/.exec(text.slice(29, 30))?.[0] ?? /\b([INA])\s*$/.exec(text.slice(15))?.[1];
  return compact({ scheme, symbol, position, value: valueLetter, version });
}

/** `(2006.01)` as an edition is printed. */
function versionInWords(text: string): string | undefined {
  const match = /\b((?:19|20)\d{2})\.(\d{2})\b/.exec(text);
  return match ? `${match[1]}-${match[2]}-01` : undefined;
}

/**
 * An IPC symbol of the first seven editions as US and EP data write it: `A45F  504`, `A61B005/00`,
 * ` 7A 61K   9/16   A`. The main group takes three places, the subgroup the rest.
 */
export function oldIpcSymbol(text: string): string | undefined {
  const plain = text
    .trim()
    .toUpperCase()
    .replace(/^\d(?=[A-H])/, '');
  const match = /^([A-H])\s?(\d{2})\s?([A-Z])\s*(.*)$/.exec(plain);
  if (!match) return undefined;
  const subclass = `${match[1]}${match[2]}${match[3]}`;
  const rest = match[4] ?? '';
  const slashed = /^0*(\d{1,4})\s*[/:]\s*(\d{2,6})/.exec(rest);
  if (slashed) return `${subclass} ${slashed[1]}/${slashed[2]}`;
  // Without a slash the place of the main group decides: three characters after the subclass.
  const columns = /^[A-H]\d{2}[A-Z]([ \d]{3})(\d{1,6})/.exec(plain);
  if (columns?.[1] && columns[2]) {
    const digits = `${columns[1]}${columns[2]}`.trim();
    // A subgroup has two digits at least: where one is left, blanks before the group were lost.
    const cut = columns[2].length < 2 ? digits.length - 2 : columns[1].trim().length;
    return `${subclass} ${digits.slice(0, cut).replace(/^0+(?=\d)/, '')}/${digits.slice(cut)}`;
  }
  return subclass;
}

/**
 * A class of the former US classification: three places of class, then the subclass whose digits after the
 * third are decimals: `34053912` is 340/539.12, `D 2896` is D2/896. Words and ranges stay as they are.
 */
export function uspcSymbol(text: string): string {
  // Applications pad everything: three places of class, three of subclass, three of decimals.
  const columns = /^(\d{3}|[A-Z]\d{2})(\d{3})(\d{3})$/.exec(text.trim().toUpperCase());
  if (columns?.[1] && columns[2]) {
    const tail = columns[3]?.replace(/0+$/, '');
    return `${columns[1].replace(/^0+(?=\d)/, '')}/${Number(columns[2])}${tail ? `.${tail}` : ''}`;
  }
  const padded = text.toUpperCase();
  const match = /^([D ]?[ \d]{2,3}|PLT|[A-Z]\d{2})([ \dA-Z]{1,3})(\d{0,3}[A-Z]{0,2})$/.exec(padded.trimEnd());
  if (!match || padded.length < 4) return text.trim().replace(/\s+/g, ' ');
  const main = padded
    .slice(0, 3)
    .replace(/\s+/g, '')
    .replace(/^0+(?=\d)/, '');
  const tail = padded.slice(3).trimEnd();
  const subclass = tail.slice(0, 3).trim();
  const decimals = tail.slice(3);
  return `${main}/${subclass}${decimals ? `.${decimals}` : ''}`;
}
