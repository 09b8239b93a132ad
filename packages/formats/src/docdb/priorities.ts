import type { DocumentNumber } from '@quanlian/contract';
import { compact } from '../common/values.js';
import { value, type XmlElement } from '../xml/tree.js';
import { bySequence, numberForms } from './numbers.js';

/** How the EPO uses a priority to build families, by place in the list. */
interface PriorityLink {
  readonly priority: number;
  readonly active?: string;
  readonly linkage?: string;
}

/** The priorities that `priority-claim` elements name, and whether each is active and what kind of link it is. */
export function readPriorities(claims: readonly XmlElement[]): { priorities: DocumentNumber[]; links: PriorityLink[] } {
  const priorities: DocumentNumber[] = [];
  const links: PriorityLink[] = [];
  for (const group of bySequence(claims)) {
    const number = numberForms(group);
    const said = (name: string): string | undefined => group.flatMap((one) => value(one, name) ?? [])[0];
    const link = compact({ active: said('priority-active-indicator'), linkage: said('priority-linkage-type') });
    if (Object.keys(link).length > 0) links.push({ priority: priorities.length, ...link } as PriorityLink);
    if (number) priorities.push(number);
  }
  return { priorities, links };
}
