import {
  type Classification,
  type DescriptionPart,
  type DocumentNumber,
  type Party,
  QuanlianError,
  type Related,
} from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, imageCounts, readClaims } from '../common/blocks.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { oldIpcSymbol, uspcSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, attribute, child, children, descendants, every, takeRaw, value, type XmlElement } from '../xml/tree.js';

const leftOut: LeftOutRules = [
  ['**/colspec', 'layout of a table'],
  ['*/subdoc-claims/heading/**', 'the word "Claims"'],
  ['*/subdoc-claims/heading', 'the word "Claims"'],
  ['*/subdoc-drawings/heading/**', 'the word "Drawings"'],
  ['*/subdoc-drawings/heading', 'the word "Drawings"'],
  ['**/authority-applicant', 'says that the inventor is one'],
];

/** US applications of 2001 to 2004 in the PAP format v1.5 and v1.6. */
export const usPap: XmlReader = {
  format: 'us-pap',
  roots: ['patent-application-publication'],
  // Sequence listings stand among the paragraphs, and in weekly files by themselves.
  inner: ['sequence-cwu'],
  leftOut,
  read: readPap,
};

function readPap(root: XmlElement): Draft {
  const biblio = child(root, 'subdoc-bibliographic-information');
  const printed = value(biblio, 'document-id/doc-number');
  if (!biblio || !printed) {
    throw new QuanlianError('record.no_number', 'The record has no document-id with a doc-number.');
  }
  const canonical = canonicalPublication('US', printed, value(biblio, 'document-id/kind-code'));
  const lang = 'en';
  const date = isoDate(value(biblio, 'document-id/document-date'));
  const collector = createCollector();
  const title = at(biblio, 'technical-information/title-of-invention');
  const abstract = children(child(root, 'subdoc-abstract')).map(
    (one) => withNumber({ lang, text: renderText(one, collector) }).text ?? '',
  );
  const isHeading = /^abstract(?: of (?:the )?disclosure)?$/i;
  const filing = child(biblio, 'domestic-filing-data');
  const { related, details } = readRelated(biblio);
  const claims = joinedClaims(children(root, 'subdoc-claims'));
  const description = child(root, 'subdoc-description');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: canonical.kind?.startsWith('P') ? 'plant' : 'invention',
    lang,
    application: documentNumber({
      office: 'US',
      number: value(filing, 'application-number/doc-number'),
      date: value(filing, 'filing-date'),
    }),
    priorities: children(biblio, 'foreign-priority-data').flatMap(priority),
    related,
    pct: compact({ application: numberOf(at(biblio, 'international-convention/document-id')) }),
    titles: compact({ [lang]: title && renderText(title, collector) }) as Record<string, string>,
    abstracts: compact({ [lang]: abstract.filter((text) => !isHeading.test(text)).join('\n') }) as Record<
      string,
      string
    >,
    inventors: inventors(biblio),
    assignees: children(biblio, 'assignee').flatMap(assignee),
    classifications: classifications(biblio),
    claims: claims
      ? readClaims(
          claims,
          { lang, claim: 'claim', reference: 'dependent-claim-reference', target: 'depends_on' },
          collector,
        )
      : [],
    description: description ? descriptionParts(description, lang, collector).map(withNumber) : [],
    figures: [
      ...every(root, 'subdoc-drawings/figure').flatMap((figure, index) =>
        children(figure, 'image').map((image) =>
          compact({ number: String(index + 1), file: attribute(image, 'file') }),
        ),
      ),
      ...collector.images.map(({ file, use }) => ({ file, text: use })),
    ],
    extra: compact({
      seriesCode: value(filing, 'application-number-series-code'),
      filingType: value(biblio, 'publication-filing-type'),
      botanic: botanic(at(biblio, 'technical-information/botanic')),
      representativeFigure: value(root, 'subdoc-drawings/representative-figure'),
      relatedDetails: details,
      images: imageCounts(collector.images),
    }),
  };
  return {
    document: compact({ ...document, extra: { ...document.extra, ...otherData(root, leftOut) } }),
    sourceDate: date,
  };
}

/** A plant's name and variety. */
function botanic(element: XmlElement | undefined): Record<string, string> {
  return compact({ latinName: value(element, 'latin-name'), variety: value(element, 'variety') }) as Record<
    string,
    string
  >;
}

/** Paragraphs are numbered in their text: `[0001] The invention …`. */
function withNumber(part: DescriptionPart): DescriptionPart {
  const match = /^\[(\d{4,5})\]\s*/.exec(part.text ?? '');
  return match?.[1] && part.text ? { ...part, number: match[1], text: part.text.slice(match[0].length) } : part;
}

