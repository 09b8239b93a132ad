import type { CasePage } from '@quanlian/contract';
import { useNavigate } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useSession } from '../../identity/session.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { Fold } from '../parts/Fold.js';
import { ChoiceField, TextField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';
import { useProcesses } from '../queries.js';

/** Opens a case of a process that the person may open one of; some are opened from pages of their own. */
export function NewCase() {
  const { t } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const session = useSession();
  const nameOf = useOrganizationName();
  const processes = (useProcesses().data?.processes ?? []).filter(({ mayOpen }) => mayOpen);
  if (processes.length === 0 || session.state !== 'signed-in') return null;
  const organizations = [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))];
  const open = async (data: FormData) => {
    const page = await sendApi<CasePage>('POST', '/cases', {
      process: textOf(data, 'process'),
      organizationId: textOf(data, 'organization'),
      title: textOf(data, 'title'),
    });
    await navigate({ to: '/cases/$id', params: { id: page.case.id } });
  };
  return (
    <Fold label={t('work:case.open')}>
      {() => (
        <ActionForm label={t('work:case.open')} submit={open}>
          <ChoiceField
            name="process"
            label={t('work:case.process')}
            choices={processes.map(({ id, title }) => ({ value: id, label: words(title) }))}
          />
          <ChoiceField
            name="organization"
            label={t('identity:organization')}
            choices={organizations.map((id) => ({ value: id, label: nameOf(id) }))}
          />
          <TextField name="title" label={t('work:case.name')} required />
        </ActionForm>
      )}
    </Fold>
  );
}
