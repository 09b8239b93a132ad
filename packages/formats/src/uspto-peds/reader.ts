import { type LegalEvent, type Party, QuanlianError, type Related } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { partsOf, type Raw, rest, textOf } from '../common/json-values.js';
import type { Draft, JsonReader } from '../common/reader.js';
import { typeOfUsNumber, usGrantKind } from '../common/us-kinds.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';

/**
 * File wrappers in the form of the USPTO's former Patent Examination Data System: objects of its `docs`, alone on a
 * line or in an answer. Like the wrappers of the portal they join the patent, else the publication.
 */
export const usptoPeds: JsonReader = {
  format: 'uspto-peds',
  recognizes: (record) => typeof record['applId'] === 'string' && typeof record['appFilingDate'] === 'string',
  read: readWrapper,
};

const KNOWN = [
  'applId',
  'appFilingDate',
  'appType',
  'appStatus',
  'appStatusDate',
  'patentNumber',
  'patentIssueDate',
  'patentTitle',
  'appEarlyPubNumber',
  'appEarlyPubDate',
  'totalPtoDays',
  'lastUpdatedTimestamp',
  'appExamName',
  'appGrpArtNumber',
  'applicants',
  'inventors',
  'transactions',
  'assignments',
  'parentContinuity',
  'foreignPriority',
];

function readWrapper(record: Raw): Draft {
  const text = (name: string): string | undefined => textOf(record, name);
  const day = (name: string): string | undefined => isoDate(text(name)?.slice(0, 10));
  const patent = text('patentNumber');
  const early = /^US(\d{11})([A-Z]\d)$/.exec(text('appEarlyPubNumber') ?? '');
  if (!patent && !early) {
    throw new QuanlianError(
      'record.no_number',
      `The file wrapper ${text('applId') ?? 'without application number'} names no patent and no publication; load it once the application is published.`,
    );
  }
  const type = typeOf(text('appType'), patent);
  const granted = day('patentIssueDate');
  const number = patent
    ? canonicalPublication('US', patent, usGrantKind(type, early !== null, granted))
    : canonicalPublication('US', early?.[1] ?? '', early?.[2]);
  const document = {
    id: publicationId(number),
    ...number,
    date: patent ? granted : day('appEarlyPubDate'),
    type,
    lang: 'en',
    application: documentNumber({ office: 'US', number: text('applId'), date: day('appFilingDate') }),
    priorities: partsOf(record, 'foreignPriority').map((one) =>
      documentNumber({
        office: officeOf(textOf(one, 'countryName')),
        number: textOf(one, 'priorityClaim'),
        date: american(textOf(one, 'filingDate')),
      }),
    ),
    related: [
      ...parents(record, text('applId')),
      ...(patent && early ? [publication(early, day('appEarlyPubDate'))] : []),
    ],
    termAdjustmentDays: days(text('totalPtoDays')),
    titles: compact({ en: text('patentTitle') }) as Record<string, string>,
    applicants: partsOf(record, 'applicants').flatMap(partyOf),
    inventors: partsOf(record, 'inventors').flatMap(partyOf),
    examiners: examiner(text('appExamName')),
    events: [...partsOf(record, 'transactions').map(event), ...statusEvent(text('appStatus'), day('appStatusDate'))],
    extra: compact({
      artUnit: text('appGrpArtNumber'),
      assignments: partsOf(record, 'assignments').map(assignment),
      other: rest(record, KNOWN),
    }),
  };
  return { document: compact(document), sourceDate: day('lastUpdatedTimestamp') };
}

const typeOf = (word: string | undefined, patent: string | undefined): string =>
  typeOfUsNumber(patent) ?? { 'Re-Issue': 'reissue', Design: 'design', Plant: 'plant' }[word ?? ''] ?? 'invention';

/** `10-31-1977`; where there is no date the source gives the first day of the first year. */
function american(text: string | undefined): string | undefined {
  const [, month, day, year] = /^(\d\d)-(\d\d)-(\d{4})$/.exec(text ?? '') ?? [];
  return year === undefined || year === '0001' ? undefined : `${year}-${month}-${day}`;
}

function days(text: string | undefined): number | undefined {
  const found = Number.parseInt(text ?? '', 10);
  return Number.isNaN(found) ? undefined : found;
}

