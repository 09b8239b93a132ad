import type { NumberAnswer, NumberReading } from '@quanlian/contract';
import { cnCheckDigit, epCheckDigit, readNumber } from '@quanlian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { type Case, casesOf, createTally, lettersAndDigits } from './conformance.js';

/** Cases the product does not follow, with the reason. */
const DOUBTFUL: Readonly<Record<string, string>> = {
  N0664: 'The epodoc form holds the filing year 2011, and neither number nor date of the input tells it.',
};

const BINDING = new Set(['authoritative', 'sound', 'derived', 'sound-invalid']);

type Parts = Readonly<Record<string, unknown>>;
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/** Every way a reading writes its number, letters and digits only. */
function writings({ office, number, kind, forms }: NumberReading): Set<string> {
  const all = [
    forms.docdb,
    forms.epodoc,
    forms.original,
    forms.display,
    `${office}${number}${kind ?? ''}`,
    `${office}${number}`,
  ];
  return new Set(all.flatMap((text) => (text === null ? [] : [lettersAndDigits(text)])));
}

const same = (form: string | null, expected: unknown): boolean =>
  form !== null && typeof expected === 'string' && lettersAndDigits(form) === lettersAndDigits(expected);

/** A number without its office, a US serial with the zeros it has in print. */
const bareNumber = ({ office, number, kind, forms }: NumberReading): Set<string> => {
  const all = [number, forms.original, `${number}${kind ?? ''}`, `${office}${number}`];
  return new Set(all.flatMap((text) => (text === null ? [] : [lettersAndDigits(text)])));
};

const KINDS: Readonly<Record<string, readonly string[]>> = {
  application: ['application'],
  pct: ['application'],
  grant: ['grant', 'publication'],
  publication: ['publication'],
};

function agreesOnParts(reading: NumberReading, expected: Parts): boolean {
  const known: Readonly<Record<string, (value: unknown) => boolean>> = {
    country: (value) => reading.office === value,
    kind: (value) => (value || null) === reading.kind || value === '' || value === null,
    number: (value) =>
      typeof value === 'string' && [...bareNumber(reading)].some((text) => text.endsWith(value.replace(/^0+/, ''))),
    digits: (value) => typeof value === 'string' && [...writings(reading)].some((text) => text.includes(value)),
    normalized: (value) =>
      [...writings(reading), ...bareNumber(reading)].some(
        (text) => same(text, value) || same(text, `US${String(value)}`),
      ),
    type: (value) => (KINDS[String(value)] ?? []).includes(reading.type),
    application: (value) => same(reading.number, value),
    check: (value) => reading.forms.original?.endsWith(`.${String(value)}`) === true,
    epodoc: (value) => same(reading.forms.epodoc, value),
    docdb: (value) => same(reading.forms.docdb, value) || writings(reading).has(lettersAndDigits(String(value))),
    // The master file leaves out the letters PCT that the office prints.
    original: (value) => same(reading.forms.original, value) || same(reading.forms.original, `PCT/${String(value)}`),
    valid: (value) => value === true,
  };
  const whole = ['id', 'joined', 'fullYear', 'string'];
  return Object.entries(expected).every(([key, value]) => {
    if (whole.includes(key)) return typeof value === 'string' && writings(reading).has(lettersAndDigits(value));
    return known[key]?.(value) ?? true;
  });
}

/** A recorded answer of the office's number service: the parts in one format. */
function agreesOnRecord(reading: NumberReading, expected: Parts): boolean {
  const number = String(expected['doc-number'] ?? '');
  if (expected['format'] === 'epodoc') return same(reading.forms.epodoc, number);
  return same(reading.forms.docdb, `${String(expected['country'])}${number}${String(expected['kind'])}`);
}

/** Digits without an office: the readings that the case's own office would take are among those listed. */
const LISTED = new Set(['us', 'us-bare']);

function agrees(answer: NumberAnswer, entry: Case): boolean {
  if (entry.expected === null) return !answer.valid;
  if (answer.valid) return agreesOn(answer, entry);
  const isListed =
    LISTED.has(String(entry['system'])) && answer.warnings.some(({ code }) => code === 'number.ambiguous');
  return isListed && answer.candidates.some((reading) => agreesOn(reading, entry));
}

function agreesOn(reading: NumberReading, { system, expected }: Case): boolean {
  const group = String(system);
  // The same international application, whichever of its two printings: two digits of year, or four.
  const pct = isParts(expected) && expected['type'] === 'pct' ? readNumber(String(expected['normalized'])) : undefined;
  if (pct) return pct.valid && pct.forms.docdb === reading.forms.docdb;
  if (group === 'ops-number-service:recorded' && isParts(expected)) return agreesOnRecord(reading, expected);
  if (isParts(expected)) return agreesOnParts(reading, expected);
  if (group.endsWith('->epodoc')) return same(reading.forms.epodoc, expected);
  if (group.endsWith('->docdb') || group === 'wo-docdb') return same(reading.forms.docdb, expected);
  return writings(reading).has(lettersAndDigits(String(expected)));
}

/** How a case is put to the reader: an application or priority is said to be one, as the system's name does. */
function inputOf({ input, system, note }: Case): string | object {
  const match = /:(application|priority|publication):|^docdb:(application|publication)/.exec(String(system));
  const said = match?.[1] ?? match?.[2];
  const type = said === 'publication' ? undefined : said;
  if (!isParts(input)) return type === undefined ? String(input) : { number: String(input), type: type };
  // Cases of one kind keep the kind of the document in their note.
  const kind = system === 'uspto-ppd-node' ? /kind ([A-Z]\d?)/.exec(String(note))?.[1] : undefined;
  return { ...input, ...(type === undefined ? {} : { type: type }), ...(kind === undefined ? {} : { kind }) };
}

const cases = casesOf('numbers.json');
const tally = createTally('Numbers: agreement by form and judgement');

describe.skipIf(cases === undefined)('numbers of the conformance set', () => {
  afterAll(() => tally.print());
  const list = (cases ?? []).map((entry) => ({ ...entry, name: `${entry.id} ${JSON.stringify(entry['input'])}` }));

  it.each(list)('$name', (entry) => {
    const { id, input, system, judgement, expected } = entry as Case;
    const answer = readNumber(inputOf(entry));
    const isCheckDigit = system === 'ep-check-digit';
    const agreed = isCheckDigit
      ? `${String(input)}.${epCheckDigit(String(input))}` === expected && readNumber(String(expected)).valid
      : agrees(answer, entry);
    tally.note(`${String(system)} (${String(judgement)})`, id, agreed);
    if (!BINDING.has(String(judgement))) return;
    expect(agreed, `expected ${JSON.stringify(expected)}, got ${JSON.stringify(answer)}`).toBe(
      DOUBTFUL[id] === undefined,
    );
  });

  it('has a reason for every doubtful case, and the check digits by themselves', () => {
    for (const [id, reason] of Object.entries(DOUBTFUL)) {
      expect(list.some((entry) => entry.id === id)).toBe(true);
      expect(reason.length).toBeGreaterThan(20);
    }
    expect(cnCheckDigit('201410345054')).toBe('1');
  });
});
