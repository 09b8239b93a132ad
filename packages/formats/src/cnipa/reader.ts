import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, figures, imageCounts, readClaims } from '../common/blocks.js';
import { typeOfKind } from '../common/kinds.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { takeRepeats } from '../common/repeats.js';
import { otherData } from '../common/rest.js';
import { compact, documentNumber, isoDate } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, attribute, child, children, descendants, every, value, type XmlElement } from '../xml/tree.js';
import {
  application,
  printedNumber,
  readCitations,
  readClassifications,
  readPriorities,
  readRelated,
} from './bibliography.js';
import { readParties } from './parties.js';

/** What is left goes to `extra.other`. */
const leftOut: LeftOutRules = [];

/** Chinese full texts in CNIPA's XML V2.2.1: inventions, utility models and designs. */
export const cnipa: XmlReader = { format: 'cnipa', roots: ['PatentDocumentAndRelated'], leftOut, read: readCnipa };

function readCnipa(root: XmlElement): Draft {
  const biblio = child(root, 'BibliographicData');
  const publication = printedNumber(children(biblio, 'PublicationReference'));
  const office = publication?.office ?? attribute(root, 'country');
  const number = publication?.number ?? attribute(root, 'docNumber');
  if (!biblio || !office || !number) {
    throw new QuanlianError('record.no_number', 'The record has no PublicationReference with an office and a number.');
  }
  const canonical = canonicalPublication(office, number, publication?.kind ?? attribute(root, 'kind'));
  const date = publication?.date ?? isoDate(attribute(root, 'datePublication'));
  const lang = (attribute(root, 'lang') ?? 'zh').toLowerCase();
  const { extra, ...text } = readText(root, biblio, lang);
  const fields = {
    application: application(printedNumber(children(biblio, 'ApplicationReference'))),
    priorities: readPriorities(biblio),
    related: readRelated(biblio),
    pct: readPct(biblio),
    ...readParties(biblio),
    classifications: readClassifications(biblio),
    citations: readCitations(biblio),
  };
  // The office gives numbers once as printed and once in its own fixed form.
  takeRepeats(root, descendants(biblio, 'PublicationReference', 'ApplicationReference'));
  const document = compact({
    id: publicationId(canonical),
    ...canonical,
    date,
    type: typeOfKind(canonical.office, canonical.kind),
    lang,
    ...fields,
    ...text,
    extra: compact({ ...extra, ...otherData(root, leftOut) }),
  });
  return { document, sourceDate: isoDate(attribute(root, 'dateProduced')) ?? date };
}

function readText(root: XmlElement, biblio: XmlElement, main: string) {
  const collector = createCollector();
  const languageOf = (element: XmlElement): string => (attribute(element, 'lang') ?? main).toLowerCase();
  const byLanguage = (elements: readonly XmlElement[]): Record<string, string> => {
    const texts: Record<string, string> = {};
    for (const element of elements) {
      const lang = languageOf(element);
      texts[lang] = [texts[lang], renderText(element, collector)].filter(Boolean).join('\n');
    }
    return compact(texts);
  };
  const titles = byLanguage(children(biblio, 'InventionTitle'));
  const abstractFigures = every(root, 'Abstract/AbstractFigure/Figure');
  const abstracts = byLanguage(children(root, 'Abstract').map(withoutFigures));
  const claims = children(root, 'Claims').flatMap((one) =>
    readClaims(one, { lang: languageOf(one), claim: 'Claim', reference: 'ClaimReference' }, collector),
  );
  const description = children(root, 'Description', 'DesignBriefExplanation', 'BriefExplanation').flatMap((one) =>
    descriptionParts(one, languageOf(one), collector),
  );
  const gazette = at(biblio, 'PublicAvailabilityDate/GazetteReference');
  const extra = compact({
    gazette: compact({ number: value(gazette, 'GazetteNumber'), date: isoDate(value(gazette, 'Date')) }),
    abstractFigures: abstractFigures.flatMap((one) => attribute(child(one, 'Image'), 'file') ?? []),
    images: imageCounts(collector.images),
  });
  const drawn = children(root, 'Drawings', 'DesignDrawings').flatMap((one) => descendants(one, 'Figure'));
  return { titles, abstracts, claims, description, figures: figures(drawn, collector.images), extra };
}

function withoutFigures(abstract: XmlElement): XmlElement {
  const kept = abstract.children.filter((node) => node.type !== 'element' || node.name !== 'AbstractFigure');
  return { ...abstract, children: kept };
}

function readPct(biblio: XmlElement): PatentDocument['pct'] {
  const number = (path: string) => {
    const id = at(biblio, path);
    const found = {
      office: value(id, 'WIPOST3Code'),
      number: value(id, 'DocNumber'),
      kind: value(id, 'Kind'),
      date: value(id, 'Date'),
    };
    return found.number === undefined ? undefined : documentNumber({ ...found, original: found.number });
  };
  const pct = compact({
    application: number('InternationalFilingData/DocumentID') ?? number('PCTFilingData/DocumentID'),
    publication: number('InternationalPublishingData/DocumentID') ?? number('PCTPublishingData/DocumentID'),
  });
  return Object.keys(pct).length > 0 ? pct : undefined;
}
