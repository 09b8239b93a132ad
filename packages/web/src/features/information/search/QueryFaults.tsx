import type { QueryError } from '@quanlian/contract';
import { withKeys } from '../../../app/withKeys.js';
import { type Translate, useLanguage } from '../../../i18n/useLanguage.js';
import { Marked } from './Marked.js';

const FAULTS = [
  'query.bad_call',
  'query.bad_class',
  'query.bad_comparison',
  'query.bad_date',
  'query.bad_prox',
  'query.bad_relation',
  'query.bad_wildcard',
  'query.empty',
  'query.empty_group',
  'query.extra_bracket',
  'query.leading_not',
  'query.missing_operand',
  'query.missing_value',
  'query.nothing_to_find',
  'query.prox_fields',
  'query.short_stem',
  'query.too_deep',
  'query.too_long',
  'query.too_many_terms',
  'query.unclosed_group',
  'query.unclosed_quote',
  'query.unexpected',
  'query.unknown_field',
] as const;
type Fault = (typeof FAULTS)[number];
const isFault = (code: string): code is Fault => (FAULTS as readonly string[]).includes(code);

/** What is wrong, in the reader's language. */
export const faultSentence = ({ code, message }: QueryError, t: Translate): string =>
  isFault(code) ? t(`search:fault.${code}`) : message;

/** What is wrong at each place. */
export function FaultList({ faults }: { faults: readonly QueryError[] }) {
  const { t } = useLanguage();
  return (
    <ul className="faults__list" aria-live="polite">
      {withKeys(faults, ({ code, from }) => `${code}|${from}`).map(({ key, item: fault }) => (
        <li key={key}>
          {faultSentence(fault, t)} <span className="note">{t('search:fault.at', { place: fault.from + 1 })}</span>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  query: string;
  faults: readonly QueryError[];
}

/** A query that could not be read: the places marked in it, and what is wrong at each. */
export function QueryFaults({ query, faults }: Props) {
  const { t } = useLanguage();
  return (
    <div className="notice notice--wrong" role="alert">
      <p>
        <strong>{t('errors:query.invalid')}</strong>
      </p>
      <p className="code faults__query">
        <Marked text={query} spans={faults} />
      </p>
      <FaultList faults={faults} />
    </div>
  );
}
