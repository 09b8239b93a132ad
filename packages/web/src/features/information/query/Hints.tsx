import type { Explanation } from '@quanlian/contract';
import { formatNumber, formatShare } from '../../../app/format.js';
import { fieldName, officeName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  explanation: Explanation;
  text: string;
  onReplace: (from: string, to: string) => void;
}

/** A word or class that may be meant instead, with a button where the query holds what it replaces. */
function Instead({
  text,
  from,
  to,
  count,
  onReplace,
}: {
  text: string;
  from: string;
  to: string;
  count: number;
  onReplace: Props['onReplace'];
}) {
  const { t, tag } = useLanguage();
  const compact = (symbol: string) => symbol.replace(/\s/gu, '');
  const written = [from, compact(from)].find((one) => text.includes(one));
  const sentence = t('query:hint.instead', { from, to, count: formatNumber(count, tag) });
  return (
    <li>
      {sentence}{' '}
      {written === undefined ? null : (
        <button
          type="button"
          className="text-button"
          onClick={() => onReplace(written, /\d/.test(to) ? compact(to) : to)}
        >
          {t('query:hint.take', { to })}
        </button>
      )}
    </li>
  );
}

/** Why little or nothing was found, and what may be meant. */
export function Hints({ explanation, text, onReplace }: Props) {
  const { t, tag } = useLanguage();
  const { clauses, emptied, spellings, wider, coverage, held } = explanation;
  if (emptied.length + spellings.length + wider.length + coverage.length + held.length === 0) return null;
  return (
    <section className="notice" aria-label={t('query:hint.title')}>
      <h2>{t('query:hint.title')}</h2>
      <ul>
        {emptied.map(({ clause, reason, without }) => (
          <li key={`e${clause}`}>
            {t(`query:hint.${reason}`, { clause: clauses[clause]?.text ?? '', without: formatNumber(without, tag) })}
          </li>
        ))}
        {spellings.map(({ clause, text: from, instead, count }) => (
          <Instead
            key={`s${clause}${instead}`}
            text={text}
            from={from}
            to={instead}
            count={count}
            onReplace={onReplace}
          />
        ))}
        {wider.map(({ clause, symbol, instead, hits }) => (
          <Instead key={`w${clause}`} text={text} from={symbol} to={instead} count={hits} onReplace={onReplace} />
        ))}
        {held.map(({ clause, what, value, documents, first, last }) => (
          <li key={`h${clause}${what}${value}`}>
            {documents === 0
              ? t('query:hint.notHeld', { value })
              : t('query:hint.held', {
                  value,
                  documents: formatNumber(documents, tag),
                  first: first ?? '?',
                  last: last ?? '?',
                })}
          </li>
        ))}
        {coverage.map(({ field, office, documents, without }) => (
          <li key={`c${field}${office}`}>
            {t('query:hint.coverage', {
              field: fieldName(field, t),
              office: officeName(office, t, tag),
              share: formatShare(without, documents, tag),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
