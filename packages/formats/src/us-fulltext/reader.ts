import { type DescriptionPart, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, JsonReader } from '../common/reader.js';
import { compact, isoDate, party } from '../common/values.js';

/** Fields of a record that the document shape has a place for. */
const KNOWN = [
  'id',
  'number',
  'title',
  'abstract',
  'owner',
  'owner_city',
  'owner_country',
  'filing_date',
  'description',
  'description_start',
];

function isFulltext(record: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof record['number'] === 'string' &&
    typeof record['title'] === 'string' &&
    !('sources' in record) &&
    !('office' in record)
  );
}

const isStartOnly = (record: Readonly<Record<string, unknown>>): boolean =>
  'description_start' in record && !('description' in record);

/**
 * US patents as JSON Lines with title, abstract, owner, filing date and description, without kind and date of
 * publication.
 */
export const usFulltext: JsonReader = {
  format: 'us-fulltext',
  recognizes: (record) => isFulltext(record) && !isStartOnly(record),
  read: readFulltext,
};

/**
 * The same with `description_start`, the beginning of a description; `extra.descriptionTruncated` says so.
 * A source of its own, so that a beginning never takes the place of a whole description.
 */
export const usFulltextStart: JsonReader = {
  format: 'us-fulltext-start',
  recognizes: (record) => isFulltext(record) && isStartOnly(record),
  read: readFulltext,
};

function readFulltext(record: Readonly<Record<string, unknown>>): Draft {
  const text = (name: string): string | undefined => {
    const value = record[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const number = text('number');
  if (number === undefined) throw new QuanlianError('record.no_number', 'The record has no number.');
  const canonical = canonicalPublication('US', number);
  const beginning = text('description') === undefined ? text('description_start') : undefined;
  const id = text('id');
  const rest = Object.fromEntries(Object.entries(record).filter(([key]) => !KNOWN.includes(key)));
  const owner = party({ name: text('owner'), city: text('owner_city'), country: text('owner_country') });
  const filed = text('filing_date');
  const document = compact({
    id: publicationId(canonical),
    ...canonical,
    type: typeOfNumber(canonical.number),
    lang: 'en',
    application: compact({ office: 'US', date: isoDate(filed) }),
    titles: compact({ en: text('title') }) as Record<string, string>,
    abstracts: compact({ en: text('abstract') }) as Record<string, string>,
    assignees: owner ? [owner] : undefined,
    description: paragraphs(text('description') ?? beginning),
    extra: compact({
      ...rest,
      id: id === publicationId(canonical) ? undefined : id,
      filing_date: filed !== undefined && isoDate(filed) === undefined ? filed : undefined,
      owner_city: owner ? undefined : text('owner_city'),
      owner_country: owner ? undefined : text('owner_country'),
      descriptionTruncated: beginning === undefined ? undefined : true,
    }),
  });
  return { document };
}

function paragraphs(text: string | undefined): DescriptionPart[] {
  return (text ?? '').split(/\n\s*\n/).flatMap((paragraph) => {
    const trimmed = paragraph.trim();
    return trimmed === '' ? [] : [{ lang: 'en', text: trimmed }];
  });
}

/** The letters before a US number say what it is; numbers alone are utility patents. */
function typeOfNumber(number: string): string {
  const letters = /^[A-Z]*/.exec(number)?.[0] ?? '';
  return { D: 'design', PP: 'plant', RE: 'reissue', H: 'sir' }[letters] ?? 'invention';
}
