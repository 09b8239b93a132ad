import type { Party, PatentDocument } from '@quanlian/contract';
import { compact, joined, party } from '../common/values.js';
import { at, attribute, child, children, every, leaveOut, peek, value, type XmlElement } from '../xml/tree.js';

type PartyFields = Pick<PatentDocument, 'applicants' | 'inventors' | 'assignees' | 'agents' | 'examiners'>;

/** Applicants, inventors, assignees, agents and examiners, and what the shape of a party has no place for. */
export function readParties(biblio: XmlElement): { fields: PartyFields; extra: Record<string, unknown> } {
  const older = child(biblio, 'parties');
  const newer = child(biblio, 'us-parties');
  const residences: { name: string; residence: string }[] = [];
  const read = (element: XmlElement): Party[] => one(element, residences);
  const applicantElements = [...every(older, 'applicants/applicant'), ...every(newer, 'us-applicants/us-applicant')];
  const applicants = applicantElements.flatMap(read);
  // Before September 2012 the inventors of a US document stand as its applicants.
  const inventing = applicantElements.flatMap((element, index) => {
    const type = attribute(element, 'app-type');
    const found = applicants[index];
    return type === 'applicant-inventor' && newer === undefined && found ? [withoutRole(found)] : [];
  });
  const named = [older, newer].flatMap((parties) =>
    children(child(parties, 'inventors')).flatMap((element) => inventor(element, read)),
  );
  const fields = compact({
    applicants,
    inventors: named.length > 0 ? named : inventing,
    assignees: every(biblio, 'assignees/assignee').flatMap(read),
    agents: [older, newer].flatMap((parties) => every(parties, 'agents/agent').flatMap(read)),
    examiners: examiners(child(biblio, 'examiners')),
  });
  const correspondence = every(older, 'correspondence-address').concat(every(newer, 'correspondence-address'));
  const extra = compact({
    correspondenceAddress: correspondence.flatMap(read)[0],
    residences,
    artUnit: value(biblio, 'examiners/primary-examiner/department'),
  });
  return { fields, extra };
}

function withoutRole({ role: _, ...rest }: Party): Party {
  return rest;
}

function inventor(element: XmlElement, read: (element: XmlElement) => Party[]): Party[] {
  const deceased = element.name.includes('deceased');
  return read(element).map((found) => (deceased ? { ...found, role: 'deceased' } : withoutRole(found)));
}

function one(element: XmlElement, residences: { name: string; residence: string }[]): Party[] {
  const books = children(element, 'addressbook');
  const names = books.length > 0 ? books : [element];
  const role =
    value(element, 'role') ??
    value(names[0], 'role') ??
    attribute(element, 'rep-type') ??
    attribute(element, 'app-type');
  const found = names.flatMap((book) => {
    const read = fromBook(book, role);
    return read ? [read] : [];
  });
  leaveOut(child(element, 'nationality'), 'nationality of an applicant, not printed on the publication');
  const residence = at(element, 'residence/country');
  const first = found[0];
  if (residence && first) {
    if (peek(residence).trim() === first.country) leaveOut(residence, 'the same country as in the address');
    else residences.push({ name: first.name, residence: value(residence) ?? '' });
  }
  return found;
}

function fromBook(book: XmlElement, role: string | undefined): Party | undefined {
  const organization = value(book, 'orgname');
  const person = joined(
    ' ',
    value(book, 'prefix'),
    value(book, 'first-name'),
    value(book, 'middle-name'),
    value(book, 'last-name'),
    value(book, 'suffix'),
  );
  const plain = person === undefined ? value(book, 'name') : undefined;
  const address = child(book, 'address');
  const countryElement = child(address, 'country');
  const known = /^[A-Z]{2}$/.test(peek(countryElement).trim());
  if (!known) leaveOut(countryElement, 'the source says that the country is unknown');
  const street = ['address-1', 'address-2', 'address-3', 'address-4', 'address-5', 'street', 'pobox'].map((name) =>
    value(address, name),
  );
  return party({
    name: person ?? plain ?? organization,
    organization: person || plain ? organization : undefined,
    country: known ? value(countryElement) : undefined,
    region: value(address, 'state') ?? value(address, 'county'),
    city: value(address, 'city'),
    address: joined(', ', ...street, value(address, 'postcode'), value(book, 'department')),
    role: role === 'applicant' || role === 'applicant-inventor' ? undefined : role,
  });
}

function examiners(element: XmlElement | undefined): Party[] {
  const roles = { 'primary-examiner': 'primary', 'assistant-examiner': 'assistant', 'authorized-officer': 'officer' };
  return Object.entries(roles).flatMap(([name, role]) =>
    children(element, name).flatMap((examiner) => {
      const found = party({ name: joined(' ', value(examiner, 'first-name'), value(examiner, 'last-name')), role });
      return found ? [found] : [];
    }),
  );
}