function numberOf(element: XmlElement | undefined): DocumentNumber | undefined {
  const number = value(element, 'doc-number');
  if (number === undefined) return undefined;
  return documentNumber({
    office: number.startsWith('PCT') ? 'WO' : (value(element, 'country-code') ?? 'US'),
    number,
    kind: value(element, 'kind-code'),
    date: value(element, 'document-date'),
    original: /[^0-9A-Za-z]/.test(number) ? number : undefined,
  });
}

function priority(element: XmlElement): DocumentNumber[] {
  const number = value(element, 'priority-application-number/doc-number');
  if (number === undefined) return [];
  const original = /[^0-9A-Za-z]/.test(number) ? number : undefined;
  return [
    documentNumber({ office: value(element, 'country-code'), number, date: value(element, 'filing-date'), original }),
  ];
}

/** Continuations, divisions and the like: the parent as `document`, its patent as `id`, the rest by place in the list. */
function readRelated(biblio: XmlElement): { related: Related[]; details: Record<string, unknown>[] } {
  const details: Record<string, unknown>[] = [];
  const blocks = children(child(biblio, 'continuity-data')).flatMap((one) =>
    one.name === 'continuations' ? children(one) : [one],
  );
  const related = blocks.map((block, index): Related => {
    const relation = child(block, 'parent-child');
    const grant = at(relation, 'parent-patent/document-id');
    const granted = value(grant, 'doc-number');
    const detail = compact({
      child: numberOf(at(relation, 'child/document-id')),
      status: value(relation, 'parent-status'),
    });
    if (Object.keys(detail).length > 0) details.push({ related: index, ...detail });
    return compact({
      relation: block.name.replace(/-of$/, ''),
      id: granted
        ? publicationIdOf(value(grant, 'country-code') ?? 'US', granted, value(grant, 'kind-code'))
        : undefined,
      document: numberOf(at(relation, 'parent/document-id') ?? child(block, 'document-id')),
    });
  });
  return { related, details };
}

function inventors(biblio: XmlElement): Party[] {
  return children(child(biblio, 'inventors')).flatMap((element) => {
    const name = child(element, 'name');
    const residence = at(element, 'residence/residence-us') ?? at(element, 'residence/residence-non-us');
    const address = child(element, 'address');
    const found = party({
      name: joined(
        ' ',
        ...['name-prefix', 'given-name', 'middle-name', 'family-name', 'name-suffix'].map((part) => value(name, part)),
      ),
      country: value(residence, 'country-code') ?? value(address, 'country/country-code'),
      region: value(residence, 'state') ?? value(address, 'state'),
      city: value(residence, 'city') ?? value(address, 'city'),
      address: joined(', ', value(address, 'address-1'), value(address, 'address-2')),
    });
    return found ? [found] : [];
  });
}

function assignee(element: XmlElement): Party[] {
  const organization = value(element, 'organization-name');
  // A person beside an organization stays where it is, among what is left.
  const name = organization === undefined ? child(element, 'name') : undefined;
  const person = joined(' ', value(name, 'given-name'), value(name, 'middle-name'), value(name, 'family-name'));
  const address = child(element, 'address');
  const found = party({
    name: organization ?? person,
    country: value(address, 'country/country-code'),
    region: value(address, 'state'),
    city: value(address, 'city'),
    address: joined(', ', value(address, 'address-1'), value(address, 'address-2'), value(address, 'postalcode')),
    role: value(element, 'assignee-type'),
  });
  return found ? [found] : [];
}

function classifications(biblio: XmlElement): Classification[] {
  const technical = child(biblio, 'technical-information');
  const version = value(technical, 'classification-ipc/classification-ipc-edition');
  const ipc = children(
    child(technical, 'classification-ipc'),
    'classification-ipc-primary',
    'classification-ipc-secondary',
  ).flatMap((block) =>
    descendants(block, 'ipc').map((one) => {
      const text = takeRaw(one);
      const position = block.name.endsWith('primary') ? 'F' : 'L';
      return compact({ scheme: 'IPC', symbol: oldIpcSymbol(text) ?? text.trim(), position, version });
    }),
  );
  const national = children(
    child(technical, 'classification-us'),
    'classification-us-primary',
    'classification-us-secondary',
  ).flatMap((block) =>
    descendants(block, 'uspc').map((one) => {
      const text = `${(value(one, 'class') ?? '').padStart(3, '0')}${(value(one, 'subclass') ?? '').replace(/^(\d{3})000$/, '$1')}`;
      return { scheme: 'USPC', symbol: uspcSymbol(text), position: block.name.endsWith('primary') ? 'F' : 'L' };
    }),
  );
  return [...ipc, ...national].filter((one) => one.symbol !== '') as Classification[];
}

/** The claims of all sets of a publication as one list: a second set goes on with the numbers of the first. */
function joinedClaims(sets: readonly XmlElement[]): XmlElement | undefined {
  const [first, ...more] = sets;
  if (first === undefined || more.length === 0) return first;
  for (const one of sets) one.seen = true;
  return { ...first, children: sets.flatMap((one) => one.children) };
}
