import type { LegalEvent } from '@quanlian/contract';
import { compact, isoDate } from '../common/values.js';
import { attribute, child, children, leaveOut, value, type XmlElement } from '../xml/tree.js';

/** Fields that say which document the event belongs to, and when the EPO handled it. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  pre: 'the fields of the event once more, as one line',
  L002EP: 'whether the number is that of the filing',
  L003EP: 'the number of the document',
  L004EP: 'the kind of the document',
  L005EP: 'the kind of right, as the document says',
  L006EP: 'the kind of the document',
  L018EP: 'when the EPO last sent the event',
  L019EP: 'when the EPO first entered the event',
};

/** An INPADOC legal event (EPO fields L001EP to L525EP): code, dates, its name and whatever else it says. */
export function readLegalEvent(element: XmlElement, office: string): LegalEvent {
  for (const one of children(element)) {
    const reason = LEFT_OUT[one.name];
    if (reason) leaveOut(one, reason);
  }
  const details = child(element, 'L500EP');
  const effective = child(details, 'L525EP');
  const words = children(details).flatMap((one) => {
    const text = value(one);
    if (one === effective || text === undefined) return [];
    return `${attribute(one, 'desc') ?? one.name}: ${[text, attribute(one, 'descData')].filter(Boolean).join(' ')}`;
  });
  const date = value(element, 'L007EP');
  return compact({
    office: value(element, 'L001EP') ?? office,
    code: value(element, 'L008EP') ?? attribute(element, 'code') ?? '',
    date: isoDate(date),
    effective: isoDate(value(effective)),
    text: [attribute(element, 'desc'), ...words].filter(Boolean).join('; '),
  });
}
