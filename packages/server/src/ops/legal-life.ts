import type { LegalEvent, PatentDocument, StatusSpan } from '@quanlian/contract';
import { applicationKey, mapEvent, ST27_CATEGORIES } from '@quanlian/kernel';
import { type LegalBasis, legalLife } from '../links/information/register/legal.service.js';

/** What an event is called, and whether it is good or bad for the right. */
export interface EventName {
  readonly name?: string | undefined;
  readonly influence?: '+' | '-' | undefined;
}

/** What the register knows of legal lives beyond what the events of a document say themselves. */
export interface LegalLives {
  /** Reads a changed list of codes before it is asked. */
  ready(): Promise<void>;
  nameOf(event: LegalEvent): EventName;
  /** The stretches of status of one application, told by its publications. */
  spansOf(documents: readonly PatentDocument[]): readonly StatusSpan[];
}

const GOOD: ReadonlySet<string> = new Set(['C', 'F', 'K']);
const BAD: ReadonlySet<string> = new Set(['B', 'H', 'N']);

function influenceOf(category: string | null | undefined): '+' | '-' | undefined {
  if (category === null || category === undefined) return undefined;
  if (GOOD.has(category)) return '+';
  return BAD.has(category) ? '-' : undefined;
}

/** The register's own reading of events, with the loaded list of codes. */
export function livesOfRegister(basis: LegalBasis, today: () => string): LegalLives {
  return {
    ready: async () => void (await basis.codeList()),
    nameOf(event) {
      const { words, listed, category } = mapEvent(event, basis.events);
      return { name: listed?.title ?? words?.en, influence: event.influence ?? influenceOf(category) };
    },
    spansOf: (documents) => legalLife(documents, basis, today()).timeline.spans,
  };
}

/** The category of WIPO ST.27 under which a status begins, where nothing names one. */
const CATEGORY_OF: Readonly<Record<string, string>> = {
  pending: 'A',
  'in-force': 'F',
  lapsed: 'H',
  expired: 'H',
  withdrawn: 'B',
  refused: 'B',
  revoked: 'H',
  ended: 'N',
};

const IN_WORDS: Readonly<Record<string, string>> = { expired: 'TERM OF PROTECTION EXPIRED' };

/**
 * The steps of a legal life that publications, filing and term show, for an application of which no event is held: each
 * under the letter of its WIPO ST.27 category. What only the age of the data says is no step.
 */
export function stepsOfLife(office: string, spans: readonly StatusSpan[], day: string): LegalEvent[] {
  return spans.flatMap(({ status, from, reasons: [reason] }) => {
    const code = reason?.category ?? CATEGORY_OF[status];
    if (code === undefined || from > day || reason?.kind === 'age' || reason?.kind === 'event') return [];
    const text = IN_WORDS[status] ?? ST27_CATEGORIES[code]?.en.toUpperCase();
    const influence = influenceOf(code);
    return [{ office, code, date: from, ...(text === undefined ? {} : { text }), ...(influence ? { influence } : {}) }];
  });
}

/** Publications by application, or by number where none names its application, in their order. */
export function byApplication(documents: readonly PatentDocument[]): PatentDocument[][] {
  const groups = new Map<string, PatentDocument[]>();
  for (const doc of documents) {
    const key = (doc.application && applicationKey(doc.application)) ?? `${doc.office}${doc.number}`;
    const group = groups.get(key);
    if (group) group.push(doc);
    else groups.set(key, [doc]);
  }
  return [...groups.values()];
}
