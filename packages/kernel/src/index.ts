export * from './analysis/analyse.js';
export { CharacterBit, characterBits } from './analysis/character-bits.js';
export { analysePattern, type OpenStretch, type PatternQuery } from './analysis/pattern.js';
export { SHORTENED, type TextBorder, textBorders } from './analysis/sentences.js';
export * from './analysis/units.js';
export {
  addCalendarMonths,
  addDays,
  dateAt,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  type IsoDate,
  IsoDateSchema,
  isIsoDate,
  laterDate,
  weekday,
} from './calendar/date.js';
export * from './calendar/deadline.js';
export * from './calendar/working.js';
export { compareClaims } from './claims/compare.js';
export * from './classification/compare.js';
export * from './classification/concordance.js';
export { readClass } from './classification/read.js';
export * from './classification/scheme.js';
export {
  type ClassLevels,
  classLevels,
  formatSymbol,
  normalizeSymbol,
  type SymbolParts,
  symbolParts,
} from './classification/symbol.js';
export * from './corpus/merge.js';
export { addRecord, groupKey, type Outcome } from './corpus/records.js';
export { type DerivedFamilies, deriveFamilies } from './family/derive.js';
export * from './family/facts.js';
export * from './family/families.js';
export * from './legal-status/code-list.js';
export { compensationDays } from './legal-status/compensation.js';
export { terminalDisclaimer } from './legal-status/disclaimer.js';
export type { FeeRule, PublishedFact, RightFacts } from './legal-status/facts.js';
export { isGrant } from './legal-status/grants.js';
export * from './legal-status/mapping.js';
export { createReach, EVENT_READINGS, type Reach } from './legal-status/reach.js';
export { readSt27, ST27_CATEGORIES, type St27Code } from './legal-status/st27.js';
export * from './legal-status/timeline.js';
export * from './merkle/bytes.js';
export * from './merkle/canonical.js';
export * from './merkle/chain.js';
export { sha256 } from './merkle/sha256.js';
export * from './merkle/tree.js';
export { normalName, normalPerson } from './names/normal-form.js';
export * from './numbers/canonical.js';
export { cnCheckDigit, epCheckDigit } from './numbers/check-digit.js';
export { readNumber } from './numbers/read.js';
export * from './policy/policy.js';
export * from './policy/table.js';
export * from './policy/tree.js';
export {
  actorInCase,
  type CaseInput,
  type Guard,
  type GuardInput,
  mayAct,
  type ProcessActor,
  type ProcessContext,
} from './process/actor.js';
export * from './process/case.js';
export { type Clock, clocks, type Escalation, type ExpiryAction, expiryActions } from './process/clocks.js';
export * from './process/definition.js';
export * from './process/diagram.js';
export * from './process/engine.js';
export type { KnownNames, ProcessFinding, ProcessFindingCode } from './process/findings.js';
export { rulesOfTime, withinDeadline } from './process/guards.js';
export * from './process/preview.js';
export { CASE_REFUSALS, type CaseRefusalCode } from './process/refusals.js';
export { validateProcess } from './process/validate.js';
export { type CqlReading, readCql } from './query/cql12/grammar.js';
export type { CqlLink, CqlPrefix, CqlQuery, CqlSortKey, CqlTree } from './query/cql12/tree.js';
export { normalizeQuery } from './query/normal.js';
export { type AnswerableQuery, makeAnswerable } from './query/page/answerable.js';
export { type PartialTranslation, translateWhatCanBe } from './query/page/leave-out.js';
export { MARK_KINDS, type MarkKind, markQuery, type QueryMark } from './query/page/marks.js';
export { parseWithSets, readCombination, resolveSets, setsIn } from './query/page/sets.js';
export { type FieldWriting, fieldBefore, fieldsOf, operatorsOf } from './query/page/words.js';
export { LONGEST_QUERY, parseQuery } from './query/parse.js';
export { printQuery } from './query/simple/print.js';
export { type Translation, translateQuery } from './query/translate.js';
export {
  type DistrictRow,
  districtPlaces,
  placeName,
  REGION_LEVELS,
  type RegionLevel,
  regionValue,
} from './regions/places.js';
export { createRegionReader, type Region, type RegionReader, valuesOfLevel } from './regions/region.js';
export { packCitation, unpackCitation } from './register/citing.js';
export { assignmentsOf, conveyanceEvents, conveyanceKind } from './register/conveyances.js';
export { FACTS_VERSION } from './register/facts.js';
export { type HolderSpan, holderSpans } from './register/holder.js';
export { FIELD_END, ITEM_END, registerText } from './register/text.js';
export * from './rules/book.js';
export * from './rules/certainty.js';
export * from './rules/citation.js';
export * from './rules/evaluate.js';
export { definitionEvaluator, groundsEvaluator } from './rules/evaluators/checks.js';
export type { Condition, Facts } from './rules/evaluators/condition.js';
export type { EvaluationContext, Evaluator } from './rules/evaluators/evaluator.js';
export * from './rules/evaluators/fees.js';
export * from './rules/evaluators/money.js';
export { pathColourEvaluator } from './rules/evaluators/path.js';
export * from './rules/evaluators/period.js';
export * from './rules/evaluators/shares.js';
export * from './rules/refusal.js';
export * from './rules/schema.js';
export * from './rules/validate.js';
export * from './synonyms/expand.js';
export * from './synonyms/read.js';
export * from './synonyms/titles.js';
