import { formatSymbol, normalizeSymbol, type SymbolParts, symbolParts } from '@quanlian/kernel';

/** What a cell of class symbols holds, or what of it cannot be read, as the beginning of a sentence. */
interface SymbolCell {
  readonly symbols: readonly string[];
  readonly problems: readonly string[];
  /** True where a note in brackets may narrow the classes; the symbols stand for the whole of each. */
  readonly noted: boolean;
}

/** `H04N   3/%`, `H04N3` and `H04N 3/` all mean the main group. */
const MAIN_GROUP = /^([A-HY]\d{2}[A-Z])\s*(\d{1,4})\s*\/?$/i;
/** A group without the subclass, which then is the one before it. */
const BARE_GROUP = /^\d{1,4}\s*\/\s*\d{2,6}$/;
const DASHES = /[-\u2010-\u2015\u2212~\u301c至到]/gu;
/** Words of notes that take classes away; to leave such a note out would turn its sense around. */
const LEAVES_OUT = /不含|不包括|不包含|除外|排除|除了|^除|\b(?:except|exclud\w*|without|not)\b/i;
/** A range of more is a slip of the pen. */
const LONGEST_RANGE = 500;

/** One symbol in the normal writing; undefined for a text that is none. */
export function readSymbol(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[%*]+$/g, '')
    .trim();
  const group = MAIN_GROUP.exec(plain);
  const symbol = group ? `${group[1]} ${group[2]}/00` : plain;
  return symbolParts(symbol) ? normalizeSymbol(symbol) : undefined;
}

const headOf = ({ section, class: klass = '', subclass = '' }: SymbolParts): string => section + klass + subclass;
const isMainGroup = ({ mainGroup, subgroup }: SymbolParts): boolean =>
  mainGroup !== undefined && /^0*$/.test(subgroup ?? '');

/** The whole numbers from one to another, both included; undefined where they run backwards or too far. */
function numbers(from: number, to: number): number[] | undefined {
  const length = to - from + 1;
  return length < 1 || length > LONGEST_RANGE ? undefined : Array.from({ length }, (_, i) => from + i);
}

/** Every place of a range, as far as the form of the symbols shows them: main groups, subclasses or classes. */
function rangeOf(from: SymbolParts, to: SymbolParts): string[] | undefined {
  if (from.mainGroup !== undefined || to.mainGroup !== undefined) {
    if (headOf(from) !== headOf(to) || !isMainGroup(from) || !isMainGroup(to)) return undefined;
    return numbers(Number(from.mainGroup), Number(to.mainGroup))?.map((group) =>
      formatSymbol({ ...from, mainGroup: String(group), subgroup: '00' }),
    );
  }
  if (from.section !== to.section || from.class === undefined || to.class === undefined) return undefined;
  if (from.subclass !== undefined && to.subclass !== undefined) {
    if (from.class !== to.class) return undefined;
    return numbers(from.subclass.charCodeAt(0), to.subclass.charCodeAt(0))?.map((letter) =>
      formatSymbol({ ...from, subclass: String.fromCharCode(letter) }),
    );
  }
  if (from.subclass !== undefined || to.subclass !== undefined) return undefined;
  return numbers(Number(from.class), Number(to.class))?.map((klass) =>
    formatSymbol({ ...from, class: String(klass).padStart(2, '0') }),
  );
}

/** Both ends of a range such as `A61K 31/00-A61K 33/00` or `A61K 31/00-33/00`; undefined for what is none. */
function endsOf(text: string): [SymbolParts, SymbolParts] | undefined {
  for (const { index } of text.matchAll(DASHES)) {
    const from = symbolParts(readSymbol(text.slice(0, index)) ?? '');
    if (!from) continue;
    const after = text.slice(index + 1).trim();
    const to = symbolParts(readSymbol(BARE_GROUP.test(after) ? `${headOf(from)} ${after}` : after) ?? '');
    if (to) return [from, to];
  }
  return undefined;
}

function readOne(text: string, before: string | undefined): string[] | string {
  const said = `“${text.slice(0, 40)}”`;
  const head = before === undefined ? undefined : symbolParts(before);
  if (BARE_GROUP.test(text) && head?.subclass !== undefined) {
    return [normalizeSymbol(`${headOf(head)} ${text}`)];
  }
  const symbol = readSymbol(text);
  if (symbol !== undefined) return [symbol];
  const ends = endsOf(text);
  if (!ends) return `${said} is no class symbol`;
  return (
    rangeOf(...ends) ??
    `${said} is no range whose places follow from its ends (main groups, subclasses or classes); write each symbol of it`
  );
}

/**
 * The symbols of a cell. Several stand with commas, semicolons, line ends or blanks between; a group alone belongs to
 * the subclass before it; ranges of main groups, subclasses and classes are written out. Versions of the scheme and
 * notes in brackets are left out, but not a note that takes classes away.
 */
export function readSymbolCell(cell: string): SymbolCell {
  const problems: string[] = [];
  let noted = false;
  const plain = cell.normalize('NFKC').replace(/[([【]([^)\]】]*)[)\]】]/g, (whole, note: string) => {
    if (/^\s*\d{4}(\.\d{2})?\s*$/.test(note)) return ' ';
    if (LEAVES_OUT.test(note.trim())) problems.push(`the note “${whole.slice(0, 40)}” takes classes away`);
    noted = true;
    return ' ';
  });
  const apart = plain.replace(/(?<![-\u2010-\u2015\u2212~\u301c至到\s])\s+(?=[A-HY]\d{2}[A-Z])/gi, ';');
  const symbols: string[] = [];
  for (const piece of apart.split(/[;,、。\n]/)) {
    const text = piece.trim();
    if (text === '') continue;
    const read = readOne(text, symbols.at(-1));
    if (typeof read === 'string') problems.push(read);
    else symbols.push(...read);
  }
  return { symbols, problems, noted };
}
