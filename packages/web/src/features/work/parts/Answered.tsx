import type { UseQueryResult } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiError } from '../../../app/api/client.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  children: (data: T) => ReactNode;
}

/** Says that one has to sign in, and leads back here afterwards. */
export function SignInNeeded() {
  const { t } = useLanguage();
  const to = useLocation({ select: ({ href }) => href });
  return (
    <div className="notice">
      <p>
        {t('work:signInNeeded')}{' '}
        <Link to="/sign-in" search={{ to }}>
          {t('identity:signIn.title')}
        </Link>
      </p>
    </div>
  );
}

/** What an answer shows, and what stands there before it comes or instead of it. */
export function Answered<T>({ query: { data, error, refetch }, children }: Props<T>) {
  if (error instanceof ApiError && error.code === 'access.sign_in_required') return <SignInNeeded />;
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  return data === undefined ? <Waiting /> : children(data);
}
