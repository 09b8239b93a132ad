import { QuanlianError, type SynonymSet } from '@quanlian/contract';
import { synonymFaults } from '@quanlian/kernel';
import type { FileSystem } from '../storage/file-system.js';
import type { Manifest } from '../storage/manifest.js';
import { readChecked } from './snapshot.js';

/** Refuses `request.invalid` and names the set and the group that is wrong. */
export function checkSynonyms(sets: readonly SynonymSet[]): void {
  for (const set of sets) {
    const [fault] = synonymFaults(set);
    if (fault === undefined) continue;
    throw new QuanlianError('request.invalid', `Group ${fault.line} of the synonyms "${set.name}": ${fault.message}`);
  }
}

/** The synonym sets kept in a commit. */
export function readSynonyms(fs: FileSystem, dir: string, { synonyms }: Manifest): readonly SynonymSet[] {
  if (synonyms === null) return [];
  return JSON.parse(readChecked(fs, dir, synonyms).toString('utf8')) as SynonymSet[];
}
