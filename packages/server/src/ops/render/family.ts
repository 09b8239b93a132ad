import type { LegalEvent, PatentDocument } from '@quanlian/contract';
import type { Reference } from '../address.js';
import type { InputNumber } from '../input.js';
import { byApplication, type LegalLives, stepsOfLife } from '../legal-life.js';
import { leaf, tag } from '../xml.js';
import { legalEvent } from './legal.js';
import { documentId, priorityKind, publicationReference } from './numbers.js';

/** The number a client asked about, given back in its form. */
export function askedReference(reference: Reference, input: InputNumber): string {
  const { form, office, number, kind, date } = input;
  const id = documentId(form, { office, number, kind, date });
  return tag(reference === 'publication' ? 'ops:publication-reference' : 'ops:application-reference', id);
}

function priorityClaims(doc: PatentDocument): string {
  return (doc.priorities ?? [])
    .map((one, at) =>
      tag(
        'priority-claim',
        documentId('docdb', { ...one, kind: one.kind ?? 'A' }) + leaf('priority-active-indicator', 'YES'),
        { sequence: at + 1, kind: priorityKind(one) },
      ),
    )
    .join('');
}

/** The legal events of each member of a family, by id: nothing for a member that has none. */
export function eventsByMember(members: readonly PatentDocument[], lives?: LegalLives, day = ''): Map<string, string> {
  const written = (doc: PatentDocument, events: readonly LegalEvent[]): string =>
    events.map((event) => legalEvent(doc, event, lives?.nameOf(event))).join('');
  const own = new Map(members.map((doc) => [doc.id, doc.wire?.['legal'] ?? written(doc, doc.events ?? [])]));
  if (!lives) return own;
  for (const group of byApplication(members)) {
    const [first] = group;
    // What the service itself was asked for, and had no events of, stays as it was.
    const isTold = group.some((doc) => own.get(doc.id) !== '' || doc.wire?.['member'] !== undefined);
    if (first && !isTold) own.set(first.id, written(first, stepsOfLife(first.office, lives.spansOf(group), day)));
  }
  return own;
}

/** A member of a family with what was asked to stand in it. */
export function familyMember(doc: PatentDocument, inside: string): string {
  const given = doc.wire?.['member'];
  const end = '</ops:family-member>';
  if (given?.endsWith(end)) return `${given.slice(0, -end.length)}${inside}${end}`;
  const application = doc.application
    ? tag('application-reference', documentId('docdb', { ...doc.application, kind: doc.application.kind ?? 'A' }))
    : '';
  return tag('ops:family-member', publicationReference(doc) + application + priorityClaims(doc) + inside, {
    'family-id': doc.familyId,
  });
}

/** A family: `legal` stands first among its attributes, as clients look for it there. */
export function patentFamily(asked: string, members: readonly string[], total: number, legal: boolean): string {
  return tag('ops:patent-family', asked + members.join(''), {
    legal: String(legal),
    'total-result-count': total,
  });
}
