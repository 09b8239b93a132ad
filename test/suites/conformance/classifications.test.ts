import type { ClassAnswer } from '@quanlian/contract';
import { classLevels, readClass } from '@quanlian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { type Case, casesOf, createTally, lettersAndDigits } from './conformance.js';

/** Cases the product does not follow, with the reason. */
const DOUBTFUL: Readonly<Record<string, string>> = {};

const BINDING = new Set(['sound', 'derived']);

type Parts = Readonly<Record<string, unknown>>;
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

const same = (a: unknown, b: unknown): boolean =>
  lettersAndDigits(String(a ?? '')) === lettersAndDigits(String(b ?? ''));

/** Whether a symbol lies in the place that another names, by the levels that show in it. */
function contains(outer: string, inner: string): boolean {
  const levels = classLevels(readClass(inner).symbol ?? '');
  return Object.values(levels).some((level) => level === readClass(outer).symbol);
}

const CHECKS: Readonly<Record<string, (answer: ClassAnswer, value: unknown) => boolean>> = {
  symbol: (answer, value) => same(answer.symbol, value),
  normalized: (answer, value) => same(answer.symbol, value),
  designCheck: (answer, value) => same(answer.symbol, value),
  plantCheck: (answer, value) => same(answer.symbol, value),
  alphaCheck: (answer, value) => same(answer.symbol, value),
  eCheck: (answer, value) => same(answer.symbol, value),
  forCheck: (answer, value) => same(answer.symbol, value),
  section: (answer, value) => answer.section === value,
  klass: (answer, value) => answer.class === value,
  subclass: (answer, value) => answer.subclass === value,
  mainGroup: (answer, value) => answer.mainGroup === value,
  subGroup: (answer, value) => answer.subgroup === value,
  version: (answer, value) => same(answer.version, value),
  valid: (answer, value) => answer.valid === value,
  validForSearch: (answer, value) => answer.valid === value,
  treeDepth: (answer, value) =>
    Object.keys(classLevels(answer.symbol ?? '')).length + (answer.subgroup === '00' ? 0 : 1) === value,
};

/** The parts that a case's input itself holds; position and value of an element come from beside the symbol. */
function agrees({ input, expected, system }: Case): boolean {
  if (isParts(input) && typeof input['query'] === 'string') {
    return isParts(expected) && contains(input['query'], String(input['symbol'])) === expected['contained'];
  }
  const answer = readClass(isParts(input) ? input : String(input));
  if (expected === null) return !answer.valid;
  if (!isParts(expected)) return false;
  const isRecord = system === 'IPC ST.8 ipcr text';
  const marks = isRecord
    ? (answer.position ?? null) === expected['position'] && (answer.value ?? null) === expected['value']
    : true;
  return marks && Object.entries(expected).every(([key, value]) => CHECKS[key]?.(answer, value) ?? true);
}

const cases = casesOf('classifications.json');
const tally = createTally('Classes: agreement by scheme and judgement');

describe.skipIf(cases === undefined)('classes of the conformance set', () => {
  afterAll(() => tally.print());
  const list = (cases ?? []).map((entry) => ({ ...entry, name: `${entry.id} ${JSON.stringify(entry['input'])}` }));

  it.each(list)('$name', (entry) => {
    const { id, system, judgement, expected, input } = entry as Case;
    const agreed = agrees(entry);
    tally.note(`${String(system)} (${String(judgement)})`, id, agreed);
    if (!BINDING.has(String(judgement))) return;
    const got =
      isParts(input) && 'query' in input ? '' : JSON.stringify(readClass(isParts(input) ? input : String(input)));
    expect(agreed, `expected ${JSON.stringify(expected)}, got ${got}`).toBe(DOUBTFUL[id] === undefined);
  });

  it('has a reason for every doubtful case', () => {
    for (const [id, reason] of Object.entries(DOUBTFUL)) {
      expect(list.some((entry) => entry.id === id)).toBe(true);
      expect(reason.length).toBeGreaterThan(20);
    }
  });
});
