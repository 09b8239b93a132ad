import { type Me, OPS_SERVICES, type OpsClient } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useOpsClients, useOrganizationName } from '../queries.js';
import { OpsUsage } from './OpsUsage.js';

const MB = 1_000_000;

/** Bytes of a field that asks for megabytes; nothing filled in means the operator's own quota. */
function bytesOf(data: FormData, name: string): number | null {
  const megabytes = numberOrNone(data, name);
  return megabytes === undefined || megabytes === null ? null : Math.round(megabytes * MB);
}

function QuotaFields({ client }: { client?: OpsClient }) {
  const { t } = useLanguage();
  const shown = (bytes: number | null | undefined) => (bytes === null || bytes === undefined ? '' : bytes / MB);
  return (
    <>
      <TextField
        name="hour"
        type="number"
        min={0}
        step="any"
        value={shown(client?.hourBytes)}
        label={t('identity:ops.hour')}
      />
      <TextField
        name="week"
        type="number"
        min={0}
        step="any"
        value={shown(client?.weekBytes)}
        label={t('identity:ops.week')}
      />
      <TextField
        name="search"
        type="number"
        min={0}
        value={client?.perMinute.search ?? ''}
        label={t('identity:ops.searches')}
      />
    </>
  );
}

function quotaOf(data: FormData) {
  const search = numberOrNone(data, 'search');
  return {
    hourBytes: bytesOf(data, 'hour'),
    weekBytes: bytesOf(data, 'week'),
    perMinute: search === undefined || search === null ? {} : { search },
  };
}

/** What a client may use where that is not what the operator set for every one. */
function Quota({ client: { hourBytes, weekBytes, perMinute } }: { client: OpsClient }) {
  const { t, tag } = useLanguage();
  const megabytes = (bytes: number): string =>
    bytes === 0 ? t('identity:ops.unbounded') : (bytes / MB).toLocaleString(tag);
  const lines = [
    ...(hourBytes === null ? [] : [t('identity:ops.anHour', { amount: megabytes(hourBytes) })]),
    ...(weekBytes === null ? [] : [t('identity:ops.aWeek', { amount: megabytes(weekBytes) })]),
    ...OPS_SERVICES.flatMap((service) => {
      const amount = perMinute[service];
      const named = t(`identity:ops.service.${service}`);
      return amount === undefined
        ? []
        : [t('identity:ops.aMinute', { amount: amount.toLocaleString(tag), service: named })];
    }),
  ];
  if (lines.length === 0) return t('identity:ops.byOperator');
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </>
  );
}

/** The rates of a client with the one the form asks for: an empty field takes it away. */
function ratesWith({ search: _, ...others }: OpsClient['perMinute'], asked: OpsClient['perMinute']) {
  return { ...others, ...asked };
}

interface Made {
  readonly client: OpsClient;
  readonly secret: string;
}

function NewClient({ me, onMade }: { me: Me; onMade: (made: Made) => void }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const organizations = [...new Set(me.memberships.map(({ organizationId }) => organizationId))];
  const make = async (data: FormData) =>
    onMade(
      await sendApi<Made>('POST', '/ops/clients', {
        name: textOf(data, 'name'),
        organizationId: textOf(data, 'organization'),
        ...quotaOf(data),
      }),
    );
  return (
    <ActionForm label={t('identity:ops.make')} submit={make}>
      <TextField name="name" label={t('identity:ops.name')} required />
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <QuotaFields />
    </ActionForm>
  );
}

function ClientActions({ client }: { client: OpsClient }) {
  const { t } = useLanguage();
  return (
    <>
      <Fold label={t('identity:ops.usage')}>{() => <OpsUsage id={client.id} name={client.name} />}</Fold>
      {client.revokedAt === null ? (
        <>
          <Fold label={t('identity:ops.quota')}>
            {(close) => (
              <ActionForm
                label={t('identity:ops.save')}
                submit={(data) =>
                  sendApi('PUT', `/ops/clients/${client.id}/quota`, {
                    ...quotaOf(data),
                    perMinute: ratesWith(client.perMinute, quotaOf(data).perMinute),
                  })
                }
                onDone={close}
              >
                <QuotaFields client={client} />
              </ActionForm>
            )}
          </Fold>
          <ActionForm
            quiet
            label={t('identity:revoke')}
            submit={() => sendApi('DELETE', `/ops/clients/${client.id}`)}
          />
        </>
      ) : (
        t('identity:revoked')
      )}
    </>
  );
}

/** Client ids for programs that speak OPS, what each may use and what it used. */
export function OpsClients({ me }: { me: Me }) {
  const { t, tag } = useLanguage();
  const clients = useOpsClients();
  const [made, setMade] = useState<Made>();
  return (
    <>
      <p className="note">{t('identity:ops.lead')}</p>
      {made === undefined ? null : (
        <div className="notice" role="status">
          <p>{t('identity:ops.once')}</p>
          <p className="told-once code">
            {made.client.key} : {made.secret}
          </p>
        </div>
      )}
      <Answered query={clients}>
        {(answer) => (
          <RecordTable
            caption={t('identity:ops.title')}
            rows={answer.clients}
            keyOf={({ id }) => id}
            nothing={t('identity:ops.none')}
            columns={[
              { name: 'name', title: t('identity:ops.name'), show: ({ name }) => name },
              { name: 'key', title: t('identity:ops.key'), show: ({ key }) => <code>{key}</code> },
              { name: 'quota', title: t('identity:ops.quota'), show: (client) => <Quota client={client} /> },
              {
                name: 'used',
                title: t('identity:key.used'),
                show: ({ lastUsedAt }) => (lastUsedAt === null ? '–' : formatTime(lastUsedAt, tag)),
              },
              {
                name: 'actions',
                title: t('identity:ops.actions'),
                show: (client) => <ClientActions client={client} />,
              },
            ]}
          />
        )}
      </Answered>
      <Fold label={t('identity:ops.make')}>
        {(close) => (
          <NewClient
            me={me}
            onMade={(answer) => {
              setMade(answer);
              close();
            }}
          />
        )}
      </Fold>
    </>
  );
}
