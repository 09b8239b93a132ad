import type { Claim, DescriptionPart, Figure } from '@quanlian/contract';
import { type InlineImage, type RenderContext, renderText } from '../text/inline.js';
import { attribute, children, see, type XmlElement } from '../xml/tree.js';
import { dependsOnFromText } from './depends.js';
import { compact } from './values.js';

/** Collects what the text of one record holds besides words. */
export interface TextCollector extends RenderContext {
  /** Names of elements inside text that no rule knows, with how often each occurred. */
  readonly unknownInline: Map<string, number>;
}

export function createCollector(): TextCollector {
  const unknownInline = new Map<string, number>();
  return {
    images: [],
    unknownInline,
    unknown: ({ name }) => {
      unknownInline.set(name, (unknownInline.get(name) ?? 0) + 1);
    },
  };
}

/** A paragraph or claim number as printed in an attribute: `0012` stays, `000000` and empty are none. */
function printedNumber(element: XmlElement, name = 'num'): string | undefined {
  const number = attribute(element, name);
  return number !== undefined && !/^0+$/.test(number) ? number : undefined;
}

/** Headings and paragraphs of a description in order, through any wrapping elements. */
export function descriptionParts(element: XmlElement, lang: string, collector: TextCollector): DescriptionPart[] {
  const parts: DescriptionPart[] = [];
  const loose: XmlElement['children'] = [];
  const flush = (): void => {
    if (loose.length === 0) return;
    const wrapper: XmlElement = { type: 'element', name: 'p', attributes: {}, children: loose.splice(0), seen: true };
    const text = renderText(wrapper, collector);
    if (text !== '') parts.push({ lang, text });
  };
  for (const node of see(element).children) {
    if (node.type !== 'element') {
      if (node.type === 'text' && node.text.trim() !== '') loose.push(node);
    } else if (HEADINGS.has(node.name)) {
      flush();
      const heading = renderText(node, collector);
      if (heading !== '') parts.push({ lang, heading });
    } else if (PARAGRAPHS.has(node.name)) {
      flush();
      const number = printedNumber(node);
      const text = renderText(node, collector);
      if (text !== '') parts.push(number === undefined ? { lang, text } : { lang, number, text });
    } else if (hasBlocks(node)) {
      flush();
      parts.push(...descriptionParts(node, lang, collector));
    } else loose.push(node);
  }
  flush();
  return parts;
}

const HEADINGS = new Set(['heading', 'InventionTitle', 'Heading', 'H']);
const PARAGRAPHS = new Set(['p', 'Paragraphs', 'PARA', 'paragraph']);

function hasBlocks(element: XmlElement): boolean {
  return element.children.some(
    (node) => node.type === 'element' && (HEADINGS.has(node.name) || PARAGRAPHS.has(node.name) || hasBlocks(node)),
  );
}

export interface ClaimShape {
  readonly lang: string;
  readonly claim: string;
  readonly reference: string;
  /** The attributes of a claim and of a reference that hold the id; `id` and `idref` by default. */
  readonly id?: string;
  readonly target?: string;
}

/** The claims of one language. Numbers come from the source; a printed number before the text is not repeated. */
export function readClaims(element: XmlElement, shape: ClaimShape, collector: TextCollector): Claim[] {
  const sources = children(element, shape.claim);
  const numbers = claimNumbers(sources);
  const byId = new Map(sources.map((source, index) => [attribute(source, shape.id ?? 'id'), numbers[index]]));
  const claims: Claim[] = [];
  for (const [index, source] of sources.entries()) {
    const number = numbers[index] ?? index + 1;
    const text = withoutNumber(renderText(source, collector), number);
    if (text === '') continue;
    const linked: number[] = [];
    for (const id of references(source, shape)) {
      const target = byId.get(id);
      if (target !== undefined && target < number) linked.push(target);
    }
    const dependsOn = linked.length > 0 ? linked : dependsOnFromText(shape.lang, number, text);
    claims.push({ lang: shape.lang, number, text, dependsOn: [...new Set(dependsOn)].sort((a, b) => a - b) });
  }
  return claims;
}

/** Numbers by attribute where they are whole and all different, else by position. */
function claimNumbers(claims: readonly XmlElement[]): number[] {
  const given = claims.map((claim) => Number.parseInt(attribute(claim, 'num') ?? '', 10));
  const sound = given.every((number) => Number.isInteger(number) && number > 0) && new Set(given).size === given.length;
  return sound ? given : claims.map((_, index) => index + 1);
}

/** The ids that the references of a claim name, in document order. */
function references(element: XmlElement, shape: ClaimShape, found: string[] = []): string[] {
  for (const node of element.children) {
    if (node.type !== 'element') continue;
    if (node.name === shape.reference) {
      for (const id of (node.attributes[shape.target ?? 'idref'] ?? '').split(/\s+/)) if (id !== '') found.push(id);
    }
    references(node, shape, found);
  }
  return found;
}

function withoutNumber(text: string, number: number): string {
  const match = /^(\d{1,4})\s*(?:[.．、]|\))\s*/.exec(text);
  return match && Number(match[1]) === number ? text.slice(match[0].length) : text;
}

/** Figures of a list of `figure` elements and the images met inside text. */
export function figures(list: readonly XmlElement[], inline: readonly InlineImage[], numberName = 'num'): Figure[] {
  const drawn = list.flatMap((figure) => {
    const label = attribute(figure, 'figure-labels') ?? attribute(figure, 'figureLabels');
    const number = printedNumber(figure, numberName)?.replace(/^0+(?=.)/, '');
    return children(figure, 'img', 'Image').map((image) =>
      compact({ number, file: attribute(image, 'file'), text: label }),
    );
  });
  return [...drawn, ...inline.map(({ file, use }) => ({ file, text: use }))];
}

/** What a record's text holds besides words, counted, for `extra`. */
export function imageCounts(inline: readonly InlineImage[]): Record<string, number> | undefined {
  if (inline.length === 0) return undefined;
  const counts: Record<string, number> = {};
  for (const { use } of inline) counts[use] = (counts[use] ?? 0) + 1;
  return counts;
}