const RELATIONS: readonly (readonly [RegExp, string])[] = [
  [/Provisional/i, 'us-provisional-application'],
  [/Continuation in part/i, 'continuation-in-part'],
  [/Continuation/i, 'continuation'],
  [/Division/i, 'division'],
  [/Reissue/i, 'reissue'],
  [/National Stage/i, 'a-371-of-international'],
];

/** Parents: its own, and those of its parents, named with the application they are parents of. */
function parents(record: Raw, own: string | undefined): Related[] {
  return partsOf(record, 'parentContinuity').flatMap((one) => {
    const number = textOf(one, 'claimApplicationNumberText');
    if (number === undefined) return [];
    const words = textOf(one, 'applicationStatusDescription') ?? '';
    const relation = RELATIONS.find(([pattern]) => pattern.test(words))?.[1] ?? 'related';
    const of = textOf(one, 'applicationNumberText');
    const patent = textOf(one, 'patentNumberText');
    return [
      compact({
        relation: of === undefined || of === own ? relation : `${relation} of ${of}`,
        id: patent ? publicationIdOf('US', patent) : undefined,
        document: documentNumber({ office: 'US', number, date: american(textOf(one, 'filingDate')) }),
      }),
    ];
  });
}

const publication = ([, number = '', kind]: RegExpExecArray, date: string | undefined): Related =>
  compact({
    relation: 'related-publication',
    id: publicationIdOf('US', number, kind),
    document: documentNumber({ office: 'US', number, kind, date }),
  });

const COUNTRIES: Readonly<Record<string, string>> = {
  JAPAN: 'JP',
  CHINA: 'CN',
  GERMANY: 'DE',
  'REPUBLIC OF KOREA': 'KR',
  'KOREA, REPUBLIC OF': 'KR',
  FRANCE: 'FR',
  'UNITED KINGDOM': 'GB',
  'UNITED STATES OF AMERICA': 'US',
  'EUROPEAN PATENT OFFICE (EPO)': 'EP',
  TAIWAN: 'TW',
};

const officeOf = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : (COUNTRIES[name.toUpperCase()] ?? name);

/** The first line is the surname or the first line of a firm's name; a place may end in a comma. */
function partyOf(one: Raw): Party[] {
  const [first, second] = [textOf(one, 'nameLineOne'), textOf(one, 'nameLineTwo')];
  const isFirm =
    second === undefined || /\b(CORP|INC|CO|LTD|LLC|COMPANY|CORPORATION|GMBH)\b/i.test(`${first} ${second}`);
  const found = party({
    name: isFirm ? joined(' ', first, second) : joined(' ', second, first, textOf(one, 'suffix')),
    country: /\(([A-Z]{2})\)/.exec(textOf(one, 'country') ?? '')?.[1],
    region: textOf(one, 'geoCode'),
    city: textOf(one, 'city')?.replace(/,\s*$/, ''),
  });
  return found ? [found] : [];
}

/** `LAZARUS, IRA S`: surname first; `NOT, DEFINED` is nobody. */
function examiner(text: string | undefined): Party[] {
  const [last, first] = (text ?? '').split(/,\s*/);
  const name = joined(' ', first, last);
  return name && name !== 'DEFINED NOT' ? [{ name, role: 'primary' }] : [];
}

const event = (one: Raw): LegalEvent =>
  compact({
    office: 'US',
    code: textOf(one, 'code') ?? '',
    date: isoDate(textOf(one, 'recordDate')?.slice(0, 10)),
    text: textOf(one, 'description'),
  });

const statusEvent = (text: string | undefined, date: string | undefined): LegalEvent[] =>
  text ? [compact({ office: 'US', code: 'status', date, text })] : [];

/** A recorded conveyance, in the form in which the portal's file wrappers bring theirs. */
function assignment(one: Raw): Record<string, unknown> {
  const [reel, frame] = [textOf(one, 'reelNumber'), textOf(one, 'frameNumber')];
  return compact({
    reelFrame: joined('/', reel, frame),
    conveyance: textOf(one, 'converyanceName') ?? textOf(one, 'conveyanceName'),
    recorded: american(textOf(one, 'recordedDate')),
    from: partsOf(one, 'assignors').map((each) =>
      compact({ name: textOf(each, 'assignorName'), executed: american(textOf(each, 'execDate')) }),
    ),
    to: partsOf(one, 'assignee').flatMap((each) => textOf(each, 'assigneeName') ?? []),
  });
}
