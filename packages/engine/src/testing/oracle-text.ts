import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { analyse as analyseAnew, analyseQuery, type PhrasePart, type Token, textBorders } from '@quanlian/kernel';

/** Where words stand, looked for text by text. It shares with the engine only the reading of a text into units. */

const analysed = new Map<string, Token[]>();

/** The same texts are looked at by every query, so their tokens are remembered. */
function analyse(text: string): Token[] {
  const known = analysed.get(text);
  if (known) return known;
  const tokens = analyseAnew(text);
  analysed.set(text, tokens);
  return tokens;
}

export type TextName = 'title' | 'abstract' | 'claims' | 'description' | 'applicant' | 'inventor' | 'agent';

export interface Value {
  readonly field: TextName;
  readonly lang: string | undefined;
  readonly text: string;
}

export const distinctNames = (...lists: (PatentDocument['applicants'] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []).map((party) => party.name))),
];
export const applicants = (doc: PatentDocument): string[] =>
  distinctNames(doc.applicants, doc.proprietors, doc.assignees);

export function valuesOf(doc: PatentDocument): Value[] {
  const byLanguage = (field: TextName, texts: Record<string, string> = {}): Value[] =>
    Object.entries(texts).map(([lang, text]) => ({ field, lang, text }));
  const plain = (field: TextName, texts: string[]): Value[] => texts.map((text) => ({ field, lang: undefined, text }));
  return [
    ...byLanguage('title', doc.titles),
    ...byLanguage('abstract', doc.abstracts),
    ...(doc.claims ?? []).map(({ lang, text }): Value => ({ field: 'claims', lang, text })),
    ...(doc.description ?? []).flatMap(({ lang, heading, text }): Value[] =>
      [heading, text]
        .filter((piece) => piece !== undefined)
        .map((piece) => ({ field: 'description', lang, text: piece })),
    ),
    ...plain('applicant', applicants(doc)),
    ...plain('inventor', distinctNames(doc.inventors)),
    ...plain('agent', distinctNames(doc.agents)),
  ];
}

const inField = (field: string, value: Value): boolean =>
  field === 'text' ? value.field !== 'agent' : value.field === field;

interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

interface Wanted {
  readonly unit: string;
  readonly original: string;
  readonly open: boolean;
  /** A CJK character that touches the one before it in the query must do so in the text. */
  readonly touches: boolean;
}

function wantedUnits(text: string, prefix: boolean): Wanted[] {
  const units = analyse(text).filter((token) => !token.part);
  return units.map(({ unit, original, cjk, from }, i) => ({
    unit,
    original,
    open: prefix && !cjk && i === units.length - 1,
    touches: cjk && units[i - 1]?.cjk === true && units[i - 1].unitTo === from,
  }));
}

function fitting(
  tokens: readonly Token[],
  position: number,
  { unit, original, open }: Wanted,
  exact: boolean,
): Token[] {
  return tokens.filter(
    (token) =>
      token.position === position &&
      (open ? token.unit.startsWith(unit) : token.unit === unit) &&
      (!exact || token.original === original),
  );
}

function occurrences(text: string, wanted: readonly Wanted[], exact: boolean): Occurrence[] {
  if (wanted.length === 0) return [];
  const tokens = analyse(text);
  const found: Occurrence[] = [];
  for (const start of new Set(tokens.map((token) => token.position))) {
    const fits = wanted.map((unit, i) => fitting(tokens, start + i, unit, exact));
    if (fits.some((list) => list.length === 0)) continue;
    if (wanted.some(({ touches }, i) => touches && fits[i - 1][0].unitTo !== fits[i][0].from)) continue;
    const all = fits.flat();
    found.push({
      start,
      end: start + wanted.length - 1,
      from: Math.min(...all.map((token) => token.from)),
      to: Math.max(...all.map((token) => token.unitTo)),
    });
  }
  return found;
}

/** All chains of one occurrence of each text, tried one after another. */
function chains(
  lists: readonly Occurrence[][],
  distance: number,
  ordered: boolean,
): { item: number; at: Occurrence }[][] {
  const whole: { item: number; at: Occurrence }[][] = [];
  const extend = (chain: { item: number; at: Occurrence }[]): void => {
    if (chain.length === lists.length) {
      whole.push(chain);
      return;
    }
    const last = chain.at(-1)?.at;
    lists.forEach((list, item) => {
      if (chain.some((link) => link.item === item) || (ordered && item !== chain.length)) return;
      for (const at of list) {
        if (last && !(at.start > last.end && at.start - last.end <= distance)) continue;
        extend([...chain, { item, at }]);
      }
    });
  };
  if (lists.length > 0) extend([]);
  return whole;
}

