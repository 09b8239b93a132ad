import { QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import {
  createCollector,
  descriptionParts,
  figures,
  imageCounts,
  readClaims,
  type TextCollector,
} from '../common/blocks.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { bareAmpersand } from '../common/repairs.js';
import { compact, isoDate } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, attribute, child, children, every, value, type XmlElement } from '../xml/tree.js';
import {
  readClassifications,
  readCorrection,
  readExtra,
  readPct,
  readPriorities,
  readRelated,
  readTitles,
} from './bibliography.js';
import { readCitations } from './citations.js';
import { epApplication } from './numbers.js';
import { readParties } from './parties.js';

const CONTROL = 'control tag for the printing of the document';

const leftOut: LeftOutRules = [
  [
    '*/SDOBI/B000/eptags/B001EP',
    'every state that could be designated on the day, a control tag; those that are stand under B840',
  ],
  ['*/SDOBI/B000/eptags/B002EP', CONTROL],
  ['*/SDOBI/B000/eptags/B003EP', CONTROL],
  ['*/SDOBI/B000/eptags/B005EP', CONTROL],
  ['*/SDOBI/B000/eptags/B007EP', 'name and version of the program that made the data'],
  ['**/colspec', 'layout of a table'],
  ['*/style', 'how a browser is to show the file'],
];

/** European applications and patents in the ST.36 full-text XML, DTD 1.0 to 1.5.1. */
export const epSt36: XmlReader = {
  format: 'ep-st36',
  roots: ['ep-patent-document'],
  leftOut,
  repairs: [bareAmpersand],
  read: readEp,
};

function readEp(root: XmlElement): Draft {
  const biblio = child(root, 'SDOBI');
  const office = value(biblio, 'B100/B190') ?? attribute(root, 'country');
  const number = value(biblio, 'B100/B110') ?? attribute(root, 'doc-number');
  if (!biblio || !office || !number) {
    throw new QuanlianError('record.no_number', 'The record has no B110 (number) with its office.');
  }
  const kind = value(biblio, 'B100/B130') ?? attribute(root, 'kind');
  const canonical = canonicalPublication(office, number, kind);
  const lang = (attribute(root, 'lang') ?? attribute(biblio, 'lang') ?? '').toLowerCase();
  const collector = createCollector();
  const { fields: parties, extra: partyExtra } = readParties(biblio);
  const date = isoDate(value(biblio, 'B100/B140/date')) ?? isoDate(attribute(root, 'date-publ'));
  const citations = readCitations(root, biblio);
  const text = readText(root, lang, collector);
  const pages = every(root, 'search-report-data/doc-page').flatMap((one) => attribute(one, 'file') ?? []);
  const document = compact({
    id: publicationId(canonical),
    ...canonical,
    date,
    type: 'invention',
    lang,
    application: epApplication(value(biblio, 'B200/B210'), value(biblio, 'B200/B220/date')),
    priorities: readPriorities(biblio),
    related: readRelated(biblio),
    pct: readPct(biblio),
    correction: readCorrection(biblio),
    designatedStates: every(biblio, 'B800/B840/ctry').flatMap((one) => value(one) ?? []),
    titles: readTitles(biblio),
    ...parties,
    classifications: readClassifications(biblio),
    citations,
    ...text,
    extra: {
      ...readExtra(biblio),
      ...partyExtra,
      ...compact({ searchReportPages: pages, images: imageCounts(collector.images) }),
    },
  });
  return {
    document,
    sourceDate: isoDate(attribute(root, 'date-produced')) ?? isoDate(attribute(root, 'date-publ')) ?? date,
  };
}

function readText(root: XmlElement, main: string, collector: TextCollector) {
  const languageOf = (element: XmlElement): string => (attribute(element, 'lang') ?? main).toLowerCase();
  const abstracts: Record<string, string> = {};
  for (const element of children(root, 'abstract')) {
    const lang = languageOf(element);
    abstracts[lang] = [abstracts[lang], renderText(element, collector)].filter(Boolean).join('\n');
  }
  const claims = children(root, 'claims').flatMap((element) =>
    readClaims(element, { lang: languageOf(element), claim: 'claim', reference: 'claim-ref' }, collector),
  );
  const description = [
    ...children(root, 'description'),
    ...children(root, 'ep-reference-list', 'amended-claims', 'amended-claims-statement'),
  ].flatMap((element) => descriptionParts(element, languageOf(element), collector));
  return {
    abstracts,
    claims,
    description,
    figures: figures(every(at(root, 'drawings'), 'figure'), collector.images),
  };
}
