import type { ApiKey, Me } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChecksField, ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useApiKeys, useOrganizationName } from '../queries.js';

function NewKey({ me, onMade }: { me: Me; onMade: (key: string) => void }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const make = async (data: FormData) => {
    const { key } = await sendApi<{ apiKey: ApiKey; key: string }>('POST', '/identity/api-keys', {
      organizationId: textOf(data, 'organization'),
      name: textOf(data, 'name'),
      permissions: data.getAll('permissions').map(String),
      days: numberOrNone(data, 'days') ?? null,
      perMinute: numberOrNone(data, 'perMinute') ?? null,
      perDay: numberOrNone(data, 'perDay') ?? null,
    });
    onMade(key);
  };
  const organizations = [...new Set(me.memberships.map(({ organizationId }) => organizationId))];
  return (
    <ActionForm label={t('identity:key.make')} submit={make}>
      <TextField name="name" label={t('identity:key.name')} required />
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <TextField name="days" type="number" min={1} max={3650} value={365} label={t('identity:key.days')} />
      <TextField name="perMinute" type="number" min={1} label={t('identity:key.perMinute')} />
      <TextField name="perDay" type="number" min={1} label={t('identity:key.perDay')} />
      <ChecksField
        name="permissions"
        legend={t('identity:key.permissions')}
        choices={me.permissions.map((permission) => ({ value: permission, label: <code>{permission}</code> }))}
      />
    </ActionForm>
  );
}

/** Keys that programs act with in the person's stead, each with no more than the permissions chosen. */
export function ApiKeys({ me }: { me: Me }) {
  const { t, tag } = useLanguage();
  const keys = useApiKeys();
  const nameOf = useOrganizationName();
  const [made, setMade] = useState<string>();
  return (
    <>
      {made === undefined ? null : (
        <div className="notice" role="status">
          <p>{t('identity:key.once')}</p>
          <p className="told-once code">{made}</p>
        </div>
      )}
      <Answered query={keys}>
        {({ apiKeys }) => (
          <RecordTable
            caption={t('identity:key.title')}
            rows={apiKeys}
            keyOf={({ id }) => id}
            nothing={t('identity:key.none')}
            columns={[
              { name: 'name', title: t('identity:key.name'), show: ({ name }) => name },
              { name: 'prefix', title: t('identity:key.prefix'), show: ({ prefix }) => <code>{prefix}…</code> },
              {
                name: 'organization',
                title: t('identity:organization'),
                show: ({ organizationId }) => nameOf(organizationId),
              },
              {
                name: 'permissions',
                title: t('identity:key.permissions'),
                show: ({ permissions }) => <code>{permissions.join(' ')}</code>,
              },
              {
                name: 'quota',
                title: t('identity:key.quota'),
                show: ({ perMinute, perDay, usedToday }) =>
                  t('identity:key.quotaOf', { minute: perMinute ?? '–', day: perDay ?? '–', used: usedToday }),
              },
              {
                name: 'until',
                title: t('identity:until'),
                show: ({ expiresAt }) => (expiresAt === null ? '–' : formatTime(expiresAt, tag)),
              },
              {
                name: 'used',
                title: t('identity:key.used'),
                show: ({ lastUsedAt }) => (lastUsedAt === null ? '–' : formatTime(lastUsedAt, tag)),
              },
              {
                name: 'revoke',
                title: t('identity:revoke'),
                show: ({ id, revokedAt }) =>
                  revokedAt === null ? (
                    <ActionForm
                      quiet
                      label={t('identity:revoke')}
                      submit={() => sendApi('DELETE', `/identity/api-keys/${id}`)}
                    />
                  ) : (
                    t('identity:revoked')
                  ),
              },
            ]}
          />
        )}
      </Answered>
      <Fold label={t('identity:key.make')}>
        {(close) => (
          <NewKey
            me={me}
            onMade={(key) => {
              setMade(key);
              close();
            }}
          />
        )}
      </Fold>
    </>
  );
}
