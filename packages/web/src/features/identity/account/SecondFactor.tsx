import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { TextField } from '../../work/parts/fields.js';
import { QrCode } from './QrCode.js';

interface Secret {
  uri: string;
  backupCodes: string[];
}

const passwordOf = (data: FormData) => ({ password: String(data.get('password')) });

function PasswordField() {
  const { t } = useLanguage();
  return (
    <TextField
      name="password"
      type="password"
      label={t('identity:password')}
      autoComplete="current-password"
      required
    />
  );
}

/** The secret as it is shown once, for an authenticator application. */
function ToldSecret({ secret }: { secret: Secret }) {
  const { t } = useLanguage();
  const key = new URL(secret.uri).searchParams.get('secret') ?? '';
  return (
    <div className="notice">
      <p>{t('identity:factor.howTo')}</p>
      <p>
        <QrCode text={secret.uri} label={t('identity:factor.qr')} />
      </p>
      <p>
        <code className="told-once">{key}</code> <a href={secret.uri}>{t('identity:factor.open')}</a>
      </p>
      <p>{t('identity:factor.backup')}</p>
      <p className="told-once code">{secret.backupCodes.join(' ')}</p>
    </div>
  );
}

/** Sets the second factor up, confirms it with its first code, removes it. */
export function SecondFactor({ on }: { on: boolean }) {
  const { t } = useLanguage();
  const [secret, setSecret] = useState<Secret>();
  const begin = async (data: FormData) =>
    setSecret(await sendApi<Secret>('POST', '/identity/me/code', passwordOf(data)));
  const confirm = async (data: FormData) => {
    await sendApi('PUT', '/identity/me/code', { code: textOf(data, 'code') });
    setSecret(undefined);
  };
  if (on)
    return (
      <>
        <p>{t('identity:factor.on')}</p>
        <ActionForm
          key="remove"
          label={t('identity:factor.remove')}
          submit={(data) => sendApi('DELETE', '/identity/me/code', passwordOf(data))}
        >
          <PasswordField />
        </ActionForm>
      </>
    );
  if (secret !== undefined)
    return (
      <>
        <ToldSecret secret={secret} />
        <ActionForm key="confirm" label={t('identity:signIn.confirm')} submit={confirm} keep>
          <TextField name="code" label={t('identity:code')} autoComplete="one-time-code" inputMode="numeric" required />
        </ActionForm>
      </>
    );
  return (
    <>
      <p className="prose">{t('identity:factor.off')}</p>
      <ActionForm key="begin" label={t('identity:factor.begin')} submit={begin}>
        <PasswordField />
      </ActionForm>
    </>
  );
}
