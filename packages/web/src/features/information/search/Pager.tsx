import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { encodeSearch, type SearchState } from './state.js';

interface Props {
  state: SearchState;
  pages: number;
  go: (next: SearchState) => void;
}

interface StepProps {
  state: SearchState;
  to: number;
  label: string;
  off: boolean;
}

function Step({ state, to, label, off }: StepProps) {
  if (off) {
    return (
      <button type="button" className="button" disabled>
        {label}
      </button>
    );
  }
  return (
    <Link className="button" to="/search" search={encodeSearch({ ...state, page: to })}>
      {label}
    </Link>
  );
}

/** The page by its number; what is typed is taken on Enter or on leaving the box. */
function PageEntry({ state, pages, go }: Props) {
  const { t, tag } = useLanguage();
  const id = useId();
  const [text, setText] = useState(String(state.page));
  const commit = () => {
    const wanted = Number(text);
    const page = Number.isSafeInteger(wanted) ? Math.min(Math.max(wanted, 1), pages) : state.page;
    setText(String(page));
    if (page !== state.page) go({ ...state, page });
  };
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <label htmlFor={id}>{t('search:pager.page')}</label>
      <input
        id={id}
        className="pager__number figures"
        inputMode="numeric"
        value={text}
        size={Math.max(3, String(pages).length)}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
      />
      <span className="figures">{t('search:pager.of', { pages: formatNumber(pages, tag) })}</span>
    </form>
  );
}

/** First, previous, a page by number, next, last: every hit can be reached. */
export function Pager({ state, pages, go }: Props) {
  const { t } = useLanguage();
  const { page } = state;
  return (
    <nav className="pager row" aria-label={t('search:pager.label')}>
      <Step state={state} to={1} label={t('search:pager.first')} off={page <= 1} />
      <Step state={state} to={Math.min(page - 1, pages)} label={t('search:pager.previous')} off={page <= 1} />
      <PageEntry key={page} state={state} pages={pages} go={go} />
      <Step state={state} to={page + 1} label={t('search:pager.next')} off={page >= pages} />
      <Step state={state} to={pages} label={t('search:pager.last')} off={page === pages} />
    </nav>
  );
}
