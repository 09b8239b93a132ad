import { SORTS, type Sort } from '@quanlian/contract';
import { useId } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { exportUrl } from './queries.js';
import type { SearchState } from './state.js';

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const;

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
  total: number;
}

/** Order and export of the whole result. */
export function ResultTools({ state, go, total }: Props) {
  const { t, language } = useLanguage();
  const id = useId();
  return (
    <div className="row note">
      <span className="row">
        <label htmlFor={id}>{t('search:sort.label')}</label>
        <select
          id={id}
          className="select"
          value={state.sort}
          onChange={(event) => go({ ...state, sort: event.target.value as Sort, page: 1 })}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`search:sort.${sort}`)}
            </option>
          ))}
        </select>
      </span>
      {total === 0 ? null : (
        <span className="row">
          <span id={`${id}-export`}>{t('search:export.label')}</span>
          {FORMATS.map((format) => (
            <a key={format} href={exportUrl(state, format, language)} download aria-describedby={`${id}-export`}>
              {t(`search:export.${format}`)}
            </a>
          ))}
        </span>
      )}
    </div>
  );
}
