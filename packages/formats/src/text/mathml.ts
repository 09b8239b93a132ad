import { lookUp } from '../common/look-up.js';
import { see, type XmlElement, type XmlNode } from '../xml/tree.js';
import { subscript, superscript } from './scripts.js';

/** A formula in MathML as readable linear text: `(a + b)/2`, `√(x)`, `∑_(i=1)^(n)`. Takes all its text. */
export function linearMath(element: XmlElement): string {
  return write(element)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

function write(node: XmlNode): string {
  if (node.type === 'mark') return '';
  if (node.type === 'text') {
    node.fate = 'taken';
    return node.text.replace(/\s+/g, ' ');
  }
  see(node);
  const rule = lookUp(RULES, node.name);
  return rule ? rule(node, parts(node)) : row(node);
}

function parts(element: XmlElement): XmlElement[] {
  return element.children.filter((node): node is XmlElement => node.type === 'element');
}

function row(element: XmlElement): string {
  return element.children.map(write).join('');
}

function group(element: XmlElement | undefined): string {
  if (!element) return '';
  const text = write(element).trim();
  return text.length > 1 && !/^[\p{L}\p{N}.]+$/u.test(text) && !isBracketed(text) ? `(${text})` : text;
}

function isBracketed(text: string): boolean {
  return /^\([^()]*\)$/.test(text);
}

type Rule = (element: XmlElement, parts: XmlElement[]) => string;

const inner = (element: XmlElement | undefined): string => (element ? write(element).trim() : '');

const RULES: Readonly<Record<string, Rule>> = {
  mo: (element) => operator(row(element).trim()),
  mtext: (element) => ` ${row(element)} `,
  mspace: () => ' ',
  mfrac: (_, [top, bottom]) => `${group(top)}/${group(bottom)}`,
  msqrt: (element) => `√(${row(element).trim()})`,
  mroot: (_, [base, index]) => `${superscript(inner(index))}√(${inner(base)})`,
  msub: (_, [base, low]) => inner(base) + subscript(inner(low)),
  msup: (_, [base, high]) => group(base) + superscript(inner(high)),
  msubsup: (_, [base, low, high]) => inner(base) + subscript(inner(low)) + superscript(inner(high)),
  munder: (_, [base, low]) => inner(base) + subscript(inner(low)),
  mover: (_, [base, high]) => over(inner(base), inner(high)),
  munderover: (_, [base, low, high]) => inner(base) + subscript(inner(low)) + superscript(inner(high)),
  mmultiscripts: (_, all) => all.map((part) => inner(part)).join(' '),
  mfenced: (element, all) => {
    const { open = '(', close = ')', separators = ',' } = element.attributes;
    return open + all.map((part) => inner(part)).join(`${separators.trim().charAt(0)} `) + close;
  },
  mtable: (_, rows) => `[${rows.map((one) => inner(one)).join('; ')}]`,
  mtr: (_, cells) => cells.map((one) => inner(one)).join(', '),
  mlabeledtr: (_, cells) => cells.map((one) => inner(one)).join(', '),
};

/** A bar, hat or arrow over one letter becomes a combining mark; anything else stands as a superscript. */
function over(base: string, mark: string): string {
  const combining = {
    '¯': '\u0304',
    '‾': '\u0304',
    _: '\u0304',
    '^': '\u0302',
    '~': '\u0303',
    '→': '\u20d7',
    '.': '\u0307',
    '˙': '\u0307',
  };
  const sign = combining[mark as keyof typeof combining];
  return sign !== undefined && [...base].length === 1 ? base + sign : base + superscript(mark);
}

function operator(sign: string): string {
  if (/^[=<>≤≥≠≈≅≡∝→⇒+−±×·÷∈∪∩-]$/u.test(sign)) return ` ${sign} `;
  return sign === ',' || sign === ';' ? `${sign} ` : sign;
}
