import type { Party, PatentDocument } from '@quanlian/contract';
import { plainData } from '../common/plain.js';
import { compact, joined, party } from '../common/values.js';
import { child, children, every, leaveOut, value, type XmlElement } from '../xml/tree.js';

type PartyFields = Pick<PatentDocument, 'applicants' | 'proprietors' | 'inventors' | 'agents'>;

/** Parties of INID 71-74 (B710 to B740), opponents (B780) and notes about parties. */
export function readParties(biblio: XmlElement): { fields: PartyFields; extra: Record<string, unknown> } {
  const parties = child(biblio, 'B700');
  const states: { name: string; states: string[] }[] = [];
  const list = (path: string): Party[] => every(parties, path).flatMap((one) => readParty(one, states) ?? []);
  const fields = compact({
    applicants: list('B710/B711'),
    inventors: list('B720/B721'),
    proprietors: list('B730/B731'),
    agents: list('B740/B741'),
  });
  const extra = compact({
    opponents: every(parties, 'B780/B781').map((one) => opponent(one)),
    inventorNote: value(parties, 'B720/B725EP') ?? value(parties, 'B725EP'),
    agentNote: value(parties, 'B740/B745EP') ?? value(parties, 'B745EP'),
    partyStates: states,
    otherParties: children(parties, 'B750', 'B760', 'B770').map(plainData),
  });
  return { fields, extra };
}

function readParty(element: XmlElement, states: { name: string; states: string[] }[]): Party | undefined {
  leaveOut(child(element, 'iid'), "the office's internal number of a party");
  leaveOut(child(element, 'oid'), "the office's internal number of a party");
  leaveOut(child(element, 'irf'), "a party's own file reference, not printed");
  const address = child(element, 'adr');
  const found = party({
    name: joined(', ', value(element, 'snm') ?? value(element, 'onm'), value(element, 'fnm')),
    organization: child(element, 'snm') ? value(element, 'onm') : undefined,
    country: value(address, 'ctry'),
    region: value(address, 'state') ?? value(address, 'cnty'),
    city: value(address, 'city'),
    address: joined(', ', value(address, 'str'), value(address, 'pcode'), value(element, 'dtxt')),
    role: value(element, 'sfx'),
  });
  const named = children(element, 'B716EP', 'B736EP').flatMap((one) =>
    every(one, 'ctry').flatMap((state) => value(state) ?? []),
  );
  if (found && named.length > 0) states.push({ name: found.name, states: named });
  return found;
}

function opponent(element: XmlElement): Record<string, unknown> {
  const agents = children(element, 'B784').flatMap((one) => readParty(one, []) ?? []);
  return compact({
    ...readParty(element, []),
    number: value(element, 'dnum/text'),
    date: value(element, 'date'),
    kind: value(element, 'kind'),
    agents,
  });
}
