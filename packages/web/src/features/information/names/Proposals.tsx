import type { NameMerge, NameProposal, NameProposals } from '@quanlian/contract';
import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { type Translate, useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { sendMerge, useNamesChange } from './queries.js';

const keyOf = ({ names }: NameProposal): string => names.map(({ name }) => name).join('\n');

function evidenceOf({ evidence: { form, inventors, addresses, families } }: NameProposal, t: Translate): string {
  return [
    ...(form === null ? [] : [t('names:evidence.form', { form })]),
    ...(inventors === 0 ? [] : [t('names:evidence.inventors', { count: inventors })]),
    ...(addresses === 0 ? [] : [t('names:evidence.addresses', { count: addresses })]),
    ...(families === 0 ? [] : [t('names:evidence.families', { count: families })]),
  ].join(t('names:evidence.and'));
}

/** Why these names are taken for one; nothing is merged without a reason. */
function MergeForm({ proposal, onDone }: { proposal: NameProposal; onDone: () => void }) {
  const { t } = useLanguage();
  const [reason, setReason] = useState('');
  const { error, isPending, mutate } = useNamesChange(sendMerge, onDone);
  const id = useId();
  const names = proposal.names.map(({ name }) => name);
  return (
    <form
      className="row"
      aria-label={t('names:merge.label', { name: names[0] })}
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ names, reason: reason.trim() });
      }}
    >
      <label htmlFor={id}>{t('names:merge.reason')}</label>
      <input id={id} value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
      <button type="submit" className="button button--main" disabled={isPending || reason.trim() === ''}>
        {t('names:merge.send', { count: names.length })}
      </button>
      {error === null ? null : <ErrorNotice error={error} />}
    </form>
  );
}

/** Proposals that nobody has taken up yet. */
export function Proposals({ answer, merges }: { answer: NameProposals; merges: readonly NameMerge[] }) {
  const { t, tag } = useLanguage();
  const [chosen, setChosen] = useState<string>();
  const taken = new Set(merges.flatMap(({ undone, names }) => (undone === null ? names : [])));
  const open = answer.proposals.filter(({ names }) => names.every(({ name }) => !taken.has(name)));
  const columns: Column<NameProposal>[] = [
    {
      name: 'names',
      title: t('names:proposals.names'),
      text: ({ names }) => names.map(({ name }) => name).join('; '),
      show: ({ names }) => (
        <ul className="plain-list">
          {names.map(({ name, documents }) => (
            <li key={name}>
              {name}{' '}
              <span className="quiet">
                {t('names:proposals.documents', { documents: formatNumber(documents, tag), count: documents })}
              </span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      name: 'evidence',
      title: t('names:proposals.evidence'),
      text: (row) => evidenceOf(row, t),
      show: (row) => evidenceOf(row, t),
    },
    {
      name: 'merge',
      title: t('names:merge.title'),
      show: (row) =>
        chosen === keyOf(row) ? (
          <MergeForm proposal={row} onDone={() => setChosen(undefined)} />
        ) : (
          <button type="button" className="button" onClick={() => setChosen(keyOf(row))}>
            {t('names:merge.open')}
          </button>
        ),
    },
  ];
  return (
    <>
      <p className="note">{t('names:proposals.note')}</p>
      <RecordTable
        caption={t('names:proposals.title')}
        columns={columns}
        rows={open}
        keyOf={keyOf}
        nothing={answer.sequence === null ? t('names:proposals.notYet') : t('names:proposals.nothing')}
        file="name-proposals"
      />
    </>
  );
}
