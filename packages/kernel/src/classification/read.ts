import type { ClassAnswer } from '@quanlian/contract';
import { readFi, readFterm, readLocarno, readUspc } from './other-schemes.js';
import { formatSymbol, LONGEST_SYMBOL, type SymbolParts, symbolParts } from './symbol.js';

const NOTHING = {
  scheme: null,
  symbol: null,
  section: null,
  class: null,
  subclass: null,
  mainGroup: null,
  subgroup: null,
  version: null,
  position: null,
  value: null,
} as const;

function refused(input: unknown, code: string, message: string): ClassAnswer {
  return { input, ...NOTHING, valid: false, errors: [{ code, message }] };
}

interface Marks {
  readonly scheme?: string | undefined;
  readonly version?: string | undefined;
  readonly position?: string | undefined;
  readonly value?: string | undefined;
}

/** Section Y and main groups from 2000 are CPC alone; any other symbol may stand in both schemes and is called IPC. */
function schemeOf(parts: SymbolParts): string {
  return parts.section === 'Y' || Number(parts.mainGroup ?? 0) >= 2000 ? 'CPC' : 'IPC';
}

function answered(input: unknown, parts: SymbolParts, marks: Marks, symbol = formatSymbol(parts)): ClassAnswer {
  return {
    input,
    scheme: marks.scheme ?? schemeOf(parts),
    symbol,
    section: parts.section,
    class: parts.class ?? null,
    subclass: parts.subclass ?? null,
    mainGroup: parts.mainGroup ?? null,
    subgroup: parts.subgroup ?? null,
    version: marks.version ?? null,
    position: marks.position?.trim() || null,
    value: marks.value?.trim() || null,
    valid: true,
    errors: [],
  };
}

const dashed = (digits: string): string => digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/**
 * WIPO ST.8: 50 columns. 20-27 version, 28 level, 29 position, 30 value, 31-38 date of action, 39 status, 40 source,
 * 41-42 office. Columns cut off at the end are allowed.
 */
function readRecord(input: unknown, text: string): ClassAnswer | undefined {
  const match = /^([A-HY]\d{2}[A-Z][ \d]{4}\/[\d ]{6}) {4}(\d{8})([ACS ])([FL ])([INA ])(.{0,12})/.exec(text);
  const parts = symbolParts(match?.[1] ?? '');
  if (!match?.[2] || !parts) return undefined;
  const marks = { scheme: 'IPC', version: dashed(match[2]), position: match[4], value: match[5] };
  const action = /^(\d{8})([BRVD ])([HMG ])([A-Z]{2})?/.exec(match[6] ?? '');
  const level = match[3]?.trim();
  return {
    ...answered(input, parts, marks),
    ...(level ? { level } : {}),
    ...(action?.[1] ? { actionDate: dashed(action[1]) } : {}),
    ...(action?.[2]?.trim() ? { status: action[2] } : {}),
    ...(action?.[3]?.trim() ? { source: action[3] } : {}),
    ...(action?.[4] ? { office: action[4] } : {}),
  };
}

/** A CPC combination set: symbols that classify together, in their rank, with commas, strokes or plus signs between. */
function readCombination(input: unknown, text: string): ClassAnswer | undefined {
  const members = text
    .replace(/^\((.*)\)$/s, '$1')
    .split(/\s*[,;|+]\s*/)
    .map(symbolParts);
  const [first] = members;
  if (!first || members.length < 2 || members.some((parts) => parts?.mainGroup === undefined)) return undefined;
  const combination = members.flatMap((parts) => (parts ? [formatSymbol(parts)] : []));
  return { ...answered(input, first, { scheme: 'CPC' }, combination.join(', ')), combination };
}

/** Two groups of one subclass with a dash between: `G06F 1/32-3296`, `A01B 33/00-34/00`. */
function readRange(input: unknown, text: string): ClassAnswer | undefined {
  const match = /^(.+?\/\s*\d{2,6})\s*-\s*(?:(\d{1,4})\s*\/)?\s*(\d{2,6})$/.exec(text);
  const parts = symbolParts(match?.[1] ?? '');
  if (!match || parts?.mainGroup === undefined) return undefined;
  const [, , main = parts.mainGroup, sub] = match;
  const end = main === parts.mainGroup ? sub : `${main}/${sub}`;
  return answered(input, parts, {}, `${formatSymbol(parts)}-${end}`);
}

