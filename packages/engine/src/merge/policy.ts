import type { SegmentEntry } from '../storage/manifest.js';

/** When segments are merged. */
export interface MergeSettings {
  /** Segments of about one size that are merged together, and how much larger the next size is. */
  readonly fanOut: number;
  /** Documents a merged segment may have. */
  readonly mostDocs: number;
}

/**
 * A million documents keep a segment's columns and its longest lists within a few megabytes each, whatever the size
 * of the corpus.
 */
export const MERGE_SETTINGS: MergeSettings = { fanOut: 8, mostDocs: 1 << 20 };

/** Of a segment's documents, the part that may be gone before it is written anew. */
const MOST_GONE = 0.3;
/** Sizes below this many documents are one; such segments are merged soon, and not written anew before. */
const SMALLEST = 256;

/** A segment of up to so many documents is small: each costs every query as much as a large one does. */
const SMALL = 4096;

/** Something of every live document and of the groups that have none. */
const weight = ({ liveDocs, liveRecords }: SegmentEntry): number => Math.max(liveDocs, liveRecords, 1);

const tierOf = (entry: SegmentEntry, fanOut: number): number =>
  Math.max(0, Math.floor(Math.log(weight(entry) / SMALLEST) / Math.log(fanOut)) + 1);

const dayNumber = (day: number): number =>
  Math.floor(day / 10_000) * 372 + (Math.floor(day / 100) % 100) * 31 + (day % 100);

/** Days that the segments together cover: the less, the better they belong together. */
function span(entries: readonly SegmentEntry[]): number {
  const dated = entries.filter(({ newest }) => newest > 0);
  if (dated.length === 0) return 0;
  const newest = Math.max(...dated.map((entry) => entry.newest));
  return dayNumber(newest) - dayNumber(Math.min(...dated.map(({ oldest }) => oldest)));
}

/** As many of a tier as belong together by date: neighbours in the order of their newest day. */
function closest(tier: readonly SegmentEntry[], { fanOut, mostDocs }: MergeSettings): SegmentEntry[] | undefined {
  const byDate = [...tier].sort((a, b) => b.newest - a.newest || (a.name < b.name ? -1 : 1));
  let best: SegmentEntry[] | undefined;
  for (let at = 0; at + fanOut <= byDate.length; at++) {
    const together = byDate.slice(at, at + fanOut);
    while (together.length > 1 && together.reduce((sum, entry) => sum + weight(entry), 0) > mostDocs) together.pop();
    if (together.length < 2) continue;
    if (
      best === undefined ||
      together.length > best.length ||
      (together.length === best.length && span(together) < span(best))
    )
      best = together;
  }
  return best;
}

/**
 * The smallest segments, whatever their tiers, when half as many as are merged together have gathered. The largest of
 * them is no larger than the others together, so that a document is in a segment of twice the size after each merge:
 * few are left, and none is written anew again and again for a few documents more.
 */
function smallOnes(entries: readonly SegmentEntry[], { fanOut, mostDocs }: MergeSettings): SegmentEntry[] | undefined {
  const small = entries.filter((entry) => weight(entry) <= SMALL).sort((a, b) => weight(a) - weight(b));
  let best: SegmentEntry[] | undefined;
  let sum = 0;
  for (const [i, entry] of small.entries()) {
    const others = sum;
    sum += weight(entry);
    if (i >= fanOut || sum > mostDocs) break;
    if (i + 1 >= fanOut / 2 && i > 0 && weight(entry) <= others) best = small.slice(0, i + 1);
  }
  return best;
}

/**
 * The segments to merge next; undefined when all is well. Those of one size are merged `fanOut` at a time, so that a
 * document is written about once for every size; which of them is settled by their dates, so that segments overlap
 * little. Small ones of several sizes are merged together when there are many. A segment of which too much is gone is written anew alone.
 */
export function chooseMerge(
  entries: readonly SegmentEntry[],
  settings: MergeSettings = MERGE_SETTINGS,
): readonly SegmentEntry[] | undefined {
  const tiers = new Map<number, SegmentEntry[]>();
  for (const entry of entries) {
    if (weight(entry) * 2 > settings.mostDocs) continue;
    const tier = tierOf(entry, settings.fanOut);
    tiers.set(tier, [...(tiers.get(tier) ?? []), entry]);
  }
  for (const [, tier] of [...tiers].sort(([a], [b]) => a - b)) {
    const found = tier.length >= settings.fanOut ? closest(tier, settings) : undefined;
    if (found !== undefined) return found;
  }
  const small = smallOnes([...tiers.values()].flat(), settings);
  if (small !== undefined) return small;
  const worn = entries.find(({ docs, liveDocs }) => docs > SMALLEST && docs - liveDocs > docs * MOST_GONE);
  return worn && [worn];
}
