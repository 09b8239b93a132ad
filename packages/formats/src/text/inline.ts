import { QuanlianError } from '@quanlian/contract';
import { parseXml } from '../xml/parse.js';
import { see, takeRaw, type XmlElement, type XmlNode } from '../xml/tree.js';
import { linearMath } from './mathml.js';
import { subscript, superscript } from './scripts.js';
import { tableRows } from './table.js';
import { collapsed, TextWriter } from './writer.js';

/** An image met inside text. `use` says what it shows. */
export interface InlineImage {
  readonly file: string;
  readonly use: 'chemistry' | 'formula' | 'table' | 'image';
}

export interface RenderContext {
  /** Images met on the way are added here. */
  readonly images: InlineImage[];
  /** Elements in the text that no rule knows; their text is kept. */
  readonly unknown: (element: XmlElement) => void;
}

const INLINE = new Set(
  `atl sertitle book-title online-title avail vid ino issn doi isbn ppf ppl sdate edate subtitle refno text b i u o smallcaps font figref crossref patcit nplcit claim-ref bio-deposit term text document-id country doc-number
  kind date name bold italic Underline Bold Italic u-text academic dp linestyle Smallcaps OLine small em strong span
  sub-title FigureReference ClaimReference CrossReference PDAT PTEXT STEXT HIL BOLD ITALIC ULINE SMALLCAPS OL UL2 CLREF FGREF CWU
  SUB-CWU MATH-US CHEM-US MATHML MATHEMATICA TABLE-US GENE SEQLST-US BTEXT BLKITAL NCIT highlight number in-line-formula
  underscore cross-reference math-cwu chemistry-cwu table-cwu footnote bibl imgref ref claim-statement tables table maths
  chemistry tbody thead patcite`.split(/\s+/),
);
const BLOCK = new Set(
  'p heading claim-text li dt dd title row pre Paragraphs ClaimText ul ol dl UnorderedList OrderedList ListItem bullet program-listing PARA H CLMSTEP CLM LI UL paragraph section sl'.split(
    ' ',
  ),
);
const IMAGE_USE: Readonly<Record<string, InlineImage['use']>> = {
  chemistry: 'chemistry',
  Chemistry: 'chemistry',
  ChemistryDetails: 'chemistry',
  maths: 'formula',
  MathDetails: 'formula',
  tables: 'table',
  TableDetails: 'table',
  'MATH-US': 'formula',
  'CHEM-US': 'chemistry',
  'TABLE-US': 'table',
  'math-cwu': 'formula',
  'chemistry-cwu': 'chemistry',
  'table-cwu': 'table',
};

/**
 * The text below an element as a reader sees it: paragraphs, list items and table rows on lines of their own,
 * cells separated by ` | `, formulas linear, sub- and superscripts in Unicode where possible, images as
 * `[image FILE]`. Takes every piece of text it renders.
 */
export function renderText(element: XmlElement, context: RenderContext): string {
  return tidyText(see(element), context, 'image');
}

function tidyText(element: XmlElement, context: RenderContext, use: InlineImage['use']): string {
  const writer = new TextWriter();
  writeChildren(writer, element, context, use);
  return writer.text;
}

function writeChildren(writer: TextWriter, element: XmlElement, context: RenderContext, use: InlineImage['use']): void {
  for (const node of element.children) {
    if (node.type === 'text') {
      node.fate = 'taken';
      writer.addText(node.text, node.plain);
    } else if (node.type === 'mark') writer.addText(markText(node.target), true);
    else {
      const treatment = treat(see(node), context);
      if (treatment.rule) writer.addLines(treatment.rule(node, context, use));
      else {
        if (treatment.block) writer.endLine();
        writeChildren(writer, node, context, treatment.use ?? use);
        if (treatment.block) writer.endLine();
      }
    }
  }
}

/** What stands below an element as it comes, for rules that make something of it. */
function renderChildren(element: XmlElement, context: RenderContext, use: InlineImage['use']): string {
  let text = '';
  for (const node of element.children) text += renderNode(node, context, use);
  return text;
}

function renderNode(node: XmlNode, context: RenderContext, use: InlineImage['use']): string {
  if (node.type === 'text') {
    node.fate = 'taken';
    return node.plain ? node.text : collapsed(node.text);
  }
  if (node.type === 'mark') return markText(node.target);
  const treatment = treat(see(node), context);
  if (treatment.rule) return treatment.rule(node, context, use);
  const text = renderChildren(node, context, treatment.use ?? use);
  return treatment.block ? `\n${text}\n` : text;
}

/** Reissues: matter deleted from the original patent is printed in heavy brackets. */
function markText(target: string): string {
  return target === 'delete-start' ? '⟦' : '⟧';
}

