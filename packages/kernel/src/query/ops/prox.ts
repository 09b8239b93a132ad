import type { ProximityUnit, QueryNode } from '@quanlian/contract';
import { distances, type Nearness } from '../shared/build.js';
import { fail } from '../shared/fault.js';
import type { OpsToken } from './tokens.js';

/** `world` is how the office's guide misprints `word` in its own example, which searchers copy. */
const UNITS: ReadonlyMap<string, ProximityUnit> = new Map([
  ['word', 'word'],
  ['world', 'word'],
  ['sentence', 'sentence'],
  ['paragraph', 'paragraph'],
]);

/** What `prox` and its modifiers ask for; without a distance words are adjacent and larger units the same. */
export function nearnessOf(token: OpsToken & { readonly type: 'prox' }): Nearness {
  let unit: ProximityUnit = 'word';
  let range: Pick<Nearness, 'least' | 'most'> | undefined;
  let ordered = false;
  for (const { name, comparison = '=', value = '' } of token.modifiers) {
    const known = name === 'unit' && comparison === '=' ? UNITS.get(value) : undefined;
    const distance = name === 'distance' && /^\d{1,6}$/.test(value) ? distances(comparison, Number(value)) : undefined;
    const order = name === 'ordered' && comparison === '=' && /^(?:true|false)$/.test(value);
    if (known) unit = known;
    else if (distance) range = distance;
    else if (order) ordered = value === 'true';
    else {
      const message = `“${token.text}” is not understood; prox takes /unit=word, sentence or paragraph, /distance<=5 and /ordered=true.`;
      fail('query.bad_prox', message, token);
    }
  }
  return { unit, ...(range ?? { most: unit === 'word' ? 1 : 0 }), ordered };
}

function collect(node: QueryNode, found: Set<string>): void {
  if ('field' in node) found.add(node.field);
  else if (node.op === 'index') found.add(node.index);
  else if ('clauses' in node) for (const clause of node.clauses) collect(clause, found);
  else found.add(node.op);
}

/** The fields one side of a proximity looks in, as one text that can be compared. */
export function sideFields(node: QueryNode): string {
  const found = new Set<string>();
  collect(node, found);
  return [...found].sort().join(' ');
}
