import type { PatentDocument } from '@quanlian/contract';
import { applicationKey, familyFacts } from '../family/facts.js';
import { familyKeys } from '../family/families.js';
import { publicationNumber } from '../numbers/canonical.js';
import { joinCitations, packCitation } from './citing.js';
import { registerFacts } from './facts.js';

/**
 * The facts of a group (all publications of one office and number) as text: a line with the group's key, one with the
 * number of documents, a line of links for each document, and the documents as JSON. The links come first and apart, so
 * that families and citations of millions are read without parsing any JSON.
 */
export const FIELD_END = '\t';
export const ITEM_END = '\u001f';

const clean = (text: string): string => {
  let dirty = false;
  for (let i = 0; i < text.length && !dirty; i++) dirty = text.charCodeAt(i) < 0x20;
  return dirty ? [...text].map((one) => (one < ' ' ? ' ' : one)).join('') : text;
};
const joined = (texts: Iterable<string>): string => Array.from(texts, clean).join(ITEM_END);

/** The right that publications belong to: their application, or the publication alone when it names none. */
const rightKey = ({ office, application, id }: PatentDocument): string =>
  `${office} ${(application && applicationKey(application)) ?? id}`;

/** What is cited, each once, with how. */
function citesOf({ citations = [] }: PatentDocument): string[] {
  const cites = new Map<string, number>();
  for (const citation of citations) {
    const number = citation.id === undefined ? undefined : publicationNumber(citation.id);
    if (number === undefined) continue;
    const packed = packCitation(citation);
    const before = cites.get(number);
    cites.set(number, before === undefined ? packed : joinCitations(before, packed));
  }
  return Array.from(cites, ([number, packed]) => `${number}${ITEM_END}${packed}`);
}

/** A line of links: id, number, right, priorities, family number of the source, all keys, and what is cited. */
function linksOf(document: PatentDocument): string {
  const facts = familyFacts(document);
  const { id, office, number } = document;
  const keys = new Set([facts.application ?? `=${id}`, ...facts.priorities, ...facts.related]);
  return [
    clean(id),
    clean(publicationNumber(office + number) ?? office + number),
    clean(rightKey(document)),
    joined(familyKeys(facts)),
    clean(facts.familyId ?? ''),
    joined(keys),
    citesOf(document).join(ITEM_END),
  ].join(FIELD_END);
}

/** Writes the facts of a group. */
export function registerText(key: string, documents: readonly PatentDocument[]): string {
  const lines = documents.map(linksOf);
  return [clean(key), String(documents.length), ...lines, JSON.stringify(documents.map(registerFacts))].join('\n');
}