export type Scored = Extract<QueryNode, { op: 'term' | 'phrase' | 'prefix' | 'near' | 'pattern' | 'proximity' }>;

export const isScored = (node: QueryNode): node is Scored =>
  ['term', 'phrase', 'prefix', 'near', 'pattern', 'proximity'].includes(node.op);

type Pattern = Extract<QueryNode, { op: 'pattern' }>;

const hasCjk = (text: string): boolean => analyse(text).some(({ cjk }) => cjk);
const isCjkPattern = ({ parts }: Pattern): boolean => parts.some((part) => typeof part === 'string' && hasCjk(part));

/** Tells whether a folded word fits a pattern, letter by letter. */
function fitsPattern(word: readonly string[], parts: Pattern['parts']): boolean {
  const [first, ...rest] = parts;
  if (first === undefined) return word.length === 0;
  if (typeof first === 'string') {
    const letters = [...first.toLowerCase()];
    return letters.every((letter, i) => word[i] === letter) && fitsPattern(word.slice(letters.length), rest);
  }
  const most = Math.min(first.max ?? word.length, word.length);
  for (let taken = first.min; taken <= most; taken++) if (fitsPattern(word.slice(taken), rest)) return true;
  return false;
}

/** Characters left open between CJK characters are a distance between what stands on both sides. */
function asProximity({ field, parts }: Pattern): QueryNode {
  let node: QueryNode | undefined;
  let gap: { min: number; max?: number | undefined } = { min: 0, max: 0 };
  for (const part of parts) {
    if (typeof part !== 'string') gap = part;
    else {
      const next: QueryNode = { op: 'phrase', field, text: part };
      const most = gap.max === undefined ? 1023 : gap.max + 1;
      node = node
        ? { op: 'proximity', unit: 'word', least: gap.min + 1, most, ordered: true, clauses: [node, next] }
        : next;
    }
  }
  return node ?? { op: 'none' };
}

