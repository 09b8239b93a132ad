import type { Me } from '@quanlian/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl, callApi } from '../../app/api/client.js';
import { sendApi } from '../../app/api/send.js';
import { usePageTitle } from '../../app/usePageTitle.js';
import { changeLanguage } from '../../i18n/setup.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../work/parts/ActionForm.js';
import { TextField } from '../work/parts/fields.js';
import { languageAfterSignIn } from './language.js';
import { useSignInWays } from './queries.js';
import { useForgetAll } from './session.js';

interface SignInAnswer {
  state: 'signed-in' | 'code-needed';
}

function Providers() {
  const { t } = useLanguage();
  const { data } = useSignInWays();
  const go = async (id: string) => {
    const { url } = await sendApi<{ url: string }>('POST', `/identity/sign-in/provider/${encodeURIComponent(id)}`, {});
    window.location.assign(url);
  };
  if (data === undefined) return null;
  return (
    <>
      {data.reset === true ? (
        <p>
          <Link to="/forgotten-password">{t('identity:forgotten.title')}</Link>
        </p>
      ) : null}
      {data.demo ? <p className="note prose">{t('identity:signIn.demo')}</p> : null}
      {data.providers.map(({ id, title }) => (
        <ActionForm key={id} label={t('identity:signIn.with', { provider: title })} submit={() => go(id)} quiet />
      ))}
    </>
  );
}

/** Signing in: e-mail address and password, then the second factor where one is set up. */
export function SignInPage() {
  const { t, language } = useLanguage();
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  const forget = useForgetAll();
  const { to, signIn: came } = useSearch({ from: '/sign-in' });
  const [needsCode, setNeedsCode] = useState(false);
  usePageTitle(t('identity:signIn.title'));

  const takeLanguage = async () => {
    // Nobody is kept out because the language of the account could not be read.
    const me = await callApi<Me | undefined>(apiUrl('/identity/session')).catch(() => undefined);
    if (me === undefined) return;
    const { show, keep } = languageAfterSignIn(me, language);
    if (show !== language) await changeLanguage(i18n, show);
    if (keep) await sendApi('PUT', '/identity/me/settings', { language: show }).catch(() => undefined);
  };
  const next = async ({ state }: SignInAnswer) => {
    if (state === 'code-needed') return setNeedsCode(true);
    await takeLanguage();
    await forget();
    // Only an address of these pages; anything else could lead a person who just signed in astray.
    await navigate({ href: to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/tasks' });
  };
  const withPassword = async (data: FormData) =>
    next(
      await sendApi<SignInAnswer>('POST', '/identity/sign-in', {
        email: textOf(data, 'email'),
        password: String(data.get('password')),
      }),
    );
  const withCode = async (data: FormData) =>
    next(await sendApi<SignInAnswer>('POST', '/identity/sign-in/code', { code: textOf(data, 'code') }));

  return (
    <div className="form--narrow">
      <h1>{t('identity:signIn.title')}</h1>
      {came === 'refused' ? (
        <p className="notice notice--wrong" role="alert">
          {t('identity:signIn.refused')}
        </p>
      ) : null}
      {needsCode ? (
        <ActionForm key="code" label={t('identity:signIn.confirm')} submit={withCode} keep>
          <p className="note">{t('identity:signIn.codeText')}</p>
          <TextField name="code" label={t('identity:code')} autoComplete="one-time-code" required />
        </ActionForm>
      ) : (
        <>
          <ActionForm key="password" label={t('identity:signIn.title')} submit={withPassword} keep>
            <TextField name="email" type="email" label={t('identity:email')} autoComplete="username" required />
            <TextField
              name="password"
              type="password"
              label={t('identity:password')}
              autoComplete="current-password"
              required
            />
          </ActionForm>
          <Providers />
          <p className="note prose">{t('identity:signIn.firstUse')}</p>
        </>
      )}
    </div>
  );
}
