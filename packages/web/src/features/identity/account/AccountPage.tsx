import type { Me } from '@quanlian/contract';
import { useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm } from '../../work/parts/ActionForm.js';
import { Answered, SignInNeeded } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useOrganizationName, usePlaces } from '../queries.js';
import { useRoleName } from '../roles.js';
import { useForgetAll, useSession } from '../session.js';
import { ApiKeys } from './ApiKeys.js';
import { Delegations } from './Delegations.js';
import { OpsClients } from './OpsClients.js';
import { Preferences } from './Preferences.js';
import { SecondFactor } from './SecondFactor.js';

function Memberships({ me }: { me: Me }) {
  const { t } = useLanguage();
  const nameOf = useOrganizationName();
  const roleName = useRoleName();
  return (
    <RecordTable
      caption={t('identity:account.roles')}
      rows={me.memberships}
      keyOf={({ organizationId, roles, delegatedFrom }) => [organizationId, ...roles, delegatedFrom ?? ''].join(' ')}
      columns={[
        {
          name: 'organization',
          title: t('identity:organization'),
          show: ({ organizationId }) => nameOf(organizationId),
        },
        {
          name: 'roles',
          title: t('identity:roles'),
          show: ({ roles }) => roles.map(roleName).join(t('common:listSeparator')),
        },
        {
          name: 'lent',
          title: t('identity:account.lent'),
          show: ({ delegatedFrom }) => (delegatedFrom === undefined ? '' : t('identity:account.lentYes')),
        },
      ]}
    />
  );
}

function Places() {
  const { t, tag } = useLanguage();
  const places = usePlaces();
  const forget = useForgetAll();
  const end = async (id: string, current: boolean) => {
    await sendApi('DELETE', `/identity/me/sessions/${id}`);
    if (current) await forget();
  };
  return (
    <Answered query={places}>
      {({ sessions }) => (
        <RecordTable
          caption={t('identity:account.places')}
          rows={sessions}
          keyOf={({ id }) => id}
          columns={[
            { name: 'agent', title: t('identity:account.agent'), show: ({ agent }) => agent ?? t('common:unknown') },
            { name: 'address', title: t('identity:account.address'), show: ({ address }) => address ?? '' },
            { name: 'since', title: t('identity:account.since'), show: (one) => formatTime(one.createdAt, tag) },
            {
              name: 'end',
              title: t('identity:account.end'),
              show: ({ id, current }) => (
                <>
                  {current ? <span className="tag">{t('identity:account.here')}</span> : null}
                  <ActionForm quiet label={t('identity:account.endIt')} submit={() => end(id, current)} />
                </>
              ),
            },
          ]}
        />
      )}
    </Answered>
  );
}

function Password() {
  const { t } = useLanguage();
  const change = (data: FormData) =>
    sendApi('PUT', '/identity/me/password', { now: String(data.get('now')), next: String(data.get('next')) });
  return (
    <ActionForm label={t('identity:account.change')} submit={change} doneText={t('identity:account.changed')}>
      <TextField
        name="now"
        type="password"
        label={t('identity:account.now')}
        autoComplete="current-password"
        required
      />
      <TextField
        name="next"
        type="password"
        label={t('identity:account.next')}
        autoComplete="new-password"
        note={t('identity:account.passwordNote')}
        required
      />
    </ActionForm>
  );
}

function Account({ me }: { me: Me }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const forget = useForgetAll();
  const signOut = async () => {
    await sendApi('POST', '/identity/sign-out');
    await forget();
    await navigate({ to: '/' });
  };
  return (
    <>
      <Facts
        facts={[
          [t('identity:name'), me.name],
          [t('identity:email'), me.email ?? ''],
        ]}
      />
      {me.demo ? <p className="tag tag--demo">{t('common:demo')}</p> : null}
      <ActionForm label={t('identity:signOut')} submit={signOut} quiet />
      <Section title={t('identity:preferences.title')}>
        <Preferences />
      </Section>
      <Section title={t('identity:account.roles')}>
        <Memberships me={me} />
      </Section>
      <Section title={t('identity:account.places')}>
        <Places />
      </Section>
      <Section title={t('identity:password')}>
        <Password />
      </Section>
      <Section title={t('identity:factor.title')}>
        <SecondFactor on={me.twoFactor} />
      </Section>
      <Section title={t('identity:delegation.title')}>
        <Delegations me={me} />
      </Section>
      <Section title={t('identity:key.title')}>
        <ApiKeys me={me} />
      </Section>
      <Section title={t('identity:ops.title')}>
        <OpsClients me={me} />
      </Section>
    </>
  );
}

/** What belongs to the person: roles, sessions, password, second factor, lent roles, keys. */
export function AccountPage() {
  const { t } = useLanguage();
  const session = useSession();
  usePageTitle(t('identity:account.title'));
  return (
    <>
      <h1>{t('identity:account.title')}</h1>
      {session.state === 'unknown' ? <Waiting /> : null}
      {session.state === 'signed-in' ? <Account me={session.me} /> : null}
      {session.state === 'signed-out' ? <SignInNeeded /> : null}
    </>
  );
}
