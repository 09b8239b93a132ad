import { fault } from './faults.js';

export const FORMS = ['docdb', 'epodoc', 'original'] as const;
export type NumberForm = (typeof FORMS)[number];

/** A number as a client wrote it, in parts. */
export interface InputNumber {
  readonly form: NumberForm;
  /** As it came, decoded, for messages. */
  readonly text: string;
  readonly office?: string | undefined;
  /** Of epodoc numbers with the office in front, as clients write them. */
  readonly number: string;
  /** `*` stands for any kind. */
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

/** Most numbers in one request. */
const MOST_NUMBERS = 100;
const LONGEST_NUMBER = 200;

/** Cuts at a sign that stands outside brackets. */
function cutOutside(text: string, isCut: (sign: string) => boolean): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && isCut(sign)) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  pieces.push(text.slice(from));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault(
      'CLIENT.WrongReferenceFormatting',
      `The percent signs in ${text.slice(0, LONGEST_NUMBER)} encode nothing.`,
    );
  }
}

const KIND = /^(?:[A-Z]\d{0,2}|\*)$/;
const DATE = /^\d{8}$/;
const bare = (part: string): string =>
  decode(part.replace(/^\(([\s\S]*)\)$/, '$1'))
    .trim()
    .toUpperCase();

/** Office, number and kind run together, as clients write them in the docdb form too: `EP1000000A1`. */
function runTogether(text: string): { office: string; number: string; kind?: string } | undefined {
  const match = /^([A-Z]{2})([A-Z]{0,2}\d[\dA-Z]*?)([A-Z]\d?)?$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return { office: match[1], number: match[2], ...(match[3] ? { kind: match[3] } : {}) };
}

function readParts(form: NumberForm, parts: readonly string[]): Omit<InputNumber, 'form' | 'text'> {
  const rest = [...parts];
  const date = rest.length > 1 && DATE.test(rest.at(-1) ?? '') ? rest.pop() : undefined;
  const kind = rest.length > 1 && KIND.test(rest.at(-1) ?? '') ? rest.pop() : undefined;
  const office = rest.length > 1 && /^[A-Z]{2}$/.test(rest[0] ?? '') ? rest.shift() : undefined;
  const number = rest.join('.');
  if (office !== undefined || form !== 'docdb') return { office, number, kind, date };
  const together = runTogether(number);
  return together ? { ...together, kind: kind ?? together.kind, date } : { office, number, kind, date };
}

/** Reads one number. Throws `CLIENT.WrongReferenceFormatting`. */
function readInput(form: NumberForm, raw: string): InputNumber {
  // Empty brackets name no kind and no date.
  const parts = cutOutside(raw, (sign) => sign === '.')
    .map(bare)
    .filter((part) => part !== '');
  const text = parts.join('.');
  if (text === '' || text.length > LONGEST_NUMBER || !/\d/.test(text)) {
    throw fault('CLIENT.WrongReferenceFormatting', `There is no ${form} number in “${text.slice(0, LONGEST_NUMBER)}”.`);
  }
  return { form, text, ...readParts(form, parts) };
}

/** The numbers of a path or a body: one a line or with commas between. Throws when there are none or too many. */
export function readInputs(form: NumberForm, raw: string): InputNumber[] {
  const pieces = cutOutside(raw, (sign) => sign === ',' || sign === '\n' || sign === '\r');
  if (pieces.length === 0) throw fault('CLIENT.InvalidReference', 'The request names no number.');
  if (pieces.length > MOST_NUMBERS)
    throw fault('CLIENT.InvalidReference', `A request may name ${MOST_NUMBERS} numbers, not ${pieces.length}.`);
  return pieces.map((piece) => readInput(form, piece));
}
