import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useSession } from '../../identity/session.js';
import { MergeNames } from './MergeNames.js';
import { Merges } from './Merges.js';
import { Proposals } from './Proposals.js';
import { useMerges, useProposals } from './queries.js';
import { Tree } from './Tree.js';

/** Names of owners: what may be one, what was taken for one and by whom, and who is below whom. */
export function NamesPage() {
  const { t } = useLanguage();
  const { state } = useSession();
  const signedIn = state === 'signed-in';
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const proposals = useProposals(asked, signedIn);
  const merges = useMerges(signedIn);
  const id = useId();
  usePageTitle(t('names:title'));
  const error = proposals.error ?? merges.error;
  return (
    <>
      <h1>{t('names:title')}</h1>
      <p>{t('names:about')}</p>
      {state === 'signed-out' || state === 'absent' ? (
        <p className="empty">
          {t('names:signIn')}{' '}
          {state === 'signed-out' ? (
            <Link to="/sign-in" search={{ to: '/names' }}>
              {t('identity:signIn.title')}
            </Link>
          ) : null}
        </p>
      ) : null}
      {signedIn ? (
        <>
          <h2>{t('names:proposals.title')}</h2>
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              setAsked(words.trim());
            }}
          >
            <label htmlFor={id}>{t('names:proposals.find')}</label>
            <input id={id} value={words} maxLength={200} onChange={(event) => setWords(event.target.value)} />
            <button type="submit" className="button">
              {t('names:proposals.ask')}
            </button>
          </form>
          {error ? <ErrorNotice error={error} /> : null}
          {proposals.data === undefined && !error ? <Waiting /> : null}
          {proposals.data ? <Proposals answer={proposals.data} merges={merges.data ?? []} /> : null}
          <MergeNames />
          {merges.data ? <Merges merges={merges.data} /> : null}
          <Tree />
        </>
      ) : null}
    </>
  );
}
