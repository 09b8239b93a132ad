import type { NameProposal } from '@quanlian/contract';
import { normalName, normalPerson } from '@quanlian/kernel';
import { isHeld, listAt, NONE, type RegisterTables } from '../register/store/tables.js';

/** What the documents under a name say. */
interface Profile {
  readonly name: string;
  documents: number;
  readonly inventors: Set<number>;
  readonly addresses: Set<number>;
  readonly families: Set<number>;
  /** Owners that stand beside this one on a document: two owners of one right are not one. */
  readonly beside: Set<number>;
}

/** More owners than these in a family say nothing about two of them. */
const MOST_OWNERS = 8;
const LEAST_FAMILIES = 2;
const MOST_KEPT = 200;

const OWNER_FIELDS = 3;

/** Owners of every held document: name, address and country each; then the inventors. */
function readParties(
  tables: RegisterTables,
  row: number,
): { owners: number[]; places: number[]; inventors: Int32Array } {
  const at = tables.documents.parties.at(row);
  if (at === NONE) return { owners: [], places: [], inventors: new Int32Array(0) };
  const list = listAt(tables, at);
  const count = list[0] ?? 0;
  const owners: number[] = [];
  const places: number[] = [];
  for (let i = 0; i < count; i++) {
    owners.push(list[1 + i * OWNER_FIELDS] as number);
    places.push(list[2 + i * OWNER_FIELDS] as number);
  }
  return { owners, places, inventors: list.subarray(1 + count * OWNER_FIELDS) };
}

function profilesOf(tables: RegisterTables): Map<number, Profile> {
  const { pool, documents } = tables;
  const profiles = new Map<number, Profile>();
  const persons = new Map<number, number>();
  /** Persons are told apart by their normal form, so that a turned-round name is the same inventor. */
  const person = (name: number): number => {
    let form = persons.get(name);
    if (form === undefined) {
      form = pool.intern(`person ${normalPerson(pool.text(name))}`);
      persons.set(name, form);
    }
    return form;
  };
  for (let row = 0; row < documents.id.length; row++) {
    if (!isHeld(tables, row)) continue;
    const { owners, places, inventors } = readParties(tables, row);
    for (const [i, owner] of owners.entries()) {
      let profile = profiles.get(owner);
      if (profile === undefined) {
        const empty = { inventors: new Set<number>(), addresses: new Set<number>(), families: new Set<number>() };
        profile = { name: pool.text(owner), documents: 0, ...empty, beside: new Set() };
        profiles.set(owner, profile);
      }
      profile.documents++;
      const place = places[i] ?? NONE;
      if (place !== NONE && profile.addresses.size < MOST_KEPT) profile.addresses.add(place);
      if (profile.families.size < MOST_KEPT) profile.families.add(documents.family.at(row));
      for (const other of owners) if (other !== owner) profile.beside.add(other);
      if (profile.inventors.size < MOST_KEPT) for (const inventor of inventors) profile.inventors.add(person(inventor));
    }
  }
  return profiles;
}

/** How many values at least two of the sets have. */
function shared(sets: readonly ReadonlySet<number>[]): number {
  const seen = new Map<number, number>();
  for (const set of sets) for (const value of set) seen.set(value, (seen.get(value) ?? 0) + 1);
  let count = 0;
  for (const times of seen.values()) if (times > 1) count++;
  return count;
}

function proposalOf(profiles: readonly Profile[], form: string | null): NameProposal {
  const sorted = profiles.toSorted((a, b) => b.documents - a.documents || (a.name < b.name ? -1 : 1));
  return {
    names: sorted.map(({ name, documents }) => ({ name, documents })),
    evidence: {
      form,
      inventors: shared(sorted.map(({ inventors }) => inventors)),
      addresses: shared(sorted.map(({ addresses }) => addresses)),
      families: shared(sorted.map(({ families }) => families)),
    },
  };
}

/** Names of one normal form. */
function byForm(profiles: ReadonlyMap<number, Profile>): NameProposal[] {
  const forms = new Map<string, Profile[]>();
  for (const profile of profiles.values()) {
    const form = normalName(profile.name);
    if (form !== '') forms.set(form, [...(forms.get(form) ?? []), profile]);
  }
  return [...forms].flatMap(([form, list]) => (list.length > 1 ? [proposalOf(list, form)] : []));
}

/** Names of different forms (another script, another word) that own members of the same families with the same inventors. */
function byFamilies(profiles: ReadonlyMap<number, Profile>): NameProposal[] {
  const ownersOf = new Map<number, number[]>();
  for (const [owner, { families }] of profiles)
    for (const family of families) ownersOf.set(family, [...(ownersOf.get(family) ?? []), owner]);
  const pairs = new Map<string, [number, number, number]>();
  for (const owners of ownersOf.values()) {
    if (owners.length < 2 || owners.length > MOST_OWNERS) continue;
    for (const [i, a] of owners.entries()) {
      for (const b of owners.slice(i + 1)) {
        if (profiles.get(a)?.beside.has(b)) continue;
        const key = `${a} ${b}`;
        pairs.set(key, [a, b, (pairs.get(key)?.[2] ?? 0) + 1]);
      }
    }
  }
  return [...pairs.values()].flatMap(([a, b, families]) => {
    const [first, second] = [profiles.get(a), profiles.get(b)];
    if (families < LEAST_FAMILIES || !first || !second) return [];
    if (normalName(first.name) === normalName(second.name)) return [];
    const proposal = proposalOf([first, second], null);
    return proposal.evidence.inventors > 0 || proposal.evidence.addresses > 0 ? [proposal] : [];
  });
}

const weightOf = ({ evidence: { form, inventors, addresses, families } }: NameProposal): number =>
  (form === null ? 0 : 2) + Math.log2(1 + inventors) + 2 * Math.log2(1 + addresses) + 2 * Math.log2(1 + families);

/** Names of owners that may be one, the best founded first. `words` must occur in one of the names. */
export function proposeNames(tables: RegisterTables, words = ''): NameProposal[] {
  const profiles = profilesOf(tables);
  const wanted = words.trim().toLowerCase();
  return [...byForm(profiles), ...byFamilies(profiles)]
    .filter(({ names }) => wanted === '' || names.some(({ name }) => name.toLowerCase().includes(wanted)))
    .sort((a, b) => weightOf(b) - weightOf(a) || ((a.names[0]?.name ?? '') < (b.names[0]?.name ?? '') ? -1 : 1));
}
