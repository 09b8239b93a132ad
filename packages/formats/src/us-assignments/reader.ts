import { QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { partsOf, type Raw, rest, textOf } from '../common/json-values.js';
import type { Draft, JsonReader } from '../common/reader.js';
import { typeOfUsNumber, usGrantKind } from '../common/us-kinds.js';
import { compact, documentNumber, isoDate, joined } from '../common/values.js';

/**
 * Conveyances as the USPTO records them by reel and frame, one line for a conveyance of one property. Each is a source
 * of its own, so that two conveyances of a patent stand side by side.
 */
export const usAssignments: JsonReader = {
  format: 'us-assignments',
  recognizes: (record) => 'reelNumber' in record && 'frameNumber' in record && Array.isArray(record['properties']),
  read: readConveyance,
};

const KNOWN = ['reelNumber', 'frameNumber', 'conveyance', 'assignors', 'assignees', 'properties'];
const KNOWN_OF_PROPERTY = [
  'applicationNumber',
  'fillingDate',
  'filingDate',
  'inventionTitle',
  'issueDate',
  'patentNumber',
  'publicationNumber',
  'publicationDate',
];

function readConveyance(record: Raw): Draft {
  const place = joined('/', textOf(record, 'reelNumber'), textOf(record, 'frameNumber')) ?? '';
  const properties = partsOf(record, 'properties');
  const [property, second] = properties;
  if (second !== undefined) {
    throw new QuanlianError(
      'record.invalid',
      `The conveyance ${place} names ${properties.length} properties; write a line for each.`,
    );
  }
  const text = (name: string): string | undefined => (property ? textOf(property, name) : undefined);
  const day = (name: string): string | undefined => american(text(name));
  const [patent, early] = [text('patentNumber'), text('publicationNumber')];
  if (!patent && !early) {
    const application = text('applicationNumber');
    throw new QuanlianError(
      'record.no_number',
      `The conveyance ${place} is of ${application ? `the application ${application}` : 'an application without number'}, which names no patent and no publication; load it once the application is published.`,
    );
  }
  const type = typeOfUsNumber(patent) ?? 'invention';
  const number = patent
    ? canonicalPublication('US', patent, usGrantKind(type, early !== undefined, day('issueDate')))
    : canonicalPublication('US', early ?? '');
  const document = {
    id: publicationId(number),
    ...number,
    date: patent ? day('issueDate') : day('publicationDate'),
    type: typeOfUsNumber(patent),
    lang: 'en',
    application: documentNumber({
      office: 'US',
      number: text('applicationNumber'),
      date: day('filingDate') ?? day('fillingDate'),
    }),
    titles: compact({ en: text('inventionTitle') }) as Record<string, string>,
    extra: compact({
      assignments: [conveyance(record, place)],
      conveyances: compact({
        [place]: { ...rest(record, KNOWN), ...rest(property ?? {}, KNOWN_OF_PROPERTY) },
      }),
    }),
  };
  return { document: compact(document), part: `us-assignments:${place}` };
}

/** `05/15/1986`. */
function american(text: string | undefined): string | undefined {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text ?? '') ?? [];
  return isoDate(year === undefined ? undefined : `${year}-${month}-${day}`);
}

/**
 * In the form in which file wrappers bring theirs. The source names no day of the recording: a conveyance counts from
 * the last day on which one of its assignors signed.
 */
function conveyance(record: Raw, reelFrame: string): Record<string, unknown> {
  const from = partsOf(record, 'assignors').map((one) =>
    compact({ name: textOf(one, 'assignorName'), executed: american(textOf(one, 'executionDate')) }),
  );
  const { assignees } = record;
  const signed = [american(textOf(record, 'assignorExecutionDate')), ...from.map(({ executed }) => executed)];
  return compact({
    reelFrame,
    conveyance: textOf(record, 'conveyance'),
    recorded: american(textOf(record, 'recordedDate')),
    executed: signed
      .filter((day) => day !== undefined)
      .sort()
      .at(-1),
    from,
    to: (Array.isArray(assignees) ? assignees : []).filter((name): name is string => typeof name === 'string'),
  });
}
