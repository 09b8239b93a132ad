import type { NameParent } from '@quanlian/contract';
import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import './names.css';
import { sendTree, useNamesChange, useTree } from './queries.js';

/** Who is below whom, by imported lists. */
export function Tree() {
  const { t } = useLanguage();
  const { data = [] } = useTree(true);
  const [csv, setCsv] = useState('');
  const { error, isPending, mutate } = useNamesChange(sendTree, () => setCsv(''));
  const id = useId();
  const column = (name: keyof NameParent): Column<NameParent> => ({
    name,
    title: t(`names:tree.${name}`),
    text: (row) => row[name] ?? '',
    show: (row) => row[name],
  });
  return (
    <section className="section">
      <h2>{t('names:tree.title')}</h2>
      <RecordTable
        caption={t('names:tree.title')}
        columns={(['parent', 'child', 'from', 'to', 'source'] as const).map(column)}
        rows={data}
        keyOf={({ parent, child, from, source }) => [parent, child, from, source].join('\n')}
        nothing={t('names:tree.nothing')}
        file="name-tree"
      />
      <form
        className="name-import"
        onSubmit={(event) => {
          event.preventDefault();
          mutate(csv);
        }}
      >
        <label htmlFor={`${id}-file`}>{t('names:tree.file')}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.xlsx"
          disabled={isPending}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file may be chosen again once it was put right.
            event.target.value = '';
            if (file) mutate(file);
          }}
        />
        <label htmlFor={id}>{t('names:tree.csv')}</label>
        <textarea id={id} rows={4} value={csv} spellCheck={false} onChange={(event) => setCsv(event.target.value)} />
        {error === null ? null : <ErrorNotice error={error} />}
        <button type="submit" className="button" disabled={isPending || csv.trim() === ''}>
          {t('names:tree.send')}
        </button>
      </form>
    </section>
  );
}
