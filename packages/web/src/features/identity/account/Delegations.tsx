import type { Me } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useDelegations, useMembers, useOrganizationName, useRoles } from '../queries.js';
import { useRoleName } from '../roles.js';

interface HeldRole {
  organizationId: string;
  role: string;
}

/** Roles of the person's own; a role that was lent cannot be lent on. */
const heldRoles = (me: Me): HeldRole[] =>
  me.memberships
    .filter(({ delegatedFrom }) => delegatedFrom === undefined)
    .flatMap(({ organizationId, roles }) => roles.map((role) => ({ organizationId, role })));

function Lend({ me, first, onDone }: { me: Me; first: string; onDone: () => void }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const roleName = useRoleName();
  const [organization, setOrganization] = useState(first);
  const members = useMembers(organization);
  const roles = useRoles(organization);
  const held = heldRoles(me);
  const lendable = held.filter(
    ({ organizationId, role }) =>
      organizationId === organization && roles.data?.roles.some(({ id, lendable }) => lendable && id === role),
  );
  const people = new Map(
    (members.data?.members ?? []).filter(({ personId }) => personId !== me.id).map((one) => [one.personId, one.name]),
  );
  const lend = (data: FormData) =>
    sendApi('POST', '/identity/delegations', {
      organizationId: organization,
      role: textOf(data, 'role'),
      delegateId: textOf(data, 'delegate'),
      from: textOf(data, 'from'),
      to: textOf(data, 'to'),
      reason: textOf(data, 'reason'),
    });
  return (
    <ActionForm label={t('identity:delegation.lend')} submit={lend} onDone={onDone} disabled={lendable.length === 0}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        value={organization}
        onChange={setOrganization}
        choices={[...new Set(held.map(({ organizationId }) => organizationId))].map((id) => ({
          value: id,
          label: nameOf(id),
        }))}
      />
      <ChoiceField
        name="role"
        label={t('identity:delegation.role')}
        required
        choices={lendable.map(({ role }) => ({ value: role, label: roleName(role) }))}
      />
      <ChoiceField
        name="delegate"
        label={t('identity:delegation.to')}
        required
        choices={[...people].map(([value, label]) => ({ value, label }))}
      />
      <TextField name="from" type="date" label={t('identity:from')} required />
      <TextField name="to" type="date" label={t('identity:until')} required />
      <LongField name="reason" label={t('identity:why')} required />
    </ActionForm>
  );
}

/** Roles lent to others for some days, and those lent to the person. */
export function Delegations({ me }: { me: Me }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const roleName = useRoleName();
  const delegations = useDelegations();
  const first = heldRoles(me)[0]?.organizationId;
  return (
    <>
      <p className="prose">{t('identity:delegation.text')}</p>
      <Answered query={delegations}>
        {({ delegations: rows }) => (
          <RecordTable
            caption={t('identity:delegation.title')}
            rows={rows}
            keyOf={({ id }) => id}
            nothing={t('identity:delegation.none')}
            columns={[
              { name: 'role', title: t('identity:delegation.role'), show: ({ role }) => roleName(role) },
              {
                name: 'organization',
                title: t('identity:organization'),
                show: ({ organizationId }) => nameOf(organizationId),
              },
              {
                name: 'direction',
                title: t('identity:delegation.direction'),
                show: ({ delegatorId }) =>
                  delegatorId === me.id ? t('identity:delegation.given') : t('identity:delegation.received'),
              },
              { name: 'from', title: t('identity:from'), show: ({ from }) => from },
              { name: 'to', title: t('identity:until'), show: ({ to }) => to },
              { name: 'why', title: t('identity:why'), show: ({ reason }) => reason },
              {
                name: 'revoke',
                title: t('identity:revoke'),
                show: ({ id, delegatorId, revokedAt }) => {
                  if (revokedAt !== null) return t('identity:revoked');
                  if (delegatorId !== me.id) return '';
                  const revoke = () => sendApi('DELETE', `/identity/delegations/${id}`);
                  return <ActionForm quiet label={t('identity:revoke')} submit={revoke} />;
                },
              },
            ]}
          />
        )}
      </Answered>
      {first === undefined ? null : (
        <Fold label={t('identity:delegation.lend')}>{(close) => <Lend me={me} first={first} onDone={close} />}</Fold>
      )}
    </>
  );
}
