import type { Party, PatentDocument } from '@quanlian/contract';
import { compact, joined, party } from '../common/values.js';
import { at, child, children, descendants, leaveOut, peek, value, type XmlElement } from '../xml/tree.js';

type PartyFields = Pick<PatentDocument, 'applicants' | 'inventors' | 'proprietors' | 'agents' | 'examiners'>;

const NONE = 'zeros, which stand for none';

/** A field that may hold zeros for "none". */
function given(element: XmlElement | undefined, path: string): string | undefined {
  const field = at(element, path);
  if (!field) return undefined;
  if (/^0+$/.test(peek(field).trim())) {
    leaveOut(field, NONE);
    return undefined;
  }
  return value(field);
}

/** Applicants, inventors, proprietors (the assignees of a grant), agencies with their agents, and examiners. */
export function readParties(biblio: XmlElement): PartyFields {
  const list = (name: string): Party[] => descendants(biblio, name).flatMap((one) => fromBook(one) ?? []);
  return compact({
    applicants: list('Applicant'),
    inventors: list('Inventor'),
    proprietors: list('Assignee'),
    agents: descendants(biblio, 'Agent').flatMap(agent),
    examiners: descendants(biblio, 'Examiner').flatMap(
      (one) => party({ name: value(one, 'Name') ?? bookName(one), role: 'primary' }) ?? [],
    ),
  });
}

function bookName(element: XmlElement): string | undefined {
  const book = child(element, 'AddressBook');
  const person = joined(' ', value(book, 'LastName'), value(book, 'FirstName'));
  return value(book, 'Name') ?? value(book, 'OrganizationName') ?? person;
}

function fromBook(element: XmlElement): Party | undefined {
  for (const code of children(element, 'OrganizationCode', 'AssigneeCode'))
    if (/^0+$/.test(peek(code).trim())) leaveOut(code, NONE);
  const books = children(element, 'AddressBook');
  const address = child(books[0], 'Address');
  const line = given(address, 'Text');
  const rest = [
    'County',
    'Street',
    'AddressLine',
    'AddressBuilding',
    'AddressFloor',
    'AddressRoom',
    'PostBox',
    'PostCode',
    'AddressMailCode',
    'AddressCity',
  ]
    .map((name) => given(address, name))
    .filter((part) => part !== undefined && !line?.includes(part));
  return party({
    name: bookName(element),
    country: given(address, 'WIPOST3Code'),
    region: given(address, 'Province'),
    city: given(address, 'City'),
    address: joined(' ', line, ...rest),
  });
}

function agent(element: XmlElement): Party[] {
  const agency = bookName(child(element, 'Agency') ?? element);
  const name = child(element, 'Agency') ? bookName(element) : undefined;
  const firm = party({ name: agency, role: 'agency' });
  const person = party({ name, role: 'agent', organization: agency });
  return [firm, person].flatMap((one) => one ?? []);
}
