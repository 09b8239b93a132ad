import { type LegalEvent, type Party, QuanlianError, type Related } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { typeOfUsNumber, usGrantKind } from '../common/us-kinds.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';
import { jsonTree } from '../xml/build.js';
import { child, children, every, value, type XmlElement } from '../xml/tree.js';

const leftOut: LeftOutRules = [];

/**
 * The USPTO Open Data Portal's file wrappers: bibliography, continuity, transactions and assignments of an
 * application. They join the patent, else the publication; an application with neither has nothing to join.
 */
export const usptoOdp: XmlReader = { format: 'uspto-odp', roots: ['#uspto-odp'], leftOut, parse, read };

function parse(text: string): XmlElement {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new QuanlianError(
      'record.malformed',
      `The record is not JSON: ${cause instanceof Error ? cause.message : ''}.`,
      { cause },
    );
  }
  const [root] = jsonTree('wrapper', json);
  if (!root) throw new QuanlianError('record.malformed', 'The record is empty.');
  return root;
}

function read(root: XmlElement): Draft {
  const meta = child(root, 'applicationMetaData');
  const text = (name: string): string | undefined => value(child(meta, name));
  const patent = text('patentNumber');
  const earlier = text('earliestPublicationNumber');
  const publication = /^US(\d{4})(\d{7})([A-Z]\d)$/.exec(earlier ?? '');
  if (!patent && !publication) {
    throw new QuanlianError(
      'record.no_number',
      `The file wrapper ${value(child(root, 'applicationNumberText')) ?? 'without application number'} names no patent and no publication; load the answer that holds applicationMetaData, once the application is published.`,
    );
  }
  const type = typeOf(text('applicationTypeCode'), patent);
  const canonical = patent
    ? canonicalPublication('US', patent, usGrantKind(type, earlier !== undefined, isoDate(text('grantDate'))))
    : canonicalPublication('US', `${publication?.[1]}${publication?.[2]}`, publication?.[3]);
  const granted = isoDate(text('grantDate'));
  const published = isoDate(text('earliestPublicationDate'));
  const application = value(child(root, 'applicationNumberText'));
  const status = child(meta, 'applicationStatusDescriptionText');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date: patent ? granted : published,
    type,
    lang: 'en',
    application: application
      ? documentNumber({ office: 'US', number: application, date: text('filingDate')?.replace(/-/g, '') })
      : undefined,
    priorities: children(root, 'foreignPriorityBag').flatMap((one) => {
      const number = value(child(one, 'applicationNumberText'));
      return number
        ? [
            documentNumber({
              office: officeOf(value(child(one, 'ipOfficeName'))),
              number,
              date: value(child(one, 'filingDate'))?.replace(/-/g, ''),
            }),
          ]
        : [];
    }),
    related: [...related(root), ...(patent && publication ? [publicationRelation(publication, published)] : [])],
    termAdjustmentDays: days(value(child(child(root, 'patentTermAdjustmentData'), 'adjustmentTotalQuantity'))),
    titles: compact({ en: text('inventionTitle') }) as Record<string, string>,
    applicants: children(meta, 'applicantBag').flatMap((one) => partyOf(one, 'applicantNameText')),
    inventors: children(meta, 'inventorBag').flatMap((one) => partyOf(one, 'inventorNameText')),
    examiners: examiner(text('examinerNameText')),
    classifications: children(meta, 'cpcClassificationBag').flatMap((one) => {
      const raw = value(one);
      return raw ? [{ scheme: 'CPC', symbol: groupSymbol(raw) ?? raw }] : [];
    }),
    events: [
      ...children(root, 'eventDataBag').map(event),
      ...statusEvent(value(status), isoDate(text('applicationStatusDate'))),
    ],
    extra: compact({
      artUnit: text('groupArtUnitNumber'),
      assignments: children(root, 'assignmentBag').map(assignment),
      ...otherData(root, leftOut),
    }),
  };
  return {
    document: compact(document),
    sourceDate: isoDate(value(child(root, 'lastIngestionDateTime'))?.slice(0, 10)),
  };
}

