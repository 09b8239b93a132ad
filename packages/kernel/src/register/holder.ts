import type { Party, PatentDocument } from '@quanlian/contract';
import { assignmentsOf, conveyanceKind } from './conveyances.js';

/** Who owned a right from a day on (without one: from the beginning), and what says so. */
export interface HolderSpan {
  readonly names: readonly string[];
  readonly from?: string;
  readonly by: 'applicants' | 'assignees' | 'proprietors' | 'assignment' | 'transfer';
}

/** What a publication says of its owners. */
type Owned = Pick<PatentDocument, 'applicants' | 'assignees' | 'proprietors' | 'events' | 'extra' | 'date'>;

/** Words of a gazette that name who owns a right after a change (China: 变更后权利人). */
const AFTER_CHANGE = /变更后(?:的)?(?:专利)?(?:权利人|申请人|专利权人)?\s*[:：]\s*([^\s;；,，、]+)/;

/** The new owner that the words of an event name; undefined when they name none. */
export const newOwner = (text: string): string | undefined => AFTER_CHANGE.exec(text)?.[1];

function assignedBy(document: Owned): HolderSpan[] {
  return assignmentsOf(document).flatMap(({ conveyance, day, to }): HolderSpan[] =>
    day === undefined || to.length === 0 || !PASSES.has(conveyanceKind(conveyance))
      ? []
      : [{ names: to, from: day, by: 'assignment' }],
  );
}

/** Conveyances after which another owns the right, or the same under another name. */
const PASSES: ReadonlySet<string> = new Set(['transfer', 'name', 'merger']);

function transfersOf({ events = [] }: Owned): HolderSpan[] {
  return events.flatMap(({ text, effective, date }): HolderSpan[] => {
    const name = text === undefined ? undefined : newOwner(text);
    const from = effective ?? date;
    return name === undefined || from === undefined ? [] : [{ names: [name], from, by: 'transfer' }];
  });
}

const namesOf = (parties: readonly Party[] | undefined): string[] => [
  ...new Set((parties ?? []).flatMap(({ name, organization }) => name || organization || [])),
];

/** The owners a publication names: proprietors of a grant, else assignees, else applicants. */
function printedOn(document: Owned): Omit<HolderSpan, 'from'> | undefined {
  for (const by of ['proprietors', 'assignees', 'applicants'] as const) {
    const names = namesOf(document[by]);
    if (names.length > 0) return { names, by };
  }
  return undefined;
}

const same = (a: HolderSpan, b: HolderSpan): boolean =>
  a.names.length === b.names.length && a.names.every((name) => b.names.includes(name));

/**
 * The owners of a right in the order of time, from all its publications: what was printed first, later publications
 * that name others, and recorded assignments and transfers. After a recorded change, what a publication prints does
 * not take the right back: offices print what the file named when it was sent to press, and data bases name as the
 * applicant who owns it now. So a change that is older than every publication leaves the time before it open.
 */
export function holderSpans(documents: readonly Owned[]): HolderSpan[] {
  const recorded = documents
    .flatMap((document) => [...assignedBy(document), ...transfersOf(document)])
    .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : (a.from ?? '') > (b.from ?? '') ? 1 : 0));
  const firstChange = recorded[0]?.from ?? '9999';
  const printed = documents
    .toSorted((a, b) => ((a.date ?? '9') < (b.date ?? '9') ? -1 : 1))
    .flatMap((document): HolderSpan[] => {
      const owners = printedOn(document);
      return owners === undefined ? [] : [{ ...owners, ...(document.date ? { from: document.date } : {}) }];
    });
  const spans: HolderSpan[] = [];
  for (const span of [...printed.filter(({ from = '' }) => from < firstChange), ...recorded]) {
    const last = spans.at(-1);
    if (last === undefined)
      spans.push({
        names: span.names,
        by: span.by,
        ...(span.by === 'assignment' || span.by === 'transfer' ? { from: span.from ?? '' } : {}),
      });
    else if (!same(last, span)) spans.push(span);
  }
  return spans;
}
