import type { DocumentNumber, PatentDocument, Related } from '@quanlian/contract';
import { compact, isoDate } from '../common/values.js';
import { at, child, children, value, type XmlElement } from '../xml/tree.js';
import { documentId, idOf, numberOf } from './numbers.js';

export interface RelatedBlock {
  readonly related: Related[];
  readonly extra: Record<string, unknown>;
}

interface Detail {
  readonly related: number;
  readonly child?: DocumentNumber | undefined;
  readonly status?: string | undefined;
  readonly granted?: string | undefined;
  readonly pct?: DocumentNumber | undefined;
}

/**
 * Related documents (INID 60-68): the parent's application as `document`, its patent as `id`. The child, the
 * parent's status and its PCT filing stand in `extra` by place in the list.
 */
export function readRelated(biblio: XmlElement): RelatedBlock {
  const related: Related[] = [];
  const details: Detail[] = [];
  for (const element of children(child(biblio, 'us-related-documents'))) {
    const relations = children(element, 'relation');
    const status = value(element, 'us-provisional-application-status');
    if (status) details.push({ related: related.length, status });
    if (relations.length === 0) related.push(plain(element));
    for (const relation of relations) {
      const parent = child(relation, 'parent-doc');
      const grant = documentId(at(parent, 'parent-grant-document/document-id'));
      const detail = compact({
        related: related.length,
        child: numberOf(at(relation, 'child-doc/document-id')),
        status: value(parent, 'parent-status'),
        granted: grant.date,
        pct: numberOf(at(parent, 'parent-pct-document/document-id')),
      });
      if (Object.keys(detail).length > 1) details.push(detail);
      related.push(
        compact({ relation: element.name, id: idOf(grant), document: numberOf(child(parent, 'document-id')) }),
      );
    }
  }
  return { related, extra: compact({ relatedDetails: details }) };
}

function plain(element: XmlElement): Related {
  const inner =
    child(element, 'document-id') ??
    at(element, 'parent-doc/document-id') ??
    at(element, 'document-corrected/document-id');
  const document = numberOf(inner);
  const isPublication = element.name === 'related-publication' || element.name === 'correction';
  return compact({ relation: element.name, id: isPublication ? idOf(documentId(inner)) : undefined, document });
}

/** The international application and publication behind a national phase. */
export function readPct(biblio: XmlElement): { pct: PatentDocument['pct']; extra: Record<string, unknown> } {
  const filing = child(biblio, 'pct-or-regional-filing-data');
  const pct = compact({
    application: numberOf(child(filing, 'document-id')),
    publication: numberOf(at(biblio, 'pct-or-regional-publishing-data/document-id')),
  });
  const dates = ['us-371c124-date', 'us-371c12-date'].map((name) => [name, isoDate(value(filing, `${name}/date`))]);
  return { pct: Object.keys(pct).length > 0 ? pct : undefined, extra: compact(Object.fromEntries(dates)) };
}

/** Priorities claimed (INID 30). */
export function readPriorities(biblio: XmlElement): DocumentNumber[] {
  return children(child(biblio, 'priority-claims'), 'priority-claim').flatMap((claim) => {
    const found = numberOf(claim);
    return found ? [found] : [];
  });
}
