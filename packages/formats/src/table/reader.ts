import { type Citation, type Classification, type DocumentNumber, type Party, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { dependsOnFromText } from '../common/depends.js';
import { typeOfKind } from '../common/kinds.js';
import type { Draft, XmlReader } from '../common/reader.js';
import { restRow } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { element, jsonTree } from '../xml/build.js';
import { children, takeRaw, type XmlElement } from '../xml/tree.js';
import { csvCells } from './csv.js';
import { type TableField, type TableMapping, TableMappingSchema } from './mapping.js';

/** Rows of any table, CSV or JSON Lines, by a mapping file that says what its columns mean. */
export const table: XmlReader = { format: 'table', roots: ['#table'], leftOut: [], parse: parseRow, read: readRow };

function parseRow(text: string, context: Readonly<Record<string, string>>): XmlElement {
  if (context['header'] === undefined) return element('row', ...jsonCells(text));
  const delimiter = context['delimiter'] ?? ',';
  const names = csvCells(context['header'], delimiter);
  const cells = csvCells(text.replace(/\r?\n$/, ''), delimiter);
  // Programs end lines with delimiters of empty cells.
  while (cells.length > names.length && cells.at(-1)?.trim() === '') cells.pop();
  if (cells.length > names.length) {
    throw new QuanlianError(
      'record.malformed',
      `The row has ${cells.length} cells, the first line names ${names.length} columns.`,
    );
  }
  const filled = cells.flatMap((cell, index) =>
    cell.trim() === '' ? [] : [element(names[index]?.trim() || `column ${index + 1}`, cell)],
  );
  return element('row', ...filled);
}

function jsonCells(text: string): XmlElement[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is not an object');
    return Object.entries(value).flatMap(([key, one]) => jsonTree(key, one));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new QuanlianError('record.malformed', `The row is not a JSON object: ${why}.`, { cause });
  }
}

function readRow(root: XmlElement, context: Readonly<Record<string, string>>): Draft {
  const mapping = TableMappingSchema.parse(JSON.parse(context['mapping'] ?? '{}'));
  const list = (field: TableField): string[] => valuesOf(root, mapping, field);
  const one = (field: TableField): string | undefined => list(field)[0];
  const canonical = publicationOf(one, mapping);
  const day = (field: TableField): string | undefined => dateOf(one(field), mapping.dates);
  const application = one('application');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date: day('date'),
    type: typeOfKind(canonical.office, canonical.kind),
    lang: mapping.lang === 'und' ? undefined : mapping.lang,
    familyId: one('family'),
    application: application ? applicationOf(application, canonical.office, day('applicationDate')) : undefined,
    titles: compact({ [mapping.lang]: one('title') }) as Record<string, string>,
    abstracts: compact({ [mapping.lang]: one('abstract') }) as Record<string, string>,
    applicants: list('applicants').map(named),
    inventors: list('inventors').map(named),
    assignees: list('assignees').map(named),
    proprietors: list('proprietors').map((text) => named(text.replace(OWNER_SINCE, ''))),
    agents: list('agents').map(named),
    priorities: list('priorities').map(priority),
    classifications: [
      ...list('ipc').map((text) => classOf('IPC', text)),
      ...list('cpc').map((text) => classOf('CPC', text)),
      ...list('uspc').map((symbol) => ({ scheme: 'USPC', symbol })),
    ],
    citations: [
      ...list('citations').map((text): Citation => {
        const parts = split(text);
        return parts ? { id: publicationIdOf(parts.office, parts.number, parts.kind) } : { npl: text };
      }),
      ...list('literature').map((npl): Citation => ({ npl })),
    ],
    claims: list('claims').map((text, index) => ({
      lang: mapping.lang,
      number: index + 1,
      text: text.replace(/^\d{1,4}\s*[.．、)]\s*/, ''),
      dependsOn: dependsOnFromText(mapping.lang, index + 1, text),
    })),
    description: list('description').map((text) => ({ lang: mapping.lang, text })),
    extra: compact({ ...restRow(root), ownersSince: ownersSince(list('proprietors')) }),
  };
  return { document: compact(document), sourceDate: day('date') };
}

/** The day behind the name of an owner in exports of The Lens: `C CO (2020-03-01)`. */
const OWNER_SINCE = /\s*\((\d{4}-\d{2}-\d{2})\)$/;

/** The days since when owners are owners, by their names. */
function ownersSince(owners: readonly string[]): Record<string, string> | undefined {
  const days = owners.flatMap((text) => {
    const day = OWNER_SINCE.exec(text)?.[1];
    return day === undefined ? [] : [[text.replace(OWNER_SINCE, ''), day] as const];
  });
  return days.length > 0 ? Object.fromEntries(days) : undefined;
}

