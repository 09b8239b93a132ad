import type { NumberAnswer } from '@quanlian/contract';
import { readNumber } from '@quanlian/kernel';
import type { Reference } from './address.js';
import { type DocdbApplication, docdbApplication, usEpodoc } from './epodoc.js';
import { fault } from './faults.js';
import type { InputNumber, NumberForm } from './input.js';
import { documentId } from './render/numbers.js';
import { tag, worldPatentData } from './xml.js';

/** Status codes of the reference guide (tables 22 and 23) for what the number reader notices. */
const STATUS_OF: Readonly<Record<string, string>> = { 'number.bad_check_digit': 'pBRE001' };
/** What the service says of parts that are missing, changed or left out. */
const NO_COUNTRY = 'pBRE002';
const KIND_CHANGED = 'pBRE015';
const KIND_SET_TO_A = 'pBRE019';
const CHINESE_CHECK_DIGIT_LEFT_OUT = 'pBRE104';
/** The number could not be changed: what is answered is the input as far as it is read. */
const NOT_CHANGED = 'pBRE999';

/** The DOCDB number that an epodoc number of an application stands for. */
const standsFor = ({ form, office, number, date }: InputNumber, reference: Reference): DocdbApplication | undefined =>
  form === 'epodoc' && reference !== 'publication' ? docdbApplication((office ?? '') + number, date) : undefined;

function readingOf(input: InputNumber, reference: Reference): NumberAnswer {
  const { form, office, number, kind, date } = input;
  const type = reference === 'publication' ? 'publication' : 'application';
  const known = standsFor(input, reference);
  if (known) return readNumber({ ...known, date, type });
  const base = { office, kind: kind === '*' ? undefined : kind, date, type };
  return readNumber(form === 'original' ? { ...base, original: number } : { ...base, number });
}

interface Parts {
  readonly office?: string | undefined;
  readonly number?: string | undefined;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

function outputOf(answer: NumberAnswer, reference: Reference, form: NumberForm, input: InputNumber): Parts {
  const { office, number, kind, date } = input;
  const [reading] = answer.candidates;
  if (reading === undefined)
    return form === 'epodoc' ? { number: (office ?? '') + number, date } : { office, number, kind, date };
  const known = standsFor(input, reference);
  // The digits of a national application, read once more, might be taken for another office rule's; those of an international one are shortened.
  if (known && known.kind !== 'W')
    return form === 'docdb' ? { ...known, date } : { office: known.office, number: known.number, kind, date };
  if (form === 'docdb')
    return { office: reading.office ?? office, number: reading.number ?? number, kind: reading.kind ?? kind, date };
  if (form === 'epodoc') {
    const us = reference !== 'publication' && input.form === 'docdb' ? usEpodoc(input) : undefined;
    const epodoc = us ?? reading.forms.epodoc ?? `${reading.office ?? ''}${reading.number ?? number}`;
    return { number: epodoc, kind: kind === '*' ? undefined : kind, date };
  }
  // The signs that an office prints are not put back: an original number is answered by its digits.
  const digits = input.form === 'docdb' ? number : (reading.number ?? number);
  return { office: reading.office ?? office, number: digits, kind, date };
}

/** What was noticed of one number; nothing where it went through as it was. */
function statusOf(answer: NumberAnswer, reference: Reference, to: NumberForm, input: InputNumber): string[] {
  const [reading] = answer.candidates;
  if (reading === undefined) return [NOT_CHANGED];
  const { form, office, number, kind } = input;
  const codes = answer.warnings.flatMap(({ code }) => STATUS_OF[code] ?? []);
  if (form !== 'original') return codes;
  if (office === undefined) codes.push(NO_COUNTRY);
  if (reading.office === 'CN' && /\.[\dX]$/.test(number)) codes.push(CHINESE_CHECK_DIGIT_LEFT_OUT);
  if (to !== 'docdb' || reference === 'publication') return codes;
  if (reading.kind === 'W' && kind !== 'W') codes.push(KIND_CHANGED);
  else if (reading.kind === 'A' && kind === undefined) codes.push(KIND_SET_TO_A);
  return codes;
}

/** Answers of the number service: each number in another form. It always answers something for a number it can cut into parts. */
export function convertNumbers(
  reference: Reference,
  from: NumberForm,
  to: NumberForm,
  inputs: readonly InputNumber[],
): string {
  if (from === to) {
    throw fault('CLIENT.InvalidReference', `A number in ${from} form is already in ${to} form.`);
  }
  const name = reference === 'publication' ? 'ops:publication-reference' : 'ops:application-reference';
  const readings = inputs.map((input) => ({ input, answer: readingOf(input, reference) }));
  const items = readings.map(({ input, answer }) =>
    tag(
      'ops:standardization',
      tag('ops:input', tag(name, documentId(from, input))) +
        tag('ops:output', tag(name, documentId(to, outputOf(answer, reference, to, input)))),
      { inputFormat: from, outputFormat: to },
    ),
  );
  const noticed = [...new Set(readings.flatMap(({ answer, input }) => statusOf(answer, reference, to, input)))];
  return worldPatentData(
    'numbers',
    tag('ops:meta', '', { name: 'status', value: noticed.length === 0 ? 'SUCCESS' : noticed.join(' ') }) +
      items.join(''),
  );
}
