import type { LegalEvent } from '@quanlian/contract';
import { lookUp } from '../common/look-up.js';
import { compact, isoDate } from '../common/values.js';
import {
  attribute,
  child,
  children,
  descendants,
  leaveOut,
  peek,
  takeRepeated,
  value,
  type XmlElement,
} from '../xml/tree.js';

/** The number an event was filed under: whether it is that of the filing, number, kind and kind of right. */
const DOCUMENT_FIELDS: Readonly<Record<string, string>> = {
  L001EP: 'office',
  L002EP: 'level',
  L003EP: 'number',
  L004EP: 'kind',
  L005EP: 'right',
  L006EP: 'publicationKind',
};

export interface LegalEvents {
  readonly events: LegalEvent[];
  /** The numbers the events were filed under, each once. */
  readonly numbers: Record<string, string>[];
}

/** INPADOC legal events (EPO fields L001EP to L525EP) of one document. */
export function readLegalEvents(elements: readonly XmlElement[], office: string): LegalEvents {
  const numbers = new Map<string, Record<string, string>>();
  const events = elements.map((element) => {
    const number: Record<string, string> = {};
    for (const one of children(element, ...Object.keys(DOCUMENT_FIELDS))) {
      const text = value(one);
      if (text !== undefined) number[lookUp(DOCUMENT_FIELDS, one.name) ?? one.name] = text;
    }
    if (number['number'] !== undefined) numbers.set(JSON.stringify(number), number);
    return readLegalEvent(element, number['office'] ?? office);
  });
  return { events, numbers: [...numbers.values()] };
}

/** Code, dates, influence, the event's name and whatever else it says. */
function readLegalEvent(element: XmlElement, office: string): LegalEvent {
  const details = child(element, 'L500EP');
  const effective = child(details, 'L525EP');
  const words = children(details).flatMap((one) => {
    const text = value(one);
    if (one === effective || text === undefined) return [];
    return `${attribute(one, 'desc') ?? one.name}: ${[text, attribute(one, 'descData')].filter(Boolean).join(' ')}`;
  });
  const said = attribute(element, 'infl');
  const influence: LegalEvent['influence'] = said === '+' || said === '-' ? said : undefined;
  const event = compact({
    office,
    code: value(element, 'L008EP') ?? attribute(element, 'code') ?? '',
    date: isoDate(value(element, 'L007EP')),
    effective: isoDate(value(effective)),
    influence,
    entered: isoDate(value(element, 'L019EP')),
    sent: isoDate(value(element, 'L018EP')),
    text: [attribute(element, 'desc'), ...words].filter(Boolean).join('; '),
  });
  repeatedLines(element);
  return event;
}

/** `pre` holds the fields once more as lines of print; what a line says beyond them is named as left out. */
function repeatedLines(element: XmlElement): void {
  const fields = [element, ...descendants(element, ...children(child(element, 'L500EP')).map(({ name }) => name))];
  const own = children(element).filter(({ name }) => name !== 'pre' && name !== 'L500EP');
  const said = [...fields, ...own].flatMap((one) => [
    one === element ? undefined : peek(one),
    attribute(one, 'desc'),
    attribute(one, 'descData'),
  ]);
  for (const line of children(element, 'pre')) {
    if (!takeRepeated(line, said)) leaveOut(line, 'fields of the event once more, as a line of print');
  }
}