interface Piece {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** A value of one field laid out behind those before it. */
interface Laid {
  readonly index: number;
  readonly value: Value;
  readonly base: number;
}

function layOut(doc: PatentDocument, field: TextName): Laid[] {
  let base = 0;
  return valuesOf(doc).flatMap((value, index) => {
    if (value.field !== field) return [];
    const laid = { index, value, base };
    base += new Set(analyse(value.text).map(({ position }) => position)).size + 1024;
    return [laid];
  });
}

/** The number of the sentence or paragraph of a field in which a position stands. */
function unitOf(laid: readonly Laid[], unit: string, position: number): number {
  if (unit === 'word') return position;
  if (unit === 'field') return 0;
  let count = 0;
  for (const { value, base } of laid) {
    const tokens = analyse(value.text).filter((token) => base + token.position <= position);
    const last = Math.max(-1, ...tokens.map(({ from }) => from));
    if (last < 0) continue;
    const starts = [{ at: 0, paragraph: true }, ...textBorders(value.text)].filter(
      ({ at, paragraph }) => (paragraph || unit === 'sentence') && at <= last,
    );
    // Borders that no word lies between are one.
    const firsts = starts.map(({ at }) => analyse(value.text).find(({ from }) => from >= at)?.position);
    count += new Set(firsts).size;
  }
  return count;
}

const together = (spans: readonly Span[]): Span[] => {
  const byPlace = new Map<string, Span>();
  for (const span of spans) {
    const key = `${span.start} ${span.end}`;
    byPlace.set(key, { ...span, pieces: [...(byPlace.get(key)?.pieces ?? []), ...span.pieces] });
  }
  return [...byPlace.values()];
};

type Chain = readonly { readonly item: number; readonly span: Span }[];

/** Every way to put one span of each list behind another as a proximity asks. */
function allChains(
  laid: readonly Laid[],
  lists: readonly Span[][],
  { unit, least, most, ordered }: { unit: string; least: number; most: number; ordered: boolean },
): Chain[] {
  const whole: Chain[] = [];
  const extend = (chain: Chain): void => {
    if (chain.length === lists.length) {
      whole.push(chain);
      return;
    }
    const last = chain.at(-1)?.span;
    lists.forEach((list, item) => {
      if (chain.some((link) => link.item === item) || (ordered && item !== chain.length)) return;
      for (const span of list) {
        if (last) {
          const distance = unitOf(laid, unit, span.start) - unitOf(laid, unit, last.end);
          if (span.start <= last.end || distance < least || distance > most) continue;
        }
        extend([...chain, { item, span }]);
      }
    });
  };
  if (lists.length > 0) extend([]);
  return whole;
}

function chainsOf(node: Extract<QueryNode, { op: 'proximity' }>, doc: PatentDocument, field: TextName): Chain[] {
  const { unit, least = unit === 'word' ? 1 : 0, most = unit === 'word' ? 1023 : Number.POSITIVE_INFINITY } = node;
  const lists = node.clauses.map((clause) => spansOf(clause, doc, field));
  return allChains(layOut(doc, field), lists, { unit, least, most, ordered: node.ordered ?? false });
}

function spansOf(node: QueryNode, doc: PatentDocument, field: TextName): Span[] {
  if (node.op === 'or') return together(node.clauses.flatMap((clause) => spansOf(clause, doc, field)));
  if (node.op === 'pattern' && isCjkPattern(node)) return spansOf(asProximity(node), doc, field);
  if (node.op === 'proximity') {
    return together(
      chainsOf(node, doc, field).map((chain) => ({
        start: chain[0].span.start,
        end: chain[chain.length - 1].span.end,
        pieces: chain.flatMap(({ span }) => span.pieces),
      })),
    );
  }
  if (!isScored(node)) throw new Error(`${node.op} has no places.`);
  return layOut(doc, field)
    .filter(({ value }) => inField(node.field, value))
    .flatMap(({ index, value, base }) =>
      placesIn(node, value.text).map(({ start, end, from, to }) => ({
        start: base + start,
        end: base + end,
        pieces: [{ value: index, from, to }],
      })),
    );
}

export const TEXT_NAMES: readonly TextName[] = [
  'title',
  'abstract',
  'claims',
  'description',
  'applicant',
  'inventor',
  'agent',
];

/** Where a word, phrase, prefix or pattern stands in a value. */
function placesIn(node: Exclude<Scored, { op: 'proximity' }>, text: string): Occurrence[] {
  if (node.op === 'near') throw new Error('A near has chains, not places.');
  if (node.op === 'pattern') {
    const tokens = analyse(text).filter(({ unit, cjk }) => !cjk && fitsPattern([...unit], node.parts));
    return [...new Set(tokens.map(({ position }) => position))].map((position) => {
      const own = tokens.filter((token) => token.position === position);
      return {
        start: position,
        end: position,
        from: Math.min(...own.map(({ from }) => from)),
        to: Math.max(...own.map(({ unitTo }) => unitTo)),
      };
    });
  }
  return occurrences(text, wantedUnits(node.text, node.op === 'prefix'), node.op !== 'prefix' && node.exact === true);
}

/** How often a value has the leaf, and where. */
function inValue(
  node: Exclude<Scored, { op: 'proximity' }>,
  text: string,
): { count: number; ranges: { from: number; to: number }[] } {
  if (node.op === 'near') {
    const lists = node.texts.map((item) => occurrences(text, wantedUnits(item, false), false));
    const whole = chains(lists, node.distance, node.ordered ?? false);
    const ends = new Set(whole.map((chain) => JSON.stringify([chain.at(-1)?.item, chain.at(-1)?.at])));
    return { count: ends.size, ranges: whole.flat().map(({ at }) => at) };
  }
  const found = placesIn(node, text);
  // A prefix or pattern alone counts every word that fits, and two that share a place (H₂O and its H) both.
  const fits = openWord(node);
  if (fits === undefined) return { count: found.length, ranges: found };
  const words = analyse(text).filter((token) => !token.cjk && fits(token.unit));
  return { count: new Set(words.map((token) => `${token.position} ${token.unit}`)).size, ranges: found };
}

function openWord(node: Exclude<Scored, { op: 'proximity' | 'near' }>): ((word: string) => boolean) | undefined {
  if (node.op === 'pattern') return (word) => fitsPattern([...word], node.parts);
  const wanted = wantedUnits(node.text, node.op === 'prefix');
  return wanted.length === 1 && wanted[0].open ? (word) => word.startsWith(wanted[0].unit) : undefined;
}

/** A proximity, or a pattern that means one. */
function proximityOf(node: Scored): Extract<QueryNode, { op: 'proximity' }> | undefined {
  const meant = node.op === 'pattern' && isCjkPattern(node) ? asProximity(node) : node;
  return meant.op === 'proximity' ? meant : undefined;
}

function leafFields(node: QueryNode): string[] {
  return 'clauses' in node ? [...new Set(node.clauses.flatMap(leafFields))] : 'field' in node ? [node.field] : [];
}

/** The field over which a leaf is scored. */
export function fieldOf(node: Scored): string {
  const [field, ...others] = leafFields(node);
  return others.length === 0 ? field : 'text';
}

/** How often a document has the leaf in one of its fields. */
export function countInField(node: Scored, doc: PatentDocument, field: TextName): number {
  const near = proximityOf(node);
  if (near !== undefined) {
    const ends = chainsOf(near, doc, field).map((chain) => {
      const { item, span } = chain[chain.length - 1];
      return `${item} ${span.start} ${span.end}`;
    });
    return new Set(ends).size;
  }
  return valuesOf(doc)
    .filter((value) => value.field === field && node.op !== 'proximity' && inField(node.field, value))
    .reduce((sum, { text }) => sum + (node.op === 'proximity' ? 0 : meantCount(node, text)), 0);
}

/** A pattern of one CJK phrase is that phrase. */
function meantCount(node: Exclude<Scored, { op: 'proximity' }>, text: string): number {
  if (node.op !== 'pattern' || !isCjkPattern(node)) return inValue(node, text).count;
  const meant = asProximity(node);
  return meant.op === 'phrase' ? inValue(meant, text).count : 0;
}

export const countIn = (node: Scored, doc: PatentDocument): number =>
  TEXT_NAMES.reduce((sum, field) => sum + countInField(node, doc, field), 0);

/** A word of a leaf that weighs by the documents having it: how it is told in a document. */
export type Telling = (doc: PatentDocument) => boolean;

function tellsPart({ term, open }: PhrasePart, field: string): Telling {
  const fits = (token: Token): boolean => (open ? token.term.startsWith(term) : token.term === term);
  return (doc) => valuesOf(doc).some((value) => inField(field, value) && analyse(value.text).some(fits));
}

const tellsParts = (text: string, field: string, open: boolean): Telling[] =>
  analyseQuery(text, open).parts.map((part) => tellsPart(part, field));

/** What a node weighs when its words weigh as `weigh` says: all of them together, of alternatives the least. */
export function weightOf(asked: QueryNode, weigh: (tells: Telling) => number): number {
  const node = listed(asked);
  const together = (tells: readonly Telling[]): number => tells.reduce((sum, tell) => sum + weigh(tell), 0);
  switch (node.op) {
    case 'or':
      return Math.min(...node.clauses.map((clause) => weightOf(clause, weigh)));
    case 'boost':
    case 'filter':
      return weightOf(node.clause, weigh);
    case 'proximity':
      return node.clauses.reduce((sum, clause) => sum + weightOf(clause, weigh), 0);
    case 'near':
      return together(node.texts.flatMap((text) => tellsParts(text, node.field, false)));
    case 'pattern':
      return isCjkPattern(node) ? weightOf(asProximity(node), weigh) : weigh((doc) => countIn(node, doc) > 0);
    case 'term':
    case 'phrase':
    case 'prefix':
      return together(tellsParts(node.text, node.field, node.op === 'prefix'));
    default:
      return 0;
  }
}

export const lengthOf = (field: string, doc: PatentDocument): number =>
  valuesOf(doc)
    .filter((value) => inField(field, value))
    .reduce((sum, { text }) => sum + new Set(analyse(text).map((token) => token.position)).size, 0);

/** A text asked of a list of fields is the text asked of each. */
export function listed(node: QueryNode): QueryNode {
  if (!('fields' in node) || node.fields === undefined) return node;
  const { fields, ...own } = node;
  return { op: 'or', clauses: [...new Set([node.field, ...fields])].map((field) => ({ ...own, field })) };
}

/** Every leaf that a hit may match in words. */
export function positiveLeaves(asked: QueryNode): Scored[] {
  const node = listed(asked);
  if (isScored(node)) return [node];
  if (node.op === 'and' || node.op === 'or' || node.op === 'xor') return node.clauses.flatMap(positiveLeaves);
  return node.op === 'filter' || node.op === 'boost' ? positiveLeaves(node.clause) : [];
}

/** Where each value of a document shows any of the leaves. */
export function rangesIn(doc: PatentDocument, leaves: readonly Scored[]): { from: number; to: number }[][] {
  const ranges = valuesOf(doc).map((): { from: number; to: number }[] => []);
  for (const leaf of leaves) {
    const near = proximityOf(leaf);
    const meant = leaf.op === 'pattern' && isCjkPattern(leaf) ? asProximity(leaf) : leaf;
    if (near !== undefined) {
      for (const { value, from, to } of TEXT_NAMES.flatMap((field) => spansOf(near, doc, field)).flatMap(
        ({ pieces }) => pieces,
      )) {
        ranges[value].push({ from, to });
      }
    } else if (isScored(meant) && meant.op !== 'proximity') {
      valuesOf(doc).forEach((value, index) => {
        if (inField(meant.field, value)) ranges[index].push(...inValue(meant, value.text).ranges);
      });
    }
  }
  return ranges;
}
