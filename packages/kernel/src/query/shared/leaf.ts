import type { FieldDefinition, QueryNode } from '@quanlian/contract';
import { hasSomethingToFind } from '../simple/characters.js';
import { group, proximity } from './build.js';
import { type Clause, clauseOf, wrong } from './values.js';
import { type PatternPart, patternNode, readPattern, type WildcardSigns } from './wildcards.js';

/** How a value stands in a query. */
export interface LeafShape {
  /** In quotes: a phrase even of one word. */
  readonly quoted: boolean;
  /** In its very characters, or a class without what is below it. */
  readonly exact?: boolean;
  /** The wildcards of the language; absent where the value has none. */
  readonly signs?: WildcardSigns | undefined;
}

const isOpen = (part: PatternPart | undefined): boolean => typeof part === 'object' && part.min === 0 && !part.max;

/** A symbol or number whose wildcards are not only at its end. */
function valuePattern(field: FieldDefinition, parts: readonly PatternPart[]): QueryNode {
  const folded = parts.map((part, i) => {
    if (typeof part !== 'string') return part;
    const upper = part.toUpperCase();
    return field.kind === 'class' && i === 0 ? upper.replace(/^([A-HY]\d{2}[A-Z])\s*(?=\d)/, '$1 ') : upper;
  });
  return { op: 'pattern', field: field.name, parts: folded };
}

const isFound = (part: PatternPart): boolean => typeof part === 'string' && hasSomethingToFind(part);

/** Words with wildcards in quotes: each beside the one before. Punctuation by itself parts words as a blank does. */
function words(field: FieldDefinition, text: string, signs: WildcardSigns): Clause {
  const patterns = text
    .trim()
    .split(/\s+/u)
    .map((word) => readPattern(word, signs))
    .filter((parts) => parts.length > 1 || parts.some(isFound));
  if (!patterns.every((parts) => parts.some(isFound))) {
    return wrong(
      'query.bad_wildcard',
      'A wildcard stands for letters of a word, not for a word; leave out the one that stands alone.',
    );
  }
  const nodes = patterns.map((parts) => patternNode(field.name, parts));
  const [first] = nodes;
  if (first && nodes.length === 1) return { node: first };
  return { node: proximity(nodes, { unit: 'word', most: 1, ordered: true }) };
}

const nothing = (): Clause =>
  wrong('query.nothing_to_find', 'There is no letter, character or digit to look for here.');

/** The clause that a value means in a field, wildcards of the language included. */
export function leafOf(field: FieldDefinition, text: string, { quoted, exact = false, signs }: LeafShape): Clause {
  const parts = signs ? readPattern(text, signs) : [text];
  const [first, second] = parts;
  if (!parts.some(isFound)) return nothing();
  if (parts.length === 1 && typeof first === 'string') {
    return clauseOf(field, first, { quoted: quoted || /\s/u.test(first), exact, prefix: false });
  }
  if (exact) {
    const message = 'A word in its very characters takes no wildcard; leave out one of the two.';
    return wrong('query.bad_wildcard', message);
  }
  const isText = field.kind === 'text' || field.kind === 'name';
  if (isText && signs) return words(field, text, signs);
  if (parts.length === 2 && typeof first === 'string' && isOpen(second)) {
    return clauseOf(field, first, { quoted, exact: false, prefix: true });
  }
  if (field.kind === 'date') return clauseOf(field, text, { quoted, exact: false, prefix: false });
  return { node: valuePattern(field, parts) };
}

/** One value looked for in each of several fields. */
export function leafOfAny(fields: readonly FieldDefinition[], text: string, shape: LeafShape): Clause {
  const nodes: QueryNode[] = [];
  for (const field of fields) {
    const clause = leafOf(field, text, shape);
    if (!('node' in clause)) return clause;
    nodes.push(clause.node);
  }
  return { node: group('or', nodes) };
}
