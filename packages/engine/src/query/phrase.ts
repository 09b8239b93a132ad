import type { ExactPart, PhrasePart, TextQuery } from '@quanlian/kernel';
import { MARK_SEPARATOR } from '../segment/builder.js';
import { WORD_FIELDS } from '../segment/postings.js';
import type { Segment } from '../segment/segment.js';
import { type Bits, emptyBits, keepCommon } from '../storage/bits.js';
import { expandMarks, expandPart } from './expand.js';
import { AnyPlaces, type FieldPlaces, type Places, TermPlaces } from './places.js';

function includes(sorted: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle];
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

interface PlacedPart {
  readonly offset: number;
  readonly places: Places;
}

function openPart(segment: Segment, part: PhrasePart): PlacedPart | undefined {
  const { term, open, pattern, offset } = part;
  if (open || pattern) return { offset, places: new AnyPlaces(segment, 'words', expandPart(segment, part)) };
  const entry = segment.words.find(term);
  return entry && { offset, places: new TermPlaces(segment, 'words', entry) };
}

/** Tells whether what stands at a place is written as the exact part asks. */
type ExactTest = (doc: number, field: number, start: number) => boolean;

/**
 * Only forms that folding changed are marked. A form that folding leaves alone therefore stands where its folded
 * form stands and nothing else is marked there (parts of a divided word are marked in any case).
 */
function exactTest(segment: Segment, { offset, unit, original }: ExactPart): ExactTest {
  const wanted = unit + MARK_SEPARATOR + original;
  const marks = expandMarks(segment, unit).map((entry) => new TermPlaces(segment, 'marks', entry));
  const own = marks.filter(({ entry }) => entry.term === wanted);
  const others = marks.filter(({ entry }) => entry.term !== wanted);
  const isAt = (list: readonly TermPlaces[], doc: number, field: number, place: number): boolean =>
    list.some((term) => includes(term.at(doc)?.[field] ?? [], place));
  return (doc, field, start) => {
    const place = start + offset;
    if (isAt(own, doc, field, place)) return true;
    return unit === original && !isAt(others, doc, field, place);
  };
}

/** A phrase in one segment: where it begins, document by document. */
export interface PhraseMatcher {
  /** Documents that have every part of the phrase somewhere. */
  readonly candidates: Bits;
  /** First positions in each field; documents must be asked for in ascending order. */
  starts(doc: number): FieldPlaces;
}

const NOWHERE: FieldPlaces = WORD_FIELDS.map(() => []);

function startsOf(parts: readonly PlacedPart[], doc: number, field: number): readonly number[] {
  const [first, ...others] = parts;
  let starts: readonly number[] = first.places.at(doc)?.[field] ?? [];
  for (const { offset, places } of others) {
    if (starts.length === 0) return starts;
    const next = places.at(doc)?.[field] ?? [];
    starts = starts.filter((start) => includes(next, start + offset));
  }
  return starts;
}

export function openPhrase(segment: Segment, { parts, exact }: TextQuery, isExact: boolean): PhraseMatcher {
  const opened = parts.map((part) => openPart(segment, part));
  const present = opened.filter((part) => part !== undefined);
  if (present.length === 0 || present.length < parts.length) {
    return { candidates: emptyBits(segment.docs), starts: () => NOWHERE };
  }
  const candidates = present[0].places.docs.slice();
  for (const { places } of present) keepCommon(candidates, places.docs);
  for (const { places } of present) if (places instanceof AnyPlaces) places.expect(candidates);
  const tests = isExact ? exact.map((part) => exactTest(segment, part)) : [];
  return {
    candidates,
    starts: (doc) =>
      WORD_FIELDS.map((_, field) => {
        const starts = startsOf(present, doc, field);
        return tests.length === 0 ? starts : starts.filter((start) => tests.every((test) => test(doc, field, start)));
      }),
  };
}
