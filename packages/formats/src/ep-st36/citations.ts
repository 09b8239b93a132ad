import type { Citation } from '@quanlian/contract';
import { compact, isoDate, publicationIdOf } from '../common/values.js';
import { attribute, child, descendants, every, peek, value, type XmlElement } from '../xml/tree.js';
import { citedId, compactId } from './numbers.js';

/**
 * Documents of the search (B560) and documents the description names. The latter come from the marked text and
 * from the list of references the office makes of it; phase `description` tells them apart.
 */
export function readCitations(root: XmlElement, biblio: XmlElement): Citation[] {
  const block = child(child(biblio, 'B500'), 'B560');
  const patents = every(block, 'B561').map((one) => fromLine(value(one, 'text') ?? value(one) ?? ''));
  const literature = every(block, 'B562').map((one) => ({ npl: value(one, 'text') ?? value(one) ?? '' }));
  return [...patents, ...literature, ...described(root)].filter((one) => Object.keys(one).length > 0);
}

function fromLine(text: string): Citation {
  const id = citedId(text);
  return id === undefined ? compact({ npl: text }) : { id };
}

function described(root: XmlElement): Citation[] {
  const description = child(root, 'description');
  const references = child(root, 'ep-reference-list');
  const byId = new Map<string, Citation>();
  for (const element of [...descendants(description, 'patcit'), ...descendants(references, 'patcit')]) {
    const id = compactId(attribute(element, 'dnum')) ?? idOfDocument(child(element, 'document-id'));
    if (id === undefined) continue;
    const date = isoDate(peek(child(child(element, 'document-id'), 'date')));
    byId.set(id, compact({ ...byId.get(id), id, phase: 'description', date: byId.get(id)?.date ?? date }));
  }
  const marked = descendants(description, 'nplcit');
  const literature = (marked.length > 0 ? marked : descendants(references, 'nplcit')).map(literatureText);
  const texts = [...new Set(literature)].filter((text) => text !== '');
  return [...byId.values(), ...texts.map((npl) => ({ phase: 'description', npl }))];
}

function idOfDocument(element: XmlElement | undefined): string | undefined {
  const [office, number, kind] = ['country', 'doc-number', 'kind'].map((name) => peek(child(element, name)).trim());
  return office && number ? publicationIdOf(office, number, kind || undefined) : undefined;
}

/** The words of a citation; the description takes the text itself. */
function literatureText(element: XmlElement): string {
  const leaves: string[] = [];
  const walk = (one: XmlElement): void => {
    for (const node of one.children) {
      if (node.type === 'text' && node.text.trim() !== '') leaves.push(node.text.replace(/\s+/g, ' ').trim());
      else if (node.type === 'element') walk(node);
    }
  };
  walk(element);
  return leaves.join(child(element, 'article') || child(element, 'online') ? ', ' : ' ');
}
