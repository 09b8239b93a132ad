import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import {
  createCollector,
  descriptionParts,
  figures,
  imageCounts,
  readClaims,
  type TextCollector,
} from '../common/blocks.js';
import { lookUp } from '../common/look-up.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { compact, isoDate } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, attribute, child, children, descendants, every, value, type XmlElement } from '../xml/tree.js';
import { readCitations } from './citations.js';
import { botanic, filingType, readClassifications } from './classifications.js';
import { documentId, numberOf } from './numbers.js';
import { readParties } from './parties.js';
import { readPct, readPriorities, readRelated } from './related.js';

const CLASS_WORK = 'processing data of a classification (level, status, source, office and date of the decision)';

const leftOut: LeftOutRules = [
  ['**/classification-level', CLASS_WORK],
  ['**/classification-status', CLASS_WORK],
  ['**/classification-data-source', CLASS_WORK],
  ['**/scheme-origination-code', CLASS_WORK],
  ['**/generating-office/country', CLASS_WORK],
  ['**/action-date/date', CLASS_WORK],
  ['**/classification-national/additional-info', 'says only that the class is a range or plain text'],
  ['*/us-chemistry', 'names the drawing-program files of a structure whose image is in the text'],
  ['**/colspec', 'layout of a table'],
];

/** US grants and applications in the Red Book XML ("ICE") v4.0 to 4.7, of every type. */
export const usIce: XmlReader = {
  format: 'us-ice',
  roots: ['us-patent-grant', 'us-patent-application'],
  // Sequence listings stand among the paragraphs, and in weekly files by themselves.
  inner: ['sequence-cwu'],
  leftOut,
  read: readUsIce,
};

/** Blocks that are read to their ends; what is unknown inside them is named by the account of the record. */
const READ_WHOLE: ReadonlySet<string> = new Set(['description', 'claims', 'abstract']);

function readUsIce(root: XmlElement): Draft {
  const biblio = child(root, 'us-bibliographic-data-grant') ?? child(root, 'us-bibliographic-data-application');
  const publication = documentId(at(biblio, 'publication-reference/document-id'));
  if (!biblio || !publication.office || !publication.number) {
    throw new QuanlianError('record.no_number', 'The record has no publication-reference with a country and a number.');
  }
  const lang = (attribute(root, 'lang') ?? 'en').toLowerCase();
  const canonical = canonicalPublication(publication.office, publication.number, publication.kind);
  const collector = createCollector();
  const { fields: parties, extra: partyExtra } = readParties(biblio);
  const { extra: classExtra, ...classes } = readClassifications(biblio);
  const { extra: citationExtra, ...cited } = readCitations(biblio, collector);
  const { extra: relatedExtra, ...related } = readRelated(biblio);
  const { extra: pctExtra, pct } = readPct(biblio);
  const text = readText(root, biblio, lang, collector);
  const document = compact({
    id: publicationId(canonical),
    ...canonical,
    date: publication.date,
    type: documentType(biblio, publication.number, publication.kind),
    lang,
    application: numberOf(at(biblio, 'application-reference/document-id')),
    priorities: readPriorities(biblio),
    ...related,
    pct,
    termAdjustmentDays: termAdjustment(biblio),
    ...parties,
    ...classes,
    ...cited,
    ...text,
    extra: {
      ...readExtra(root, biblio),
      ...partyExtra,
      ...classExtra,
      ...citationExtra,
      ...relatedExtra,
      ...pctExtra,
      ...compact({ images: imageCounts(collector.images) }),
      ...otherData(root, leftOut, READ_WHOLE),
    },
  });
  const sourceDate = isoDate(attribute(root, 'date-produced')) ?? isoDate(attribute(root, 'date-publ'));
  return { document, sourceDate };
}

type TextFields = Pick<PatentDocument, 'titles' | 'abstracts' | 'claims' | 'description' | 'figures'>;

