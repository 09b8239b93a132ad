import type { Party } from '@quanlian/contract';
import { joined, party } from '../common/values.js';
import { attribute, child, children, value, type XmlElement } from '../xml/tree.js';

export interface PartyBlock {
  readonly parties: Party[];
  /** Other spellings of a name in the same list, by place in the list. */
  readonly otherNames: { index: number; name: string }[];
}

/** Spellings in the order in which a reader would want them: as the office printed it first. */
const PREFERENCE = ['original', 'intermediate', 'epo'];

/** One list of parties: the collection gives every name in up to three spellings under one sequence number. */
export function readParties(
  list: XmlElement | undefined,
  role?: (element: XmlElement) => string | undefined,
): PartyBlock {
  const groups = new Map<string, XmlElement[]>();
  for (const [index, element] of children(list).entries()) {
    const key = attribute(element, 'sequence') ?? `#${index}`;
    groups.set(key, [...(groups.get(key) ?? []), element]);
  }
  const parties: Party[] = [];
  const otherNames: { index: number; name: string }[] = [];
  for (const group of groups.values()) {
    const ordered = [...group].sort((a, b) => rank(a) - rank(b));
    const spellings = ordered.flatMap((element) => fromBook(element, role?.(element)) ?? []);
    const [first, ...rest] = spellings;
    if (!first) continue;
    const country = first.country ?? rest.find((one) => one.country !== undefined)?.country;
    for (const name of new Set(rest.map((one) => one.name))) {
      if (name !== first.name) otherNames.push({ index: parties.length, name });
    }
    parties.push(country === undefined ? first : { ...first, country });
  }
  return { parties, otherNames };
}

function rank(element: XmlElement): number {
  const place = PREFERENCE.indexOf(attribute(element, 'format') ?? 'original');
  return place < 0 ? PREFERENCE.length : place;
}

function fromBook(element: XmlElement, role: string | undefined): Party | undefined {
  const book = child(element, 'addressbook') ?? element;
  const address = child(book, 'address');
  const streets = ['address-1', 'address-2', 'address-3', 'street', 'pobox'].map((name) => value(address, name));
  const person = joined(' ', value(book, 'first-name'), value(book, 'middle-name'), value(book, 'last-name'));
  const organization = value(book, 'orgname');
  const name = person ?? value(book, 'name') ?? organization;
  return party({
    name,
    organization: name === organization ? undefined : organization,
    country: value(address, 'country'),
    region: value(address, 'state') ?? value(address, 'county'),
    city: value(address, 'city'),
    address: joined(', ', ...streets, value(address, 'postcode'), value(address, 'text')),
    role,
  });
}
