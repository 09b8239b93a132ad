import type { Party } from '@quanlian/contract';
import { compact, party } from '../common/values.js';
import { attribute, child, children, value, type XmlElement } from '../xml/tree.js';
import { bySequence } from './numbers.js';

export interface PartyBlock {
  readonly parties: Party[];
  /** DOCDB's standard spellings of names, by place in the list, where they differ; the office's Latin one comes first. */
  readonly standardNames: { index: number; name: string }[];
}

/** Formats of a name in the order in which a reader would want them: as the office printed it first. */
const PREFERENCE = ['original', 'docdba', 'docdb', 'epodoc'];

/** Applicants or inventors: every name comes in several formats under one sequence number. */
export function readParties(list: XmlElement | undefined, name: string, nameElement: string): PartyBlock {
  const parties: Party[] = [];
  const standardNames: { index: number; name: string }[] = [];
  for (const group of bySequence(children(list, name))) {
    const ordered = [...group].sort((a, b) => rank(a) - rank(b));
    const names = ordered.map((one) => nameOf(one, nameElement));
    const country =
      ordered.map((one) => value(one, 'residence/country')).find(Boolean) ??
      names.map((one) => one.country).find(Boolean);
    const addresses = ordered.map((one) => value(one, 'address/text') ?? value(one, 'address')).filter(Boolean);
    const found = party({ name: names[0]?.name, country, address: addresses[0] });
    if (!found) continue;
    const others = new Set(
      names.flatMap((one) => (one.name === undefined || one.name === found.name ? [] : [one.name])),
    );
    for (const other of others) standardNames.push({ index: parties.length, name: other });
    parties.push(found);
  }
  return { parties, standardNames };
}

function rank(element: XmlElement): number {
  const place = PREFERENCE.indexOf(attribute(element, 'data-format') ?? 'docdb');
  return place < 0 ? PREFERENCE.length : place;
}

/** OPS writes the country behind the name in brackets, and a comma behind every name but the last. */
function nameOf(element: XmlElement, nameElement: string): { name?: string; country?: string } {
  const holder = child(element, nameElement) ?? element;
  const text = value(holder, 'name') ?? value(holder, 'last-name');
  const match = /^(.*?)[,\s]*(?:\[([A-Z]{2})\])?[,\s]*$/.exec(text ?? '');
  return compact({ name: match?.[1] ?? text, country: match?.[2] }) as { name?: string; country?: string };
}
