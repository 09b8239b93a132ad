import type { Hit } from '@quanlian/contract';
import type { Snapshot } from '../corpus/snapshot.js';
import type { Candidate } from './order.js';
import { type DocValues, docValues } from './values.js';

/** Values that a brief hit has besides its id. */
const NAMES = ['office', 'kind', 'family'] as const;

/** Writes hits from columns alone, without reading their records: what names a publication, and its family. */
export function briefHits(snapshot: Snapshot, places: readonly Candidate[], day: number, scored: boolean): Hit[] {
  const columns = new Map<number, readonly DocValues[]>();
  const columnsOf = (number: number): readonly DocValues[] => {
    const known =
      columns.get(number) ?? NAMES.map((name) => docValues(snapshot, snapshot.segments[number].segment, name, day));
    columns.set(number, known);
    return known;
  };
  return places.map((place) => {
    const { segment } = snapshot.segments[place.segment];
    const told: Partial<Record<(typeof NAMES)[number], string>> = {};
    for (const [at, values] of columnsOf(place.segment).entries()) {
      const name = NAMES[at];
      values.visit(place.doc, (number) => {
        told[name] = values.valueOf(number);
      });
    }
    return {
      id: segment.id(place.doc),
      office: told.office ?? '',
      ...(told.kind === undefined ? {} : { kind: told.kind }),
      ...(told.family === undefined ? {} : { family: told.family }),
      title: null,
      applicants: [],
      classes: [],
      score: scored ? place.score : null,
      passages: [],
    };
  });
}
