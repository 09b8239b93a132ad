import type { FeeWindow, LegalTimeline, MappedEvent, StatusSpan } from '@quanlian/contract';
import type { RightFacts } from './facts.js';
import { feeWindows, paidUntil } from './fees.js';
import { fold, type Passing, withTime } from './fold.js';
import type { EventMap } from './mapping.js';
import { inStates, wholeOfStates } from './states.js';
import { dayOf, grantDay, readEvents, stepsOf } from './steps.js';

function newest(dates: readonly (string | undefined)[]): string | null {
  return dates.reduce<string | null>((best, date) => {
    if (date === undefined) return best;
    const day = dayOf(date);
    return best === null || day > best ? day : best;
  }, null);
}

function passing(
  facts: RightFacts,
  events: readonly MappedEvent[],
  fees: readonly FeeWindow[],
  granted?: string,
): Passing {
  const knownUntil = newest([
    facts.filed,
    facts.reportedUntil,
    ...facts.publications.map(({ date }) => date),
    ...facts.events.flatMap(({ date, effective }) => [date, effective]),
  ]);
  const extended =
    facts.term?.compensated !== true && events.some(({ category, void: taken }) => category === 'G' && !taken);
  const paid = granted === undefined ? undefined : paidUntil(fees, facts);
  return { facts, knownUntil, extended, paid };
}

/**
 * The legal life of an application, folded from its events, publications and term in the order of their effect
 * (effective date, then category, then the order of telling); the order in which events are given does not matter.
 * A correction (ST.27 category Y) takes back the newest event of the codes it is meant for; C and K revive; a first
 * grant wakes an application; nothing else wakes what has ended. A regional right is also told state by state, and is
 * over as a whole on the day it is over in the last one. After the last thing known a living status becomes unknown
 * once `horizonMonths` have passed or what was paid for is over, and the end of the term ends it in any case. An event
 * that no mapping knows changes nothing and stays in the list.
 */
export function legalTimeline(facts: RightFacts, map: EventMap): LegalTimeline {
  const read = readEvents(facts.events, map);
  const steps = stepsOf(facts, read);
  const central = fold(steps.filter(({ states }) => states === null));
  const granted = central.find(({ status }) => status === 'in-force')?.from;
  const fees = feeWindows(facts, read, grantDay(facts, read));
  const time = passing(facts, read.events, fees, granted);
  const states =
    facts.regional === true && granted !== undefined ? inStates({ facts, read, steps, central, granted, time }) : [];
  const spans = states.length === 0 ? withTime(central, time) : wholeOfStates(central, states);
  const { knownUntil } = time;
  return { spans, events: read.events, knownUntil, termEnds: facts.term?.ends ?? null, states, fees };
}

/** The span that holds on a day, or undefined before anything is known. Days before the first span are unknown. */
export function statusOn({ spans }: { readonly spans: readonly StatusSpan[] }, day: string): StatusSpan | undefined {
  return spans.findLast(({ from }) => from <= day);
}

/** The states in which a regional right is in force on a day. */
export function inForceOn({ states }: Pick<LegalTimeline, 'states'>, day: string): string[] {
  return states.filter((life) => statusOn(life, day)?.status === 'in-force').map(({ state }) => state);
}
