import { join } from 'node:path';
import { inForceOn, statusOn } from '@quanlian/kernel';
import { type LegalBasis, legalLife, loadLaw, loadLegalBasis } from '@quanlian/server';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LegalCase } from './legal-case.js';
import { EP_CASES } from './legal-cases-ep.js';
import { US_CASES } from './legal-cases-us.js';
import { type History, officeHistories, usHistories } from './legal-histories.js';

const folder = process.env['QUANLIAN_REAL_DATA'];
if (!folder) process.stdout.write('Skipped: QUANLIAN_REAL_DATA names no folder of real office data.\n');

const BUILD_TIME_MS = 300_000;
const ASKED = '2026-11-22';

/** The records of the cases alone: the whole collection would take minutes. */
const epFiles = (root: string): string[] => {
  const opsFolder = join(root, 'epo', 'ops-examples', 'demo', 'examples');
  const collected = EP_CASES.flatMap(({ id }) => {
    const [, number, kind] = /^EP(1[1-9]\d{5})([AB]\d)$/.exec(id) ?? [];
    return number === undefined ? [] : [join(root, 'epo', 'marec-grobid-annotated', `EP-${number}-${kind}.xml`)];
  });
  return [
    join(opsFolder, 'get_family_with_legal'),
    join(opsFolder, 'get_register_biblio'),
    join(root, 'epo', 'legal-events', 'example_1.xml'),
    join(root, 'epo', 'legal-events', 'example_3.xml'),
    ...collected,
  ];
};

let basis: LegalBasis;
let europe: Map<string, History>;
let america: Map<string, History>;

beforeAll(async () => {
  if (!folder) return;
  const noList = { current: () => undefined, reload: async () => undefined };
  basis = await loadLegalBasis(await loadLaw(), noList);
  europe = await officeHistories(epFiles(folder));
  america = await usHistories(folder);
}, BUILD_TIME_MS);

function check(histories: ReadonlyMap<string, History>, { id, days, reasons = [], taken = [], termEnds }: LegalCase) {
  const history = histories.get(id);
  expect(history, `${id} is among the data`).toBeDefined();
  const { timeline, term } = legalLife(history ?? [], basis, ASKED);
  const found = days.map(([day, , states]) => [
    day,
    statusOn(timeline, day)?.status ?? null,
    ...(states === undefined ? [] : [inForceOn(timeline, day).join(' ')]),
  ]);
  expect(found).toEqual(days.map((row) => [...row]));
  for (const [day, wanted] of reasons) {
    const given = statusOn(timeline, day)?.reasons.flatMap(({ kind, event }) =>
      event === undefined ? [kind] : [kind, timeline.events[event]?.code],
    );
    expect(given, `${id} on ${day}`).toContain(wanted);
  }
  const gone = timeline.events.flatMap(({ void: back, code, date }) => (back ? [`${code} ${date}`] : []));
  expect(gone.toSorted()).toEqual(taken.toSorted());
  if (termEnds !== undefined) expect(term?.ends ?? null).toBe(termEnds);
}

describe.skipIf(!folder)('the legal status of recorded cases, against what a reader of the records expects', () => {
  it.each(EP_CASES)('$id: $why', (one) => check(europe, one));
  it.each(US_CASES)('US $id: $why', (one) => check(america, one));
});
