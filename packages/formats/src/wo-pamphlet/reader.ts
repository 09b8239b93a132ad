import { type Classification, type PatentDocument, QuanlianError } from '@quanlian/contract';
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
import { otherData } from '../common/rest.js';
import { groupSymbol, st8, symbolFromParts } from '../common/symbols.js';
import { compact, documentNumber, isoDate } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { readCitations } from '../us-ice/citations.js';
import { documentId, numberOf } from '../us-ice/numbers.js';
import { readParties } from '../us-ice/parties.js';
import { at, attribute, child, children, every, takeRaw, value, type XmlElement } from '../xml/tree.js';

const leftOut: LeftOutRules = [
  ['**/colspec', 'layout of a table'],
  ['**/classification-level', 'processing data of a classification'],
  ['**/classification-status', 'processing data of a classification'],
  ['**/classification-data-source', 'processing data of a classification'],
  ['**/generating-office/country', 'processing data of a classification'],
  ['**/action-date/date', 'processing data of a classification'],
];

/** PCT pamphlets in ST.36: international applications with search report, as WIPO publishes them. */
export const woPamphlet: XmlReader = {
  format: 'wo-pamphlet',
  roots: ['wo-patent-document', 'wo-published-application', 'wo-ocr-published-application'],
  leftOut,
  read: readPamphlet,
};

function readPamphlet(root: XmlElement): Draft {
  const biblio = child(root, 'bibliographic-data') ?? child(root, 'wo-bibliographic-data');
  const reference = at(biblio, 'publication-reference/document-id');
  const office = value(reference, 'country') ?? attribute(root, 'country');
  const number = value(reference, 'doc-number') ?? attribute(root, 'doc-number');
  if (!biblio || !office || !number) {
    throw new QuanlianError('record.no_number', 'The pamphlet has no publication-reference with country and number.');
  }
  const canonical = canonicalPublication(office, number, value(reference, 'kind') ?? attribute(root, 'kind'));
  const lang = (attribute(root, 'lang') ?? value(biblio, 'language-of-publication') ?? 'und').toLowerCase();
  const collector = createCollector();
  const { fields, extra: partyExtra } = readParties(biblio);
  const { citations, extra: citationExtra } = readCitations(biblio, collector);
  const date = isoDate(value(reference, 'date') ?? attribute(root, 'date-publ'));
  const application = pctApplication(at(biblio, 'application-reference/document-id'));
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: 'invention',
    lang: lang === 'und' ? undefined : lang,
    application,
    priorities: every(biblio, 'priority-claims/priority-claim').flatMap(
      (one) => numberOf(child(one, 'document-id') ?? one) ?? [],
    ),
    pct: application ? { application } : undefined,
    designatedStates: [...new Set(every(biblio, 'designation-of-states').flatMap(statesOf))],
    titles: byLanguage(children(biblio, 'invention-title'), lang, collector),
    abstracts: byLanguage(children(root, 'abstract'), lang, collector),
    ...fields,
    classifications: classifications(biblio),
    citations,
    ...texts(root, lang, collector),
  };
  const extra = {
    ...partyExtra,
    ...citationExtra,
    ...compact({ images: imageCounts(collector.images), ...otherData(root, leftOut) }),
  };
  return { document: compact({ ...document, extra }), sourceDate: isoDate(attribute(root, 'date-produced')) ?? date };
}

/** `PCT` with `EP2024078738` is the international application PCT/EP2024/078738. */
function pctApplication(element: XmlElement | undefined) {
  const { office, number, date } = documentId(element);
  if (number === undefined) return undefined;
  const bare = number.replace(/^PCT\/?/, '').replace(/\//g, '');
  const parts = /^([A-Z]{2})(\d{4}|\d{2})(\d{5,6})$/.exec(bare);
  return documentNumber({
    office: parts ? 'WO' : office,
    number: parts ? `PCT${bare}` : number,
    date: date?.replace(/-/g, ''),
    original: parts ? `PCT/${parts[1]}${parts[2]}/${parts[3]}` : undefined,
  });
}

function statesOf(block: XmlElement): string[] {
  const found: string[] = [];
  const walk = (element: XmlElement): void => {
    for (const one of children(element)) {
      const country = one.name === 'country' ? value(one) : undefined;
      if (country) found.push(country);
      else walk(one);
    }
  };
  walk(block);
  return found;
}

function byLanguage(elements: readonly XmlElement[], lang: string, collector: TextCollector): Record<string, string> {
  const pairs = elements.map((one) => [(attribute(one, 'lang') ?? lang).toLowerCase(), renderText(one, collector)]);
  return Object.fromEntries(pairs.filter(([, text]) => text !== '')) as Record<string, string>;
}

function texts(
  root: XmlElement,
  lang: string,
  collector: TextCollector,
): Pick<PatentDocument, 'description' | 'claims' | 'figures'> {
  const own = (one: XmlElement): string => (attribute(one, 'lang') ?? lang).toLowerCase();
  return {
    description: children(root, 'description').flatMap((one) => descriptionParts(one, own(one), collector)),
    claims: children(root, 'claims').flatMap((one) =>
      readClaims(one, { lang: own(one), claim: 'claim', reference: 'claim-ref' }, collector),
    ),
    figures: figures(every(root, 'drawings/figure'), collector.images),
  };
}

/** IPC as one line (ST.8 or as printed) or in parts. */
function classifications(biblio: XmlElement): Classification[] {
  return every(biblio, 'classifications-ipcr/classification-ipcr').flatMap((one): Classification[] => {
    const line = child(one, 'text');
    if (line) {
      const text = takeRaw(line);
      return [st8('IPC', text) ?? { scheme: 'IPC', symbol: groupSymbol(text) ?? text.trim() }];
    }
    const [section, cls, subclass, group, subgroup] = ['section', 'class', 'subclass', 'main-group', 'subgroup'].map(
      (name) => value(one, name),
    );
    const symbol = symbolFromParts({ section, class: cls, subclass, group, subgroup });
    if (symbol === undefined) return [];
    return [
      compact({
        scheme: 'IPC',
        symbol,
        position: value(one, 'symbol-position'),
        value: value(one, 'classification-value'),
        version: isoDate(value(one, 'ipc-version-indicator/date')),
      }),
    ];
  });
}
