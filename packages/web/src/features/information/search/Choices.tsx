import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useSession } from '../../identity/session.js';
import { SchemeChoice } from './SchemeChoice.js';
import type { SearchState } from './state.js';

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
}

/** What changes which documents are found or shown: families as one, synonyms taken in, names taken for one. */
export function Choices({ state, go }: Props) {
  const { t } = useLanguage();
  const { families, synonyms, merged } = state;
  // Merges belong to organizations; who is not signed in has none.
  const hasMerges = useSession().state === 'signed-in' || merged;
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
      {hasMerges ? (
        <>
          <label className="row">
            <input type="checkbox" checked={merged} onChange={() => go({ ...state, merged: !merged, page: 1 })} />
            {t('answers:choice.merged')}
          </label>
          <Link to="/names">{t('answers:choice.names')}</Link>
        </>
      ) : null}
      <SchemeChoice state={state} go={go} />
      <Link to="/synonyms">{t('answers:choice.edit')}</Link>
      <Link to="/similar">{t('answers:choice.similar')}</Link>
    </div>
  );
}
