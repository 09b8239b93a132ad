import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import { hasBit } from '../storage/bits.js';

type List = 'words' | 'keys';

function countIn({ segment, live, entry }: LiveSegment, list: List, term: string): number {
  const found = segment[list].find(term);
  if (found === undefined) return 0;
  if (entry.docs === entry.liveDocs) return found.df;
  const docs = list === 'keys' ? segment.keyDocs(found) : segment.docsOf(list, found);
  let count = 0;
  for (const doc of docs) if (hasBit(live, doc)) count++;
  return count;
}

/** Live documents of the corpus that have a word in any field, or stand under a key. */
export const countLive = (snapshot: Snapshot, list: List, term: string): number =>
  snapshot.segments.reduce((sum, segment) => sum + countIn(segment, list, term), 0);