function readText(root: XmlElement, biblio: XmlElement, lang: string, collector: TextCollector): TextFields {
  const title = child(biblio, 'invention-title');
  const abstracts = children(root, 'abstract').map((one) => renderText(one, collector));
  const claims = children(root, 'claims').flatMap((one) =>
    readClaims(one, { lang, claim: 'claim', reference: 'claim-ref' }, collector),
  );
  // What is too long to print is told in a paragraph behind the description.
  const description = children(root, 'description', 'us-sequence-list-doc', 'us-megatable-doc').flatMap((one) =>
    descriptionParts(one, lang, collector),
  );
  const formulas = every(root, 'us-math/img').flatMap((one) => attribute(one, 'file') ?? []);
  const known = new Set(collector.images.map(({ file }) => file));
  return {
    titles: compact({ [lang]: title && renderText(title, collector) }) as Record<string, string>,
    abstracts: compact({ [lang]: abstracts.join('\n') }),
    claims,
    description,
    figures: figures(every(root, 'drawings/figure'), [
      ...collector.images,
      ...formulas.filter((file) => !known.has(file)).map((file) => ({ file, use: 'formula' as const })),
    ]),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  utility: 'invention',
  design: 'design',
  plant: 'plant',
  reissue: 'reissue',
  sir: 'sir',
  'statutory-invention-registration': 'sir',
};

function documentType(biblio: XmlElement, number: string, kind: string | undefined): string {
  if (child(biblio, 'us-sir-flag') || kind?.startsWith('H') || number.startsWith('H')) return 'sir';
  const given =
    attribute(child(biblio, 'application-reference'), 'appl-type')?.toLowerCase().replace(/\s+/g, '-') ?? 'utility';
  return lookUp(TYPES, given) ?? given;
}

function termAdjustment(biblio: XmlElement): number | undefined {
  const days = Number.parseInt(value(biblio, 'us-term-of-grant/us-term-extension') ?? '', 10);
  return Number.isNaN(days) ? undefined : days;
}

function readExtra(root: XmlElement, biblio: XmlElement): Record<string, unknown> {
  const count = (path: string): number | undefined => {
    const number = Number.parseInt(value(biblio, path) ?? '', 10);
    return Number.isNaN(number) ? undefined : number;
  };
  const sequences = [...children(root, 'us-sequence-list-doc'), ...descendants(root, 'sequence-list')];
  return compact({
    seriesCode: value(biblio, 'us-application-series-code'),
    numberOfClaims: count('number-of-claims'),
    exemplaryClaims: children(biblio, 'us-exemplary-claim').flatMap((one) => value(one) ?? []),
    drawingSheets: count('figures/number-of-drawing-sheets'),
    numberOfFigures: count('figures/number-of-figures'),
    termYears: count('us-term-of-grant/length-of-grant'),
    terminalDisclaimer:
      value(biblio, 'us-term-of-grant/disclaimer/text') ?? value(biblio, 'us-term-of-grant/disclaimer'),
    termText: value(biblio, 'us-term-of-grant/text'),
    rule47: child(biblio, 'rule-47-flag') ? true : undefined,
    sirText: attribute(child(biblio, 'us-sir-flag'), 'sir-text'),
    botanic: botanic(biblio),
    filingType: filingType(biblio),
    claimStatement: value(root, 'us-claim-statement'),
    lengthyTables: every(root, 'us-megatable-doc/table-external-doc').flatMap((one) => attribute(one, 'file') ?? []),
    sequenceLists: sequences.flatMap((one) => attribute(one, 'file') ?? []),
    hague: hague(child(biblio, 'hague-agreement-data')),
  });
}

/** Number and days of an international registration of designs, by the office's names in camel case. */
function hague(data: XmlElement | undefined): Record<string, string> | undefined {
  const entries = (data ? children(data) : []).flatMap((one) => {
    const said = isoDate(value(one, 'date')) ?? value(one);
    return said === undefined ? [] : [[one.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()), said]];
  });
  return entries.length > 0 ? (Object.fromEntries(entries) as Record<string, string>) : undefined;
}