/** The version and value that office texts print behind a symbol: `H01M 10/0525 (2010.01) I`, `A01B 1/04 [2013-01]`. */
function readMarked(input: unknown, text: string): ClassAnswer | undefined {
  const match = /^(.+?)\s*[([]\s*(\d{4})[.-](\d{2})\s*[)\]]\s*([FL])?\s*([INA])?$/.exec(text);
  const parts = symbolParts(match?.[1] ?? '');
  if (!match || !parts) return undefined;
  return answered(input, parts, { version: `${match[2]}-${match[3]}`, position: match[4], value: match[5] });
}

function whyNot(text: string): { code: string; message: string } {
  const code = 'class.unrecognized';
  if (/^[A-HY]\d{2}[A-Z]\s*\d{4,}$/.test(text)) {
    return {
      code: 'class.ambiguous',
      message: `“${text}” can be cut in several ways; write a stroke between main group and subgroup.`,
    };
  }
  if (/^[A-HY]\d{2}[A-Z]\s*\d{1,2}$/.test(text)) {
    return { code, message: `“${text}” has a main group without subgroup; write ${text}/00.` };
  }
  if (/^[A-HY]\d{2}[A-Z]\s*\d{1,4}\/\d?$/.test(text)) {
    return { code, message: `“${text}” has a subgroup of fewer than two digits.` };
  }
  if (/^[A-HY]\d?[A-Z]/.test(text)) return { code, message: `“${text}” needs two digits after its section letter.` };
  return { code, message: `“${text}” is not read as a symbol of IPC, CPC, FI, F-term, USPC or Locarno.` };
}

function readText(input: unknown, text: string): ClassAnswer {
  if (text.length > LONGEST_SYMBOL) {
    return refused(
      input,
      'class.unrecognized',
      `A symbol has at most ${LONGEST_SYMBOL} characters; this text is longer.`,
    );
  }
  const folded = text.normalize('NFKC').toUpperCase();
  const bare = folded.trim();
  if (bare === '') return refused(input, 'class.unrecognized', 'There is no symbol in this text.');
  const parts = symbolParts(bare);
  if (parts) return answered(input, parts, {});
  const known =
    readRecord(input, bare) ?? readMarked(input, bare) ?? readRange(input, bare) ?? readCombination(input, bare);
  if (known) return known;
  const other = readLocarno(bare) ?? readFterm(bare) ?? readFi(bare) ?? readUspc(folded.trimEnd());
  if (other) return { input, ...NOTHING, ...other, valid: true, errors: [] };
  const { code, message } = whyNot(bare);
  return refused(input, code, message);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST_SYMBOL + 1).trim() || undefined;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The parts of an element as office XML gives them. */
function readParts(input: object): ClassAnswer {
  const fields = new Map<string, unknown>(Object.entries(input));
  const get = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = textOf(fields.get(name));
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const marks: Marks = {
    scheme: get('scheme'),
    version: get('version'),
    position: get('position'),
    value: get('value'),
  };
  const symbol = get('symbol', 'text');
  if (symbol !== undefined) {
    const answer = readText(input, symbol);
    return answer.valid
      ? { ...answer, ...Object.fromEntries(Object.entries(marks).filter(([, v]) => v !== undefined)) }
      : answer;
  }
  const main = get('main-group', 'mainGroup');
  const head = `${get('section') ?? ''}${get('class') ?? ''}${get('subclass') ?? ''}`;
  const text = main === undefined ? head : `${head} ${main}/${get('subgroup') ?? '00'}`;
  const parts = symbolParts(text);
  if (parts) return answered(input, parts, marks);
  return refused(input, 'class.unrecognized', `The parts make “${text.trim()}”, which is no symbol of IPC or CPC.`);
}

/**
 * Reads a classification symbol: IPC and CPC as text (with blanks, padded, run together where only one cut is
 * possible, as ST.8 record, with version, as range) or as the parts of an XML element; Locarno and the former US
 * classification by their shape. Never throws; what is not understood is in `errors`.
 */
export function readClass(input: string | object): ClassAnswer {
  return typeof input === 'string' ? readText(input, input) : readParts(input);
}
