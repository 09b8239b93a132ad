import { documentKey, storable, valueKey } from '../content/document.js';
import { lookupForms } from '../content/numbers.js';
import { hasBit } from '../storage/bits.js';
import type { Snapshot } from './snapshot.js';

/** The ids of live documents in one list, ascending. */
function idsUnder(snapshot: Snapshot, key: string): string[] {
  const ids = snapshot.segments.flatMap(({ segment, live }) => {
    const entry = segment.keys.find(key);
    if (entry === undefined) return [];
    return [...segment.keyDocs(entry)].filter((doc) => hasBit(live, doc)).map((doc) => segment.id(doc));
  });
  return [...new Set(ids)].sort();
}

/** The documents a text names: the one with that id, else all of that office and number. */
export function resolveNumber(snapshot: Snapshot, text: string): string[] {
  const forms = lookupForms(text);
  for (const form of [storable(text.trim()), ...forms]) {
    const found = idsUnder(snapshot, documentKey(form));
    if (found.length > 0) return found;
  }
  return [...new Set(forms.flatMap((form) => idsUnder(snapshot, valueKey('id', form))))].sort();
}
