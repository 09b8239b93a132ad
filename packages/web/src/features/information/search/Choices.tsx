import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { SchemeChoice } from './SchemeChoice.js';
import type { SearchState } from './state.js';

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
}

/** What changes which documents are found or shown: families as one, synonyms taken in. */
export function Choices({ state, go }: Props) {
  const { t } = useLanguage();
  const { families, synonyms } = state;
  return (
    <div className="row note choices">
      <label className="row">
        <input type="checkbox" checked={families} onChange={() => go({ ...state, families: !families, page: 1 })} />
        {t('answers:choice.families')}
      </label>
      <label className="row">
        <input type="checkbox" checked={synonyms} onChange={() => go({ ...state, synonyms: !synonyms, page: 1 })} />
        {t('answers:choice.synonyms')}
      </label>
      <SchemeChoice state={state} go={go} />
      <Link to="/synonyms">{t('answers:choice.edit')}</Link>
      <Link to="/similar">{t('answers:choice.similar')}</Link>
    </div>
  );
}
