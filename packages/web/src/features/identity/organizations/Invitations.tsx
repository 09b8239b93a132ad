import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChecksField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useTold, useWords } from '../../work/parts/useWords.js';
import { useInvitations, useRoles } from '../queries.js';
import { useRoleName } from '../roles.js';

interface Made {
  secret: string;
  sent: boolean;
}

function Invite({ organizationId, onMade }: { organizationId: string; onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const roles = useRoles(organizationId);
  const invite = async (data: FormData) =>
    onMade(
      await sendApi<Made>('POST', `/identity/organizations/${organizationId}/invitations`, {
        email: textOf(data, 'email'),
        name: textOf(data, 'name'),
        roles: data.getAll('roles').map(String),
        days: numberOrNone(data, 'days'),
      }),
    );
  return (
    <ActionForm label={t('identity:invite.send')} submit={invite}>
      <TextField name="name" label={t('identity:name')} required />
      <TextField name="email" type="email" label={t('identity:email')} required />
      <TextField name="days" type="number" min={1} max={30} value={7} label={t('identity:invite.days')} />
      <ChecksField
        name="roles"
        legend={t('identity:roles')}
        choices={(roles.data?.roles ?? []).map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
    </ActionForm>
  );
}

/** Invitations into an organization; without a mail server the address is passed on by hand. */
export function Invitations({ organizationId }: { organizationId: string }) {
  const { t, tag } = useLanguage();
  const told = useTold();
  const roleName = useRoleName();
  const invitations = useInvitations(organizationId);
  const [made, setMade] = useState<Made>();
  return (
    <>
      {made === undefined ? null : (
        <div className="notice" role="status">
          <p>{made.sent ? t('identity:invite.sent') : t('identity:invite.notSent')}</p>
          {made.sent ? null : <p className="told-once code">{`${window.location.origin}/invitation#${made.secret}`}</p>}
        </div>
      )}
      <Answered query={invitations}>
        {({ invitations: rows }) => (
          <RecordTable
            caption={t('identity:invite.title')}
            rows={rows}
            keyOf={({ id }) => id}
            nothing={t('identity:invite.none')}
            columns={[
              { name: 'name', title: t('identity:name'), show: ({ name }) => name },
              { name: 'email', title: t('identity:email'), show: ({ email }) => email },
              {
                name: 'roles',
                title: t('identity:roles'),
                show: ({ roles }) => roles.map(roleName).join(t('common:listSeparator')),
              },
              { name: 'until', title: t('identity:until'), show: (one) => formatTime(one.expiresAt, tag) },
              {
                name: 'state',
                title: t('identity:org.state'),
                show: ({ state }) => told(`identity:inviteState.${state}`, state),
              },
              {
                name: 'revoke',
                title: t('identity:revoke'),
                show: ({ id, state }) =>
                  state === 'open' ? (
                    <ActionForm
                      quiet
                      label={t('identity:revoke')}
                      submit={() => sendApi('DELETE', `/identity/invitations/${id}`)}
                    />
                  ) : null,
              },
            ]}
          />
        )}
      </Answered>
      <Fold label={t('identity:invite.send')}>
        {(close) => (
          <Invite
            organizationId={organizationId}
            onMade={(one) => {
              setMade(one);
              close();
            }}
          />
        )}
      </Fold>
    </>
  );
}
