import type { Citation, Classification } from '@quanlian/contract';
import { compact } from '../common/values.js';
import { type RenderContext, renderText } from '../text/inline.js';
import { at, child, every, value, type XmlElement } from '../xml/tree.js';
import { citedClasses } from './classifications.js';
import { documentId, idOf } from './numbers.js';

export interface CitationBlock {
  readonly citations: Citation[];
  readonly extra: Record<string, unknown>;
}

/** Documents cited, with who cited them; the classes printed beside them go to `extra` by place in the list. */
export function readCitations(biblio: XmlElement, context: RenderContext): CitationBlock {
  const elements = [...every(biblio, 'references-cited/citation'), ...every(biblio, 'us-references-cited/us-citation')];
  const citations: Citation[] = [];
  const classes: { citation: number; classes: Classification[] }[] = [];
  for (const element of elements) {
    const beside = citedClasses(element);
    if (beside.length > 0) classes.push({ citation: citations.length, classes: beside });
    citations.push(citation(element, context));
  }
  return { citations, extra: compact({ citationClasses: classes }) };
}

function citation(element: XmlElement, context: RenderContext): Citation {
  const document = at(element, 'patcit/document-id');
  const cited = documentId(document);
  const passages = every(element, 'patcit/rel-passage').map((one) => renderText(one, context));
  const literature = at(element, 'nplcit/othercit') ?? child(element, 'nplcit');
  return compact({
    id: idOf(cited),
    date: cited.date,
    phase: value(element, 'category')?.replace(/^cited by /, ''),
    name: value(document, 'name'),
    npl: literature ? renderText(literature, context) : value(element, 'patcit/text'),
    parts: passages.length > 0 ? { passages } : undefined,
  });
}
