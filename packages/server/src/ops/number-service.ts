import type { NumberAnswer } from '@quanlian/contract';
import { readNumber } from '@quanlian/kernel';
import type { Reference } from './address.js';
import { docdbApplication } from './epodoc.js';
import { fault } from './faults.js';
import type { InputNumber, NumberForm } from './input.js';
import { documentId } from './render/numbers.js';
import { tag, worldPatentData } from './xml.js';

/** Status codes of the reference guide (tables 22 and 23) for what the number reader notices. */
const STATUS_OF: Readonly<Record<string, string>> = {
  'number.check_digit': 'pBRE001',
  'number.kind_unknown': 'pBRE003',
  'number.date': 'pBRE004',
};
/** The number is outside the ranges the office is known to use: what is answered is the input as far as it is read. */
const OUTSIDE_RANGE = 'pBRE007';

function readingOf({ form, office, number, kind, date }: InputNumber, reference: Reference): NumberAnswer {
  const type = reference === 'publication' ? 'publication' : 'application';
  const known =
    form === 'epodoc' && reference !== 'publication' ? docdbApplication((office ?? '') + number, date) : undefined;
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

function outputOf(
  answer: NumberAnswer,
  reference: Reference,
  form: NumberForm,
  { office, number, kind, date }: InputNumber,
): Parts {
  const [reading] = answer.candidates;
  if (reading === undefined)
    return form === 'epodoc' ? { number: (office ?? '') + number, date } : { office, number, kind, date };
  if (form === 'docdb')
    return { office: reading.office ?? office, number: reading.number ?? number, kind: reading.kind ?? kind, date };
  if (form === 'epodoc') {
    const epodoc = reading.forms.epodoc ?? `${reading.office ?? ''}${reading.number ?? number}`;
    // The kind of a publication stays; that of an application is part of no epodoc number.
    return { number: epodoc, kind: reference === 'publication' && kind !== '*' ? kind : undefined, date };
  }
  return { office: reading.office ?? office, number: reading.forms.original ?? reading.number ?? number, kind, date };
}

/** `SUCCESS`, or the codes of what was noticed. */
function statusOf(answer: NumberAnswer): string {
  if (answer.candidates.length === 0) return OUTSIDE_RANGE;
  const codes = answer.warnings.flatMap(({ code }) => STATUS_OF[code] ?? []);
  return codes.length === 0 ? 'SUCCESS' : [...new Set(codes)].join(' ');
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
  const status = [...new Set(readings.flatMap(({ answer }) => statusOf(answer).split(' ')))];
  const noticed = status.filter((code) => code !== 'SUCCESS');
  return worldPatentData(
    'number-service',
    tag('ops:meta', '', { name: 'status', value: noticed.length === 0 ? 'SUCCESS' : noticed.join(' ') }) +
      items.join(''),
  );
}
