import type { LegalAnswer, PatentDocument } from '@quanlian/contract';
import {
  addDays,
  compensationDays,
  type EventMap,
  evaluateRule,
  type FeeRule,
  isGrant,
  type Result,
  type RightFacts,
  type RuleBook,
  type Ruled,
  type RuleRefusal,
  termEvaluator,
  termFromParentEvaluator,
  terminalDisclaimer,
  type WorkingCalendar,
} from '@quanlian/kernel';
import { z } from 'zod';

/** What the meaning of events and the length of terms are taken from. */
export interface LegalBasis {
  readonly events: EventMap;
  readonly rules: RuleBook;
  readonly calendar: WorkingCalendar;
}

type Source = Pick<
  PatentDocument,
  'office' | 'kind' | 'date' | 'type' | 'application' | 'related' | 'termAdjustmentDays' | 'events' | 'extra'
>;

const TYPES = { invention: 'invention', 'utility-model': 'utility-model', design: 'design' } as const;

/** The kind of right a publication is of, as far as terms differ by it. */
export function rightType({
  type,
  office,
  kind = '',
}: Pick<PatentDocument, 'type' | 'office' | 'kind'>): keyof typeof TYPES | undefined {
  if (type !== undefined) return type in TYPES ? (type as keyof typeof TYPES) : undefined;
  if (office === 'CN' && /^[UY]/.test(kind)) return 'utility-model';
  if (/^S/.test(kind)) return 'design';
  return /^[ABC]/.test(kind) ? 'invention' : undefined;
}

/** The day of the first publication that gives the right. */
const grantedOn = (documents: readonly Source[]): string | undefined =>
  documents
    .flatMap(({ office, kind, date }) => (date !== undefined && isGrant(office, kind, date) === true ? [date] : []))
    .sort()[0];

/** Parents whose filing begins the term; provisional applications do not. */
const PARENTS = /^(continuation|continuation-in-part|division|continuing-reissue|reissue|a-371-of-international)( |$)/;

/** Where a source has no date of a parent, some give the first day of the first year. */
const FIRST_PATENT_LAW = '1790-04-10';

function parentsOf(documents: readonly Source[]): string[] {
  return documents.flatMap(({ related = [] }) =>
    related.flatMap(({ relation, document }) =>
      PARENTS.test(relation) && document?.date?.length === 10 && document.date > FIRST_PATENT_LAW
        ? [document.date]
        : [],
    ),
  );
}

/** A reissue lives as long as the patent it takes the place of, from which its fees run too. */
const isReissue = ({ type, kind = '' }: Source): boolean => type === 'reissue' || /^E/.test(kind);

function usTypeOf({ type, kind = '' }: Source): 'invention' | 'plant' | 'design' {
  if (type === 'design' || /^S/.test(kind)) return 'design';
  return type === 'plant' || /^P/.test(kind) ? 'plant' : 'invention';
}

const adjustmentOf = (documents: readonly Source[]): number =>
  Math.max(0, ...documents.map(({ termAdjustmentDays }) => termAdjustmentDays ?? 0));

/** Days of compensation, where events tell of it and name them all. */
const compensationOf = (documents: readonly Source[]): number | undefined =>
  compensationDays([
    ...new Map(documents.flatMap(({ events = [] }) => events).map((event) => [JSON.stringify(event), event])).values(),
  ]) ?? undefined;

function evaluated(documents: readonly Source[], filed: string, { rules, calendar }: LegalBasis) {
  const [first] = documents;
  if (first === undefined || filed.length < 10 || first.office === 'WO') return undefined;
  if (first.office === 'US') {
    const parents = parentsOf(documents);
    if (isReissue(first) && parents.length === 0) return undefined;
    const grant = isReissue(first) ? undefined : grantedOn(documents);
    const input = {
      type: usTypeOf(first),
      filingDate: filed,
      earliestFiling: [filed, ...parents].sort()[0] ?? filed,
      grantDate: grant?.length === 10 ? grant : null,
      adjustmentDays: adjustmentOf(documents),
      disclaimedAfter: terminalDisclaimer(documents)?.ends ?? null,
    };
    return evaluateRule(rules, termFromParentEvaluator, { id: 'us.term', date: filed, input }, { calendar });
  }
  const type = rightType(first);
  if (type === undefined || (first.office !== 'CN' && type !== 'invention')) return undefined;
  const own = `${first.office.toLowerCase()}.term`;
  const id = rules.ids.includes(own) ? own : 'house.term-general';
  return evaluateRule(rules, termEvaluator, { id, date: filed, input: { type, filingDate: filed } }, { calendar });
}

type Ruling = Result<Ruled<{ ends: string }>, RuleRefusal>;

/** The end of the term by the rule of the office; none without a filing date or where no rule is held. */
export function termOf(
  documents: readonly Source[],
  filed: string,
  basis: LegalBasis,
): { term: NonNullable<RightFacts['term']>; answer: Omit<NonNullable<LegalAnswer['term']>, 'extended'> } | undefined {
  const result: Ruling | undefined = evaluated(documents, filed, basis);
  if (result === undefined || !result.ok) return undefined;
  const { value, rule } = result.value;
  const days = documents[0]?.office === 'CN' ? compensationOf(documents) : undefined;
  const ends = days === undefined ? value.ends : addDays(value.ends, days);
  const disclaimer = documents[0]?.office === 'US' ? terminalDisclaimer(documents) : undefined;
  // Where a disclaimer names no day, the patent ends with another one that is not known: the day is the latest.
  const certainty = disclaimer?.ends === null || days !== undefined ? 'low' : rule.certainty;
  const named = { id: rule.ruleId, version: rule.version };
  const text = basis.rules.versions(rule.ruleId).find(({ version }) => version === rule.version);
  const law = rule.article;
  return {
    term: {
      ends,
      rule: named,
      certainty,
      ...(law === null ? {} : { law }),
      ...(days === undefined ? {} : { compensated: true }),
    },
    answer: {
      ends,
      rule: named,
      title: text?.title ?? { zh: rule.ruleId, en: rule.ruleId },
      note: text?.note ?? null,
      certainty,
      law,
      adjustmentDays: documents[0]?.office === 'US' ? adjustmentOf(documents) : (days ?? 0),
      disclaimer: disclaimer ?? null,
    },
  };
}

const WindowsSchema = z.object({
  windows: z.array(
    z.object({ year: z.number(), opensMonths: z.number(), dueMonths: z.number(), graceMonths: z.number() }),
  ),
  filedFrom: z.string(),
});

/** The fees that keep a patent of the United States alive; none for designs and plants, and for old applications. */
export function feesOf(
  documents: readonly Source[],
  filed: string,
  { rules }: LegalBasis,
): { fees: readonly FeeRule[]; feeRule: { id: string; version: number } } | undefined {
  const [first] = documents;
  if (first?.office !== 'US' || usTypeOf(first) !== 'invention' || documents.some(isReissue)) return undefined;
  const rule = rules.at('us.maintenance', filed);
  if (!rule.ok) return undefined;
  const { windows, filedFrom } = WindowsSchema.parse(rule.value.parameters);
  if (filed < filedFrom) return undefined;
  return { fees: windows, feeRule: { id: rule.value.id, version: rule.value.version } };
}
