import type { Both } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { sendApi } from '../../app/api/send.js';
import { formatTime } from '../../app/format.js';
import { usePageTitle } from '../../app/usePageTitle.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../work/parts/ActionForm.js';
import { Answered } from '../work/parts/Answered.js';
import { Facts } from '../work/parts/Facts.js';
import { TextField } from '../work/parts/fields.js';
import { useWords } from '../work/parts/useWords.js';

interface Preview {
  email: string;
  name: string;
  organization: Both;
  roles: string[];
  expiresAt: string;
  known: boolean;
}

/** The first page of somebody who was invited: who invites, into what, and the password to choose. */
export function InvitationPage() {
  const { t, tag, language } = useLanguage();
  const words = useWords();
  const hash = useLocation({ select: (location) => location.hash });
  const [secret, setSecret] = useState(hash);
  const [accepted, setAccepted] = useState(false);
  usePageTitle(t('identity:invitation.title'));
  const preview = useQuery({
    queryKey: ['invitation', secret],
    // The secret goes in the body, so that no server's log keeps it.
    queryFn: () => sendApi<Preview>('POST', '/identity/invitations/preview', { secret }),
    enabled: secret !== '' && !accepted,
  });
  const accept = async (data: FormData) => {
    const password = String(data.get('password'));
    await sendApi('POST', '/identity/invitations/accept', { secret, password, language });
    setAccepted(true);
  };
  return (
    <div className="form--narrow">
      <h1>{t('identity:invitation.title')}</h1>
      {accepted ? (
        <p role="status">
          {t('identity:invitation.accepted')} <Link to="/sign-in">{t('identity:signIn.title')}</Link>
        </p>
      ) : null}
      {secret === '' ? (
        <ActionForm label={t('identity:invitation.look')} submit={async (data) => setSecret(textOf(data, 'secret'))}>
          <TextField name="secret" label={t('identity:invitation.secret')} required />
        </ActionForm>
      ) : null}
      {secret === '' || accepted ? null : (
        <Answered query={preview}>
          {({ email, name, organization, expiresAt, known }) => (
            <>
              <Facts
                facts={[
                  [t('identity:name'), name],
                  [t('identity:email'), email],
                  [t('identity:organization'), words(organization)],
                  [t('identity:invitation.until'), formatTime(expiresAt, tag)],
                ]}
              />
              <ActionForm label={t('identity:invitation.accept')} submit={accept} keep>
                <TextField
                  name="password"
                  type="password"
                  label={known ? t('identity:invitation.ownPassword') : t('identity:invitation.newPassword')}
                  autoComplete={known ? 'current-password' : 'new-password'}
                  required
                />
              </ActionForm>
            </>
          )}
        </Answered>
      )}
    </div>
  );
}
