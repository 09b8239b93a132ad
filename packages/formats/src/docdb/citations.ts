import type { Citation } from '@quanlian/contract';
import { plainData } from '../common/plain.js';
import { compact, isoDate, publicationIdOf } from '../common/values.js';
import { type RenderContext, renderText } from '../text/inline.js';
import { attribute, child, children, descendants, every, value, type XmlElement } from '../xml/tree.js';
import { numberForms } from './numbers.js';

/** Documents cited with phase and category; the passages and claims they bear on go to `extra` by place in the list. */
export function readCitations(
  biblio: XmlElement,
  context: RenderContext,
): { citations: Citation[]; extra: Record<string, unknown> } {
  const elements = every(biblio, 'references-cited/citation');
  const passages: Record<string, unknown>[] = [];
  const citations = elements.map((element, index) => {
    for (const passage of children(element, 'rel-passage'))
      passages.push({ citation: index, ...relevance(passage, context) });
    const claims = children(element, 'rel-claims')
      .flatMap((one) => value(one) ?? [])
      .join('; ');
    if (claims) passages.push({ citation: index, claims });
    return citation(element, context);
  });
  const offices = [...new Set(elements.flatMap((one) => attribute(one, 'srep-office') ?? []))];
  return { citations, extra: compact({ citedPassages: passages, searchOffices: offices }) };
}

function citation(element: XmlElement, context: RenderContext): Citation {
  const patent = child(element, 'patcit');
  const number = patent && numberForms([patent]);
  const names = children(patent, 'document-id').flatMap((one) => value(one, 'name') ?? []);
  const categories = children(element, 'category').flatMap((one) => value(one) ?? []);
  const cited =
    number?.office && number.number ? publicationIdOf(number.office, number.number, number.kind) : undefined;
  return compact({
    id: cited,
    date: number?.date,
    phase: attribute(element, 'cited-phase'),
    category: [...new Set(categories)].join(''),
    name: names[0]?.replace(/\s*\[([A-Z]{2})\]$/, ' [$1]'),
    parts: compact({ epodoc: number?.epodoc, original: number?.original }),
    ...literature(child(element, 'nplcit'), context),
  });
}

/** The text of a citation, and its parts where DOCDB gives them as elements. */
function literature(
  element: XmlElement | undefined,
  context: RenderContext,
): { npl?: string; parts?: Record<string, unknown> } {
  if (!element) return {};
  const text = child(element, 'text');
  if (!text) return { npl: renderText(element, context) };
  const words = renderText(text, context);
  // Links are often missing from the text, and a reader would follow them.
  const links = descendants(element, 'doi', 'avail').flatMap((one) => value(one) ?? []);
  const structured = children(element).filter((one) => one !== text);
  const missing = [...new Set(links)].filter((link) => !words.includes(link));
  return {
    npl: [words, ...missing].join('; '),
    parts: Object.fromEntries(structured.map((one) => [one.name, plainData(one)])),
  };
}

function relevance(passage: XmlElement, context: RenderContext): Record<string, unknown> {
  const texts = children(passage, 'passage').map((one) => renderText(one, context));
  return compact({
    passage: texts.join('; '),
    category: children(passage, 'category')
      .flatMap((one) => value(one) ?? [])
      .join(''),
    claims: children(passage, 'rel-claims')
      .flatMap((one) => value(one) ?? [])
      .join('; '),
    date: isoDate(value(passage, 'date')),
  });
}