/** What is done with an element inside text: a rule of its own, lines of its own, or nothing but its text. */
interface Treatment {
  readonly rule?: Rule | undefined;
  readonly block?: boolean;
  /** What images below it show. */
  readonly use?: InlineImage['use'] | undefined;
}

const TEXT_ONLY: Treatment = {};

/** Fields of a sequence listing by the numbers of WIPO ST.25, or by the letters of the rules before it. */
const SEQUENCE_FIELD =
  /^s(?:\d{3}|-[12](?:-[ivx]+(?:-[a-z]+)?)?)$|^sequence-list-(?:new|old)-rules$|^us-lengthy-table$/;
const OWN_LINES: Treatment = { block: true };

function treat(element: XmlElement, context: RenderContext): Treatment {
  const treatment = TREATMENTS.get(element.name);
  if (treatment) return treatment;
  context.unknown(element);
  return SEQUENCE_FIELD.test(element.name) ? OWN_LINES : TEXT_ONLY;
}

type Rule = (element: XmlElement, context: RenderContext, use: InlineImage['use']) => string;

const lower: Rule = (element, context, use) => subscript(renderChildren(element, context, use));
const upper: Rule = (element, context, use) => superscript(renderChildren(element, context, use));
const lineBreak: Rule = () => '\n';
const math: Rule = (element) => ` ${linearMath(element)} `;

const image: Rule = (element, context, use) => {
  const file = element.attributes['file'] ?? element.attributes['FILE'];
  if (!file) return '';
  context.images.push({ file, use });
  return ` [image ${file}] `;
};

const table: Rule = (element, context, use) =>
  `\n${tableRows(element, (cell) => tidyText(cell, context, use).replace(/\n/g, ' '))}\n`;

const orderedItems: Rule = (element, context, use) => {
  let count = 0;
  const lines = element.children.map((node) => {
    if (node.type !== 'element' || (node.name !== 'li' && node.name !== 'ListItem'))
      return renderNode(node, context, use);
    see(node);
    count += 1;
    const text = renderChildren(node, context, use);
    return `\n${/^\s*[([]?\w{1,4}[.)\]]/.test(text) ? '' : `${count}. `}${text}\n`;
  });
  return `\n${lines.join('')}\n`;
};

/** CNIPA gives formulas as escaped MathML: text that is markup itself. */
const mathText: Rule = (element) => {
  const raw = takeRaw(element).trim();
  try {
    return ` ${linearMath(parseXml(raw).root)} `;
  } catch (error) {
    if (!(error instanceof QuanlianError)) throw error;
    return ` ${raw.replace(/<[^>]*>/g, ' ')} `;
  }
};

/** Parts of a structured citation, which the office sets apart only by elements. */
const spaced =
  (separator: string): Rule =>
  (element, context, use) => {
    const parts = element.children.map((node) => renderNode(node, context, use).trim());
    return parts.filter((part) => part !== '').join(separator);
  };

const RULES: Readonly<Record<string, Rule>> = {
  sub: lower,
  sub2: lower,
  Sub: lower,
  sup: upper,
  sup2: upper,
  Sup: upper,
  SB: lower,
  SP: upper,
  subscript: lower,
  superscript: upper,
  EMI: image,
  'DEL-S': () => '⟦',
  'DEL-E': () => '⟧',
  image,
  'dependent-claim-reference': (element, context, use) =>
    renderChildren(element, context, use).replace(/\s+/g, ' ').trim(),
  br: lineBreak,
  Br: lineBreak,
  img: image,
  Image: image,
  math,
  MathText: mathText,
  ol: orderedItems,
  OrderedList: orderedItems,
  tgroup: table,
  crossref: (element, context, use) => ` ${renderChildren(element, context, use)}`,
  'document-id': spaced(' '),
  article: spaced(', '),
  book: spaced(', '),
  online: spaced(', '),
  serial: spaced(', '),
  imprint: spaced(', '),
  location: spaced(', '),
  author: spaced('; '),
  pubdate: spaced('-'),
  pp: spaced('-'),
  // A line over a single letter is part of the sign (logic, means); over words it is only a style.
  o: (element, context, use) => {
    const text = renderChildren(element, context, use);
    return [...text.trim()].length === 1 ? `${text.trim()}\u0305` : text;
  },
};

const TREATMENTS: ReadonlyMap<string, Treatment> = new Map([
  ...[...INLINE].map((name): [string, Treatment] => [name, TEXT_ONLY]),
  ...Object.entries(IMAGE_USE).map(([name, use]): [string, Treatment] => [name, { use }]),
  ...[...BLOCK].map((name): [string, Treatment] => [name, { block: true }]),
  ...Object.entries(RULES).map(([name, rule]): [string, Treatment] => [name, { rule }]),
]);
