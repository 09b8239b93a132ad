import { QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, readClaims } from '../common/blocks.js';
import { typeOfKind } from '../common/kinds.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { compact } from '../common/values.js';
import { numberForms } from '../docdb/numbers.js';
import { readPriorities } from '../docdb/priorities.js';
import { docdb } from '../docdb/reader.js';
import { renderText } from '../text/inline.js';
import { attribute, child, children, type XmlElement } from '../xml/tree.js';
import { readLegalEvents } from './legal.js';
import { readRegister } from './register.js';
import { fulltextWire, memberWire, registerWire } from './wire.js';

const leftOut: LeftOutRules = [
  ...docdb.leftOut,
  ['**/priority-claim/document-id/*', 'the same number in another form'],
  ['**/colspec', 'layout of a table'],
];

/**
 * Answers of the EPO's Open Patent Services: claims and descriptions, families with legal events, register data.
 * The exchange documents of its bibliographic answers are read by `docdb`, with abstract.
 */
export const opsXml: XmlReader = {
  format: 'ops-xml',
  roots: ['fulltext-document', 'family-member', 'register-document'],
  inner: ['exchange-document'],
  leftOut,
  read: (root, context) => {
    if (root.name === 'fulltext-document') return readFulltext(root);
    return root.name === 'register-document' ? readRegisterDocument(root, context) : readFamilyMember(root, context);
  },
};

/** Answers about one publication come one by one; each is a source of its own, so that none replaces another. */
const PARTS: Readonly<Record<string, string>> = { claims: 'ops-claims', description: 'ops-description' };

function readRegisterDocument(root: XmlElement, context: Readonly<Record<string, string>>): Draft {
  const wire = registerWire(root);
  const { document, ...rest } = readRegister(root, leftOut, context);
  return { ...rest, document: { ...document, wire }, part: `ops-${Object.keys(wire)[0]}` };
}

function readFulltext(root: XmlElement): Draft {
  const wire = fulltextWire(root);
  const [only, ...others] = Object.keys(wire);
  const base = publicationOf(child(root, 'bibliographic-data'));
  const collector = createCollector();
  const lang = (one: XmlElement): string => (attribute(one, 'lang') ?? 'und').toLowerCase();
  const abstracts = children(root, 'abstract').map((one) => [lang(one), renderText(one, collector)]);
  const document = {
    ...base,
    lang: children(root, 'claims', 'description').map(lang)[0],
    abstracts: Object.fromEntries(abstracts) as Record<string, string>,
    description: children(root, 'description').flatMap((one) => descriptionParts(one, lang(one), collector)),
    claims: children(root, 'claims').flatMap((one) =>
      readClaims(claimList(one), { lang: lang(one), claim: 'claim', reference: 'claim-ref' }, collector),
    ),
    wire,
    extra: compact(otherData(root, leftOut)),
  };
  return { document: compact(document), part: others.length === 0 ? PARTS[only ?? ''] : undefined };
}

/** OPS puts all claims of a language into one `claim`, each as a `claim-text` that begins with its number. */
function claimList(list: XmlElement): XmlElement {
  const claims = children(list, 'claim');
  const texts = claims.flatMap((claim) => children(claim, 'claim-text'));
  if (claims.length !== 1 || texts.length < 2) return list;
  const grouped: XmlElement[] = [];
  for (const text of texts) {
    const last = grouped.at(-1);
    if (last && !startsClaim(text, grouped.length + 1)) last.children.push(text);
    else grouped.push({ type: 'element', name: 'claim', attributes: {}, children: [text], seen: true });
  }
  return { ...list, children: grouped };
}

/** True when a text begins with the number that is next; texts between belong to the claim before. */
function startsClaim(text: XmlElement, next: number): boolean {
  const first = text.children.find((node) => node.type === 'text');
  const match = /^\s*(\d{1,4})\s*[.)．、]/.exec(first?.type === 'text' ? first.text : '');
  return match ? Number(match[1]) === next : !/^\s*(?:[a-z(–-]|$)/.test(first?.type === 'text' ? first.text : '');
}

function readFamilyMember(root: XmlElement, context: Readonly<Record<string, string>>): Draft {
  const wire = memberWire(root, context);
  const base = publicationOf(root);
  const exchange = child(root, 'exchange-document');
  const inner = exchange && docdb.read(exchange, context);
  const legal = readLegalEvents(children(root, 'legal'), base.office);
  const { priorities, links } = readPriorities(children(root, 'priority-claim'));
  const own = {
    familyId: attribute(root, 'family-id'),
    application: numberForms(children(root, 'application-reference')),
    priorities,
    events: legal.events,
  };
  const extra = compact({
    ...inner?.document.extra,
    priorityLinks: links,
    eventNumbers: legal.numbers,
    ...otherData(root, leftOut),
  });
  // The record of the family says the same as the bibliographic data, in fewer words.
  const document = { ...base, ...compact(own), ...inner?.document, wire, extra };
  const part = own.events.length > 0 ? 'ops-legal' : 'ops-family';
  return { document: compact(document), sourceDate: inner?.sourceDate, part };
}

function publicationOf(holder: XmlElement | undefined) {
  const publication = numberForms(children(holder, 'publication-reference'));
  if (!publication?.office || !publication.number) {
    throw new QuanlianError('record.no_number', 'The record has no publication-reference with country and number.');
  }
  const canonical = canonicalPublication(publication.office, publication.number, publication.kind);
  return {
    id: publicationId(canonical),
    ...canonical,
    date: publication.date,
    type: typeOfKind(canonical.office, canonical.kind),
  };
}
