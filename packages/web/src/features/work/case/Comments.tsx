import type { CasePage } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { LongField } from '../parts/fields.js';

/** What people said about a case. */
export function Comments({ page }: { page: CasePage }) {
  const { t, tag } = useLanguage();
  const add = (data: FormData) => sendApi('POST', `/cases/${page.case.id}/comments`, { text: textOf(data, 'text') });
  return (
    <>
      {page.comments.length === 0 ? <p className="quiet">{t('work:comment.none')}</p> : null}
      <ul className="plain-list">
        {page.comments.map(({ id, name, at, text }) => (
          <li key={id} className="action">
            <p className="note">
              {name ?? t('common:unknown')} · {formatTime(at, tag)}
            </p>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      {page.may.comment ? (
        <ActionForm label={t('work:comment.add')} submit={add}>
          <LongField name="text" label={t('work:comment.text')} required />
        </ActionForm>
      ) : null}
    </>
  );
}
