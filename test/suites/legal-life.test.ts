import type { PatentDocument } from '@quanlian/contract';
import { generatePatents } from '@quanlian/demo';
import { applicationKey, statusOn } from '@quanlian/kernel';
import { type LegalBasis, type LegalSource, legalLife, loadLaw, loadLegalBasis } from '@quanlian/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CASES, MADE_CASES, type WorkedCase } from './legal-cases.js';

const ASKED = '2026-11-01';
let basis: LegalBasis;
const city = new Map<string, PatentDocument[]>();

const keyOf = ({ id, office, application }: PatentDocument): string =>
  `${office} ${(application && applicationKey(application)) ?? id}`;

beforeAll(async () => {
  const noList = { current: () => undefined, reload: async () => undefined };
  basis = await loadLegalBasis(await loadLaw(), noList);
  const byApplication = new Map<string, PatentDocument[]>();
  for (const document of generatePatents({ seed: 1, count: 1_000 })) {
    const own = byApplication.get(keyOf(document)) ?? [];
    own.push(document);
    byApplication.set(keyOf(document), own);
    city.set(document.id, own);
  }
});

function check(documents: readonly LegalSource[], { days, reasons = [], term }: WorkedCase): void {
  const life = legalLife(documents, basis, ASKED);
  expect(days.map(([day]) => [day, statusOn(life.timeline, day)?.status ?? null])).toEqual(days.map((row) => [...row]));
  for (const [day, wanted] of reasons) {
    const given = statusOn(life.timeline, day)?.reasons.flatMap(({ kind, event }) =>
      event === undefined ? [kind] : [kind, life.timeline.events[event]?.code],
    );
    expect(given, day).toContain(wanted);
  }
  if (term !== undefined) expect([life.term?.ends, life.term?.certainty]).toEqual([...term]);
}

describe('the legal status of demo cases, against what a reader of the events expects', () => {
  it.each(DEMO_CASES)('$id: $why', (one) => {
    const documents = city.get(one.id);
    expect(documents, `${one.id} is in the city`).toBeDefined();
    check(documents ?? [], one);
  });
});

describe('the legal status of made-up rights, by hand', () => {
  it.each(MADE_CASES)('$why', (one) => check(one.documents, one));
});
