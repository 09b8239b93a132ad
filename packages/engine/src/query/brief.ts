import type { Hit } from '@quanlian/contract';
import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import type { Candidate } from './order.js';
import { type DocValues, facetValues } from './values.js';

/** The last of the values, of which names of publications have one. */
function valueIn(values: DocValues, doc: number): string | undefined {
  let told: string | undefined;
  values.visit(doc, (number) => {
    told = values.valueOf(number);
  });
  return told;
}

/** Writes hits from columns alone, without reading their records: what names a publication, and its family. */
export function briefHits(snapshot: Snapshot, places: readonly Candidate[], day: number, scored: boolean): Hit[] {
  const [holder] = snapshot.segments;
  if (holder === undefined) return [];
  // The column is of all segments; it is kept with the first, and forgotten with it.
  const families = snapshot.columns.lookup('family', day, holder.segment.kept);
  /** The family that was derived, else the one that the source names. */
  const familyOf = ({ segment }: LiveSegment, doc: number, id: string): string | undefined =>
    families(id).at(-1) ?? valueIn(facetValues(segment, 'family'), doc);
  return places.map((place) => {
    const live = snapshot.segments[place.segment];
    const { segment } = live;
    const id = segment.id(place.doc);
    const kind = valueIn(facetValues(segment, 'kind'), place.doc);
    const family = familyOf(live, place.doc, id);
    return {
      id,
      office: valueIn(facetValues(segment, 'office'), place.doc) ?? '',
      ...(kind === undefined ? {} : { kind }),
      ...(family === undefined ? {} : { family }),
      title: null,
      applicants: [],
      classes: [],
      score: scored ? place.score : null,
      passages: [],
    };
  });
}
