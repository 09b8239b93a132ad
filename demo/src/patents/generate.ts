import type { PatentDocument } from '@quanlian/contract';
import { generateCity } from '../city/city.js';
import type { City } from '../city/types.js';
import { makeLibrary } from './citations.js';
import { makeFamily, writeDocument } from './document.js';
import { makeOwners } from './owners.js';
import { planFamilies } from './plan.js';

export interface PatentOptions {
  readonly seed: number;
  /** How many publications, exactly. Default 20 000. */
  readonly count?: number;
  /** The city whose people apply; generated from the seed when not given. */
  readonly city?: City;
}

/**
 * The demo city's patents, family by family in order of first filing; a citation always points to a document given
 * before. Texts are written as they are asked for. The same seed and count give the same documents. Every document
 * carries `extra.demo`, so that a page can say that it is generated.
 */
export function* generatePatents({
  seed,
  count = 20_000,
  city = generateCity(seed),
}: PatentOptions): Generator<PatentDocument, void, undefined> {
  const owners = makeOwners(city, seed);
  const library = makeLibrary();
  let index = 0;
  for (const plan of planFamilies(seed, count, owners)) {
    const family = makeFamily(seed, plan, city.agencies);
    for (const member of plan.members) yield writeDocument(family, member, index++, library);
  }
}
