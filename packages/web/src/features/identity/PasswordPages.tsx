import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { sendApi } from '../../app/api/send.js';
import { usePageTitle } from '../../app/usePageTitle.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../work/parts/ActionForm.js';
import { TextField } from '../work/parts/fields.js';

/** Has an address for a new password sent by e-mail. */
export function ForgottenPasswordPage() {
  const { t } = useLanguage();
  const [sent, setSent] = useState(false);
  usePageTitle(t('identity:forgotten.title'));
  const send = async (data: FormData) => {
    await sendApi('POST', '/identity/password/forgotten', { email: textOf(data, 'email') });
    setSent(true);
  };
  return (
    <div className="form--narrow">
      <h1>{t('identity:forgotten.title')}</h1>
      {sent ? (
        <p className="notice" role="status">
          {t('identity:forgotten.sent')}
        </p>
      ) : (
        <ActionForm label={t('identity:forgotten.send')} submit={send} keep>
          <p className="note">{t('identity:forgotten.text')}</p>
          <TextField name="email" type="email" label={t('identity:email')} autoComplete="username" required />
        </ActionForm>
      )}
    </div>
  );
}

/** Sets a new password with the secret behind the mark of the address that was sent. */
export function NewPasswordPage() {
  const { t } = useLanguage();
  const secret = useLocation({ select: ({ hash }) => hash });
  const [done, setDone] = useState(false);
  usePageTitle(t('identity:forgotten.new'));
  const set = async (data: FormData) => {
    await sendApi('POST', '/identity/password/reset', { secret, password: String(data.get('password')) });
    setDone(true);
  };
  if (secret.length < 20)
    return (
      <>
        <h1>{t('identity:forgotten.new')}</h1>
        <p className="notice notice--wrong">{t('identity:forgotten.noSecret')}</p>
        <Link to="/forgotten-password">{t('identity:forgotten.title')}</Link>
      </>
    );
  return (
    <div className="form--narrow">
      <h1>{t('identity:forgotten.new')}</h1>
      {done ? (
        <p className="notice" role="status">
          {t('identity:forgotten.done')} <Link to="/sign-in">{t('identity:signIn.title')}</Link>
        </p>
      ) : (
        <ActionForm label={t('identity:account.change')} submit={set} keep>
          <TextField
            name="password"
            type="password"
            label={t('identity:account.next')}
            autoComplete="new-password"
            note={t('identity:account.passwordNote')}
            required
          />
        </ActionForm>
      )}
    </div>
  );
}
