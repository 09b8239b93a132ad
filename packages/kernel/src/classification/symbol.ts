/** The parts of an IPC or CPC symbol; those it does not have are undefined. */
export interface SymbolParts {
  readonly section: string;
  readonly class?: string;
  readonly subclass?: string;
  readonly mainGroup?: string;
  readonly subgroup?: string;
}

/** A symbol's levels as facets and "and below" use them: `A`, `A61`, `A61K`, `A61K 9/00`; those it does not reach are absent. */
export interface ClassLevels {
  readonly section?: string;
  readonly class?: string;
  readonly subclass?: string;
  readonly group?: string;
}

/** Blanks, dashes and points between the levels are only for the eye. */
const USUAL = /^([A-HY])(?:[\s.-]*(\d{2})(?:[\s.-]*([A-Z])(?:[\s.-]*0*(\d{1,4})\s*[/:]\s*(\d{2,6}))?)?)?$/;
/** ST.8 without blanks: four digits of main group, six of subgroup, filled with zeros. */
const PADDED = /^([A-H])(\d{2})([A-Z])(\d{4})(\d{6})$/;
/** No stroke, but only one way to cut: three digits, or the four digits of a CPC indexing group and more. */
const RUN_TOGETHER = /^([A-HY])(\d{2})([A-Z])\s*(?:(\d)(\d{2})|(2\d{3})(\d{2,6}))$/;

/** Width, case, what cannot be seen, and punctuation around a symbol. */
function fold(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Cf}/gu, '');
  return folded.trim().replace(/^[\s.,;:([]+|[\s.,;:)\]]+$/gu, '');
}

function partsOf(match: readonly (string | undefined)[]): SymbolParts {
  const [, section = '', klass, subclass, mainGroup, subgroup] = match;
  return {
    section,
    ...(klass === undefined ? {} : { class: klass }),
    ...(subclass === undefined ? {} : { subclass }),
    ...(mainGroup === undefined || subgroup === undefined ? {} : { mainGroup, subgroup }),
  };
}

/** Longer texts are no symbol; the bound keeps the patterns quick on any input. */
export const LONGEST_SYMBOL = 200;

/** Cuts a symbol in any usual writing into its parts; undefined when it is none. */
export function symbolParts(text: string): SymbolParts | undefined {
  if (text.length > LONGEST_SYMBOL) return undefined;
  const folded = fold(text);
  const padded = PADDED.exec(folded);
  if (padded) {
    const [whole, section, klass, subclass, main = '', sub = ''] = padded;
    const subgroup = sub.slice(0, 2) + sub.slice(2).replace(/0+$/, '');
    return partsOf([whole, section, klass, subclass, main.replace(/^0+(?=\d)/, ''), subgroup]);
  }
  const usual = USUAL.exec(folded);
  if (usual) return partsOf(usual);
  const run = RUN_TOGETHER.exec(folded);
  if (!run) return undefined;
  return partsOf([run[0], run[1], run[2], run[3], run[4] ?? run[6], run[5] ?? run[7]]);
}

/** Writes parts the one way the corpus holds them: `A`, `A61`, `A61K`, `A61K 9/00`. */
export function formatSymbol(parts: SymbolParts): string {
  const head = parts.section + (parts.class ?? '') + (parts.subclass ?? '');
  return parts.mainGroup === undefined ? head : `${head} ${parts.mainGroup}/${parts.subgroup ?? '00'}`;
}

/** The one writing of an IPC or CPC symbol (`H01M 10/0525`); a text that is none comes back trimmed, in capitals. */
export function normalizeSymbol(text: string): string {
  const parts = symbolParts(text);
  return parts ? formatSymbol(parts) : fold(text);
}

/** The levels above a symbol, each in its own normal form. Empty for a text that is no IPC or CPC symbol. */
export function classLevels(symbol: string): ClassLevels {
  const parts = symbolParts(symbol);
  if (!parts) return {};
  const { section, class: klass, subclass, mainGroup } = parts;
  return {
    section,
    ...(klass === undefined ? {} : { class: section + klass }),
    ...(klass === undefined || subclass === undefined ? {} : { subclass: section + klass + subclass }),
    ...(mainGroup === undefined ? {} : { group: `${section}${klass}${subclass} ${mainGroup}/00` }),
  };
}
