import type { Member } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { useMembers, useRoles } from '../queries.js';
import { useRoleName } from '../roles.js';
import { useMay } from '../session.js';

interface GrantProps {
  organizationId: string;
  members: readonly Member[];
  onDone: () => void;
}

function Grant({ organizationId, members, onDone }: GrantProps) {
  const { t } = useLanguage();
  const words = useWords();
  const roles = useRoles(organizationId);
  const people = new Map(members.map(({ personId, name }) => [personId, name]));
  const grant = (data: FormData) =>
    sendApi('POST', `/identity/organizations/${organizationId}/members`, {
      personId: textOf(data, 'person'),
      role: textOf(data, 'role'),
      from: textOf(data, 'from') || null,
      to: textOf(data, 'to') || null,
      why: textOrNone(data, 'why'),
    });
  return (
    <ActionForm label={t('identity:member.grant')} submit={grant} onDone={onDone}>
      <ChoiceField
        name="person"
        label={t('identity:member.person')}
        required
        choices={[...people].map(([value, label]) => ({ value, label }))}
      />
      <ChoiceField
        name="role"
        label={t('identity:delegation.role')}
        required
        choices={(roles.data?.roles ?? []).map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      <TextField name="from" type="date" label={t('identity:from')} />
      <TextField name="to" type="date" label={t('identity:until')} />
      <TextField name="why" label={t('identity:why')} />
    </ActionForm>
  );
}

/** Who has which role, since when and until when. */
export function Members({ organizationId }: { organizationId: string }) {
  const { t } = useLanguage();
  const may = useMay();
  const roleName = useRoleName();
  const members = useMembers(organizationId);
  const end = (id: string, data: FormData) =>
    sendApi('DELETE', `/identity/members/${id}`, undefined, { why: textOf(data, 'why') });
  return (
    <Answered query={members}>
      {({ members: rows }) => (
        <>
          <RecordTable
            caption={t('identity:member.title')}
            rows={rows}
            keyOf={({ id }) => id}
            file="members"
            columns={[
              { name: 'name', title: t('identity:name'), show: (one) => one.name, text: (one) => one.name },
              { name: 'email', title: t('identity:email'), show: (one) => one.email, text: (one) => one.email },
              {
                name: 'role',
                title: t('identity:delegation.role'),
                show: ({ role }) => roleName(role),
                text: ({ role }) => roleName(role),
              },
              {
                name: 'from',
                title: t('identity:from'),
                show: ({ from }) => from ?? '–',
                text: (one) => one.from ?? '',
              },
              { name: 'to', title: t('identity:until'), show: ({ to }) => to ?? '–', text: (one) => one.to ?? '' },
              {
                name: 'end',
                title: t('identity:account.end'),
                show: ({ id }) =>
                  may('role.grant') ? (
                    <Fold label={t('identity:member.end')}>
                      {(close) => (
                        <ActionForm
                          quiet
                          label={t('identity:member.end')}
                          submit={(data) => end(id, data)}
                          onDone={close}
                        >
                          <TextField name="why" label={t('identity:why')} required />
                        </ActionForm>
                      )}
                    </Fold>
                  ) : null,
              },
            ]}
          />
          {may('role.grant') ? (
            <Fold label={t('identity:member.grant')}>
              {(close) => <Grant organizationId={organizationId} members={rows} onDone={close} />}
            </Fold>
          ) : null}
        </>
      )}
    </Answered>
  );
}
