import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { sendMerge, useNamesChange } from './queries.js';

/** Takes for one the names that somebody types, whether they were proposed or not. */
export function MergeNames() {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const { error, isPending, mutate } = useNamesChange(sendMerge);
  const id = useId();
  const names = [...new Set(text.split('\n').map((line) => line.trim()))].filter((name) => name !== '');
  return (
    <section className="section">
      <h2>{t('names:typed.title')}</h2>
      <form
        className="name-import"
        onSubmit={(event) => {
          event.preventDefault();
          const done = () => {
            setText('');
            setReason('');
          };
          mutate({ names, reason: reason.trim() }, { onSuccess: done });
        }}
      >
        <label htmlFor={id}>{t('names:typed.names')}</label>
        <textarea id={id} rows={3} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
        <label htmlFor={`${id}-reason`}>{t('names:typed.reason')}</label>
        <input
          id={`${id}-reason`}
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
        />
        {error === null ? null : <ErrorNotice error={error} />}
        <button type="submit" className="button" disabled={isPending || names.length < 2 || reason.trim() === ''}>
          {t('names:typed.send')}
        </button>
      </form>
    </section>
  );
}
