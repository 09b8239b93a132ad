import type { LegalEvent, PatentDocument } from '@quanlian/contract';
import type { Reference } from '../address.js';
import type { InputNumber } from '../input.js';
import { leaf, tag } from '../xml.js';
import { documentId, opsDate, priorityKind, publicationReference } from './numbers.js';

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

const padded = (text: string, width: number): string => text.slice(0, width).padEnd(width);

/** An event in the fields of the INPADOC format, as far as it is known. */
function legalEvent(doc: PatentDocument, { office, code, date, effective, text }: LegalEvent): string {
  const number = doc.application?.number ?? doc.number;
  const kind = doc.application?.kind ?? doc.kind ?? '';
  const day = date ?? '0001-01-01';
  const line = `${office}${number.padStart(12)}${padded(kind, 2)} ${day}${padded(code, 4)} ${text ?? ''}`;
  const effectiveDay = leaf('ops:L525EP', opsDate(effective), { desc: 'Effective DATE' });
  return tag(
    'ops:legal',
    leaf('ops:pre', line, { line: '00001' }) +
      leaf('ops:L001EP', office, { desc: 'Country Code' }) +
      leaf('ops:L002EP', 'F', { desc: 'Filing / Published Document' }) +
      leaf('ops:L003EP', number.padStart(12), { desc: 'Document Number' }) +
      leaf('ops:L004EP', padded(kind, 2), { desc: 'Kind Code' }) +
      leaf('ops:L005EP', 'PI', { desc: 'IPR Type' }) +
      leaf('ops:L007EP', date, { desc: 'Gazette DATE' }) +
      leaf('ops:L008EP', code, { desc: 'Legal Event Code 1' }) +
      (effectiveDay === '' ? '' : tag('ops:L500EP', effectiveDay)),
    { code: padded(code, 4), desc: text ?? '', infl: ' ', dateMigr: '00010101' },
  );
}

/** The legal events of a publication; nothing when there are none. */
export function legalEvents(doc: PatentDocument): string {
  const given = doc.wire?.['legal'];
  if (given !== undefined) return given;
  return (doc.events ?? []).map((event) => legalEvent(doc, event)).join('');
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