const typeOf = (code: string | undefined, patent: string | undefined): string =>
  typeOfUsNumber(patent) ?? { DSN: 'design', PLT: 'plant', REI: 'reissue' }[code ?? ''] ?? 'invention';

function publicationRelation(match: RegExpExecArray, date: string | undefined): Related {
  const number = `${match[1]}${match[2]}`;
  return compact({
    relation: 'related-publication',
    id: publicationIdOf('US', number, match[3]),
    document: documentNumber({ office: 'US', number, kind: match[3], date: date?.replace(/-/g, '') }),
  });
}

function related(root: XmlElement): Related[] {
  const relations: Readonly<Record<string, string>> = {
    CON: 'continuation',
    CIP: 'continuation-in-part',
    DIV: 'division',
    PRO: 'us-provisional-application',
    NST: 'a-371-of-international',
    REI: 'reissue',
  };
  const own = value(child(root, 'applicationNumberText'));
  return children(root, 'parentContinuityBag').flatMap((one) => {
    const childNumber = value(child(one, 'childApplicationNumberText'));
    const number = value(child(one, 'parentApplicationNumberText'));
    const patent = value(child(one, 'parentPatentNumber'));
    const code = value(child(one, 'claimParentageTypeCode')) ?? '';
    const relation = relations[code] ?? code.toLowerCase();
    const step =
      own === undefined || childNumber === undefined || childNumber === own
        ? relation
        : `${relation} of ${childNumber}`;
    return number
      ? [
          compact({
            relation: step,
            id: patent ? publicationIdOf('US', patent) : undefined,
            document: documentNumber({
              office: 'US',
              number,
              date: value(child(one, 'parentApplicationFilingDate'))?.replace(/-/g, ''),
            }),
          }),
        ]
      : [];
  });
}

function days(text: string | undefined): number | undefined {
  const found = Number.parseInt(text ?? '', 10);
  return Number.isNaN(found) ? undefined : found;
}

const OFFICES: Readonly<Record<string, string>> = {
  JAPAN: 'JP',
  CHINA: 'CN',
  GERMANY: 'DE',
  'REPUBLIC OF KOREA': 'KR',
  FRANCE: 'FR',
  'UNITED KINGDOM': 'GB',
  TAIWAN: 'TW',
};

function officeOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (OFFICES[name.toUpperCase()] ?? name);
}

function partyOf(one: XmlElement, name: string): Party[] {
  const address = children(one, 'correspondenceAddressBag')[0];
  const found = party({
    name: value(child(one, name)),
    country: value(child(address, 'countryCode')),
    region: value(child(address, 'geographicRegionCode')),
    city: value(child(address, 'cityName')),
  });
  return found ? [found] : [];
}

/** `DOVE, TRACY MAE`: surname first. */
function examiner(text: string | undefined): Party[] {
  const [last, first] = (text ?? '').split(/,\s*/);
  const name = joined(' ', first, last);
  return name ? [{ name, role: 'primary' }] : [];
}

function event(one: XmlElement): LegalEvent {
  return compact({
    office: 'US',
    code: value(child(one, 'eventCode')) ?? '',
    date: isoDate(value(child(one, 'eventDate'))),
    text: value(child(one, 'eventDescriptionText')),
  });
}

function statusEvent(text: string | undefined, date: string | undefined): LegalEvent[] {
  return text ? [compact({ office: 'US', code: 'status', date, text })] : [];
}

function assignment(one: XmlElement): Record<string, unknown> {
  return compact({
    reelFrame: value(child(one, 'reelAndFrameNumber')),
    conveyance: value(child(one, 'conveyanceText')),
    recorded: isoDate(value(child(one, 'assignmentRecordedDate'))),
    from: children(one, 'assignorBag').map((each) =>
      compact({ name: value(child(each, 'assignorName')), executed: isoDate(value(child(each, 'executionDate'))) }),
    ),
    to: every(one, 'assigneeBag/assigneeNameText').flatMap((each) => value(each) ?? []),
  });
}