function valuesOf(root: XmlElement, mapping: TableMapping, field: TableField): string[] {
  const given = mapping.fields[field];
  if (given === undefined) return [];
  const { column, split: separator } = typeof given === 'string' ? { column: given, split: undefined } : given;
  return children(root, column).flatMap((cell) => {
    const text = takeRaw(cell);
    const parts = separator === undefined ? [text] : text.split(separator);
    return parts.flatMap((part) => (part.trim() === '' ? [] : [part.replace(/\s+/g, ' ').trim()]));
  });
}

function publicationOf(one: (field: TableField) => string | undefined, mapping: TableMapping) {
  const whole = one('publication');
  const parts = whole === undefined ? undefined : split(whole, mapping.office);
  if (parts) return canonicalPublication(parts.office, parts.number, parts.kind ?? one('kind'));
  const office = one('office') ?? mapping.office;
  const number = one('number');
  if (office === undefined || number === undefined) {
    const what =
      whole === undefined
        ? 'has no number of a publication'
        : `has "${whole.slice(0, 60)}" where a publication number should stand`;
    throw new QuanlianError('record.no_number', `The row ${what}.`);
  }
  return canonicalPublication(office, number, one('kind'));
}

/** Office, number and kind out of one text; undefined when it has not that form. */
function split(
  text: string,
  office?: string,
): { office: string; number: string; kind: string | undefined } | undefined {
  const match = /^([A-Z]{2})?\s*([A-Z]{0,2}\d[\d\s/.,-]*\d)\s*([A-Z]\d?)?$/.exec(text.trim().toUpperCase());
  const own = match?.[1] ?? office;
  if (!match?.[2] || own === undefined) return undefined;
  return { office: own, number: match[2].replace(/[^0-9A-Z]/g, ''), kind: match[3] };
}

function dateOf(text: string | undefined, order: TableMapping['dates']): string | undefined {
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(text ?? '');
  if (!parts) return isoDate(text?.slice(0, 10));
  const [, a = '', b = '', c = ''] = parts;
  const [year, month, date] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  // Two figures of a year are of this century up to next year, else of the last one.
  const full = year.length === 2 ? `${Number(year) <= (new Date().getFullYear() + 1) % 100 ? 20 : 19}${year}` : year;
  return isoDate(`${full}${month.padStart(2, '0')}${date.padStart(2, '0')}`);
}

/** `US 62/123,456`, `US 201462123456 P 20140213`, `CN201410123456.7`: an office and a number, with a kind where it has one. */
function priority(text: string): DocumentNumber {
  const match = /^([A-Z]{2})\s*([\d\s/.,-]*\d[\d\s/.,-]*)([A-Z]\d?)?\s*(?:([12]\d{3})-?([01]\d)-?([0-3]\d)|$)/.exec(
    text.trim().toUpperCase(),
  );
  if (!match) return { original: text };
  const number = match[2]?.trim() ?? '';
  return documentNumber({
    office: match[1],
    number,
    kind: match[3],
    date: match[4] === undefined ? undefined : `${match[4]}-${match[5]}-${match[6]}`,
    original: /[^0-9A-Z]/.test(number) ? text : undefined,
  });
}

/** An application number without its office and, of Chinese ones, without the check digit behind the dot. */
function applicationOf(text: string, office: string, date: string | undefined): DocumentNumber {
  const whole = text.replace(new RegExp(`^(?:${office}|ZL)\\s*`, 'i'), '');
  // A letter behind a blank is the kind of the filing, as The Lens writes it.
  const [, number = whole, kind] = /^(.*\d)\s+([A-Z])$/.exec(whole) ?? [];
  const bare = office === 'CN' ? number.replace(/\.[0-9X]$/i, '') : number;
  return documentNumber({ office, number: bare, kind, date, original: bare === text ? undefined : text });
}

function named(name: string): Party {
  return { name };
}

/** `H01M 10/40`, or with the edition and level behind it as `H01M10/40(2006.01)I`. */
function classOf(scheme: string, text: string): Classification {
  const match = /^([A-HY]\d{2}[A-Z][\d\s/]*)\((\d{4})\.(\d{2})\)\s*([AINC])?/.exec(text);
  const symbol = match?.[1] && groupSymbol(match[1].trim());
  if (symbol) return compact({ scheme, symbol, value: match[4], version: `${match[2]}-${match[3]}-01` });
  return { scheme, symbol: groupSymbol(text) ?? text };
}
