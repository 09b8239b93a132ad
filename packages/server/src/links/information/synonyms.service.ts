import { QuanlianError, type SchemeName, type SynonymSet } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { readSynonyms, type Scheme, synonymsFromTitles, writeSynonyms } from '@quanlian/kernel';
import { ProblemWithDetails } from '../../http/problem.js';
import type { SchemeStore } from './schemes/scheme.store.js';

/** A set of synonyms as it is edited: a group a line. */
interface SynonymText {
  readonly name: string;
  readonly text: string;
  readonly groups: number;
}

/** The synonym sets kept in the corpus, read and changed one at a time. */
export interface Synonyms {
  list(): Promise<SynonymText[]>;
  /** Puts a set in the place of the one of this name. Throws `request.invalid` with every line that is wrong. */
  put(name: string, text: string): Promise<SynonymText>;
  /** Keeps the bilingual titles of the current version of a scheme as the set of its name. Throws `scheme.unknown`. */
  seed(scheme: SchemeName): Promise<SynonymText>;
  /**
   * Keeps the bilingual titles of every version of a scheme that became current since, as the set of its name. It never
   * changes a set that is there, and brings back none that was taken away until another version becomes current; where it
   * cannot, all stays as it is.
   */
  follow(): Promise<void>;
  /** Throws `request.not_found`. */
  remove(name: string): Promise<void>;
}

/** Groups of all sets together: each search that asks for synonyms puts them all together. */
const MOST_GROUPS = 50_000;

/** The languages whose titles stand beside each other. */
const BOTH = ['en', 'zh'];

const textOf = (set: SynonymSet): SynonymText => ({
  name: set.name,
  text: writeSynonyms(set),
  groups: set.groups.length,
});

function readSet(name: string, text: string): SynonymSet {
  const { set, faults } = readSynonyms(name, text);
  const [first] = faults;
  if (first === undefined) return set;
  const sentence = `Line ${first.line} of the synonyms “${name}”: ${first.message}`;
  throw new ProblemWithDetails('request.invalid', sentence, { faults }, 'text');
}

function* titlesOf(tree: Scheme): Generator<Readonly<Record<string, string>>> {
  for (const root of tree.roots()) {
    for (const symbol of [root.symbol, ...tree.below(root.symbol)]) yield tree.node(symbol)?.titles ?? {};
  }
}

export function createSynonyms(backend: SearchBackend, schemes: Pick<SchemeStore, 'open' | 'list'>): Synonyms {
  // The corpus keeps all sets as one, so changes of different sets wait for each other.
  let last: Promise<unknown> = Promise.resolve();
  const change = (make: (sets: readonly SynonymSet[]) => readonly SynonymSet[]): Promise<void> => {
    const done = last.then(async () => {
      const sets = make(await backend.synonyms());
      const groups = sets.reduce((sum, set) => sum + set.groups.length, 0);
      if (groups > MOST_GROUPS) {
        const sentence = `All synonym sets together have at most ${MOST_GROUPS} groups, not ${groups}.`;
        throw new QuanlianError('request.invalid', sentence, { path: 'text' });
      }
      await backend.applySynonyms(sets);
    });
    last = done.catch(() => undefined);
    return done;
  };
  const keep = async (set: SynonymSet): Promise<SynonymText> => {
    await change((sets) =>
      [...sets.filter((other) => other.name !== set.name), set].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    return textOf(set);
  };
  const seed = async (scheme: SchemeName): Promise<SynonymText> => {
    const found = await schemes.open(scheme);
    if (found) return keep(synonymsFromTitles(scheme, titlesOf(found.tree)));
    throw new QuanlianError(
      'scheme.unknown',
      `No version of ${scheme} is loaded here. The operator loads one with “quanlian scheme load”.`,
    );
  };
  const seedNew = async (): Promise<void> => {
    const current = (await schemes.list()).filter(
      (one) => one.current && BOTH.every((lang) => one.languages.includes(lang)),
    );
    if (current.length === 0) return;
    const marks = await backend.marks();
    for (const { scheme, version } of current) {
      const mark = `synonyms:${scheme}`;
      if (marks[mark] === version) continue;
      const isKnown = (await backend.synonyms()).some(({ name }) => name === scheme);
      if (!isKnown) await seed(scheme);
      await backend.apply([], { [mark]: version });
    }
  };
  let following: Promise<void> | undefined;
  return {
    follow() {
      // A corpus that cannot be written now is asked again the next time.
      following ??= seedNew()
        .catch(() => undefined)
        .finally(() => {
          following = undefined;
        });
      return following;
    },
    async list() {
      return (await backend.synonyms()).map(textOf);
    },
    put: async (name, text) => keep(readSet(name, text)),
    seed,
    async remove(name) {
      await change((sets) => {
        const left = sets.filter((set) => set.name !== name);
        if (left.length < sets.length) return left;
        throw new QuanlianError('request.not_found', `There is no set of synonyms “${name}”.`);
      });
    },
  };
}
