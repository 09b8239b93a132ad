import type { Party } from '@quanlian/contract';
import { compact, joined, party } from '../common/values.js';
import { at, child, children, every, value, type XmlElement } from '../xml/tree.js';

/** Everyone named in B700: inventors, assignees (with the office's code of their kind), agents and examiners. */
export function readParties(biblio: XmlElement): {
  inventors: Party[];
  assignees: Party[];
  agents: Party[];
  examiners: Party[];
} {
  const named = (path: string): Party[] => every(biblio, `B700/${path}/PARTY-US`).flatMap((one) => fromParty(one));
  const kinds = every(biblio, 'B700/B730/B732US').map((one) => value(one));
  const examiner = (path: string, role: string): Party[] => named(path).map((one) => ({ ...one, role }));
  return {
    inventors: named('B720/B721'),
    assignees: named('B730/B731').map((one, index) => compact({ ...one, role: kinds[index] }) as Party),
    agents: named('B740/B741'),
    examiners: [...examiner('B745/B746', 'primary'), ...examiner('B745/B747', 'assistant')],
  };
}

/** A PARTY-US: a person or organization with an address; the name in print order. */
function fromParty(element: XmlElement, role?: string): Party[] {
  const name = child(element, 'NAM');
  const address = child(element, 'ADR');
  const person = joined(' ', value(name, 'TTL'), value(name, 'FNM'), value(name, 'SNM'), value(name, 'SFX'));
  const organization = value(name, 'ONM');
  const streets = children(address, 'STR').map((one) => value(one));
  const found = party({
    name: person ?? organization,
    organization: person === undefined ? undefined : organization,
    country: value(address, 'CTRY') ?? value(at(element, 'RESIDENCE'), 'CTRY'),
    region: value(address, 'STATE') ?? value(address, 'CNTY'),
    city: value(address, 'CITY'),
    address: joined(', ', ...streets, value(address, 'PCODE'), value(address, 'OMC')),
    role,
  });
  return found ? [found] : [];
}
