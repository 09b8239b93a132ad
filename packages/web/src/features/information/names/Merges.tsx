import type { NameMerge } from '@quanlian/contract';
import { useId, useState } from 'react';
import { formatTime } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { sendUndo, useNamesChange } from './queries.js';

function UndoForm({ merge, onDone }: { merge: NameMerge; onDone: () => void }) {
  const { t } = useLanguage();
  const [reason, setReason] = useState('');
  const { error, isPending, mutate } = useNamesChange(sendUndo, onDone);
  const id = useId();
  return (
    <form
      className="row"
      aria-label={t('names:undo.label', { name: merge.names[0] })}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ id: merge.id, reason: reason.trim() });
      }}
    >
      <label htmlFor={id}>{t('names:merge.reason')}</label>
      <input id={id} value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      <button type="submit" className="button" disabled={isPending || reason.trim() === ''}>
        {t('names:undo.send')}
      </button>
      {error === null ? null : <ErrorNotice error={error} />}
    </form>
  );
}

/** What was taken for one, by whom and why, and what was taken back; nothing of it is ever removed. */
export function Merges({ merges }: { merges: readonly NameMerge[] }) {
  const { t, tag } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const who = (author: string | null) => author ?? t('names:history.program');
  const undoneText = ({ undone }: NameMerge): string =>
    undone === null
      ? t('names:history.active')
      : t('names:history.undone', { who: who(undone.author), at: formatTime(undone.at, tag), reason: undone.reason });
  const columns: Column<NameMerge>[] = [
    {
      name: 'names',
      title: t('names:proposals.names'),
      text: ({ names }) => names.join('; '),
      show: ({ names }) => names.join(' · '),
    },
    { name: 'reason', title: t('names:merge.reason'), text: ({ reason }) => reason, show: ({ reason }) => reason },
    {
      name: 'author',
      title: t('names:history.author'),
      text: ({ author }) => who(author),
      show: ({ author }) => who(author),
    },
    {
      name: 'at',
      title: t('names:history.at'),
      text: ({ at }) => at,
      show: ({ at }) => formatTime(at, tag),
    },
    { name: 'state', title: t('names:history.state'), text: undoneText, show: undoneText },
    {
      name: 'undo',
      title: t('names:undo.title'),
      show: (merge) => {
        if (merge.undone !== null) return null;
        if (chosen === merge.id) return <UndoForm merge={merge} onDone={() => setChosen(undefined)} />;
        return (
          <button type="button" className="button" onClick={() => setChosen(merge.id)}>
            {t('names:undo.open')}
          </button>
        );
      },
    },
  ];
  return (
    <section className="section">
      <h2>{t('names:history.title')}</h2>
      <RecordTable
        caption={t('names:history.title')}
        columns={columns}
        rows={merges}
        keyOf={({ id }) => id}
        nothing={t('names:history.nothing')}
        file="name-merges"
      />
    </section>
  );
}
