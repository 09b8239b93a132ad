import type { LegalEvent, MappedEvent } from '@quanlian/contract';
import { type EventMap, eventCodeKey, mapEvent } from './mapping.js';

/** How an event is understood: by the code the source itself gives, by our own tables, by the loaded list, or not. */
export const EVENT_READINGS = ['st27', 'table', 'list', 'unmapped'] as const;
type EventReading = (typeof EVENT_READINGS)[number];

/** How many events, and how many different codes, of an office are understood in which way. */
export interface Reach {
  readonly office: string;
  readonly events: Readonly<Record<EventReading, number>>;
  readonly codes: Readonly<Record<EventReading, number>>;
  /** The codes without known meaning, most frequent first, with how often each occurs. */
  readonly unmapped: readonly (readonly [code: string, events: number])[];
}

function readingOf({ mappedBy }: MappedEvent, list: string | undefined): EventReading {
  if (mappedBy === null) return 'unmapped';
  if (mappedBy === 'source') return 'st27';
  return list === undefined ? 'table' : 'list';
}

const zero = (): Record<EventReading, number> => ({ st27: 0, table: 0, list: 0, unmapped: 0 });

/**
 * Counts events by how a map understands them. Of a code that is understood in several ways (with and without a code
 * of ST.27 beside it) the best counts, so that the codes of an office add up.
 */
export function createReach(map: EventMap): { add(event: LegalEvent): void; result(): Reach[] } {
  const offices = new Map<
    string,
    { events: Record<EventReading, number>; codes: Map<string, [EventReading, number]> }
  >();
  return {
    add(event) {
      const { office } = event;
      const held = offices.get(office) ?? { events: zero(), codes: new Map() };
      offices.set(office, held);
      const reading = readingOf(mapEvent(event, map), map.find(office, event.code, event.text)?.list);
      held.events[reading] += 1;
      const key = eventCodeKey(office, event.code).slice(office.length + 1);
      const [before = reading, times = 0] = held.codes.get(key) ?? [];
      const best = EVENT_READINGS.indexOf(before) < EVENT_READINGS.indexOf(reading) ? before : reading;
      held.codes.set(key, [best, times + 1]);
    },
    result: () =>
      [...offices]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([office, { events, codes }]) => {
          const counted = zero();
          for (const [reading] of codes.values()) counted[reading] += 1;
          const unmapped = [...codes]
            .flatMap(([code, [reading, times]]) => (reading === 'unmapped' ? [[code, times] as const] : []))
            .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
          return { office, events, codes: counted, unmapped };
        }),
  };
}
