import type { NewSavedQuery, SavedQuery, SearchSet } from '@quanlian/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useSession } from '../../identity/session.js';
import { deleteQuery, saveQuery, useSavedQueries } from './queries.js';
import type { Draft } from './useDraft.js';
import { useStored } from './useStored.js';

interface Kept {
  readonly queries: readonly SavedQuery[];
  readonly save: (query: NewSavedQuery) => Promise<unknown>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly onAccount: boolean;
}

/** Saved queries of the account when somebody is signed in, else of this browser. */
function useKept(): Kept {
  const client = useQueryClient();
  const signedIn = useSession().state === 'signed-in';
  const account = useSavedQueries(signedIn);
  const [local, setLocal] = useStored<SavedQuery[]>('quanlian.query.saved', []);
  if (signedIn) {
    const refresh = () => client.invalidateQueries({ queryKey: ['query', 'saved'] });
    return {
      queries: account.data?.queries ?? [],
      save: (query) => saveQuery(query).then(refresh),
      remove: (id) => deleteQuery(id).then(refresh),
      onAccount: true,
    };
  }
  return {
    queries: local,
    save: async (query) => {
      const others = local.filter(({ name }) => name !== query.name);
      setLocal([{ ...query, id: crypto.randomUUID(), savedAt: new Date().toISOString() }, ...others]);
    },
    remove: async (id) => setLocal(local.filter((query) => query.id !== id)),
    onAccount: false,
  };
}

function SavedList({
  kept,
  onOpen,
  onError,
}: {
  kept: Kept;
  onOpen: (query: SavedQuery) => void;
  onError: (error: unknown) => void;
}) {
  const { t } = useLanguage();
  return (
    <ul className="plain-list query-saved">
      {kept.queries.map((query) => (
        <li key={query.id} className="row">
          <button type="button" className="text-button" onClick={() => onOpen(query)}>
            {query.name}
          </button>
          <span className="note">{t(`query:language.${query.syntax}`)}</span>
          <button
            type="button"
            className="text-button note"
            aria-label={t('query:saved.removeOne', { name: query.name })}
            onClick={() => void kept.remove(query.id).catch(onError)}
          >
            {t('query:saved.remove')}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  draft: Draft;
  /** The sets the draft stands on; they are kept with it. */
  sets: readonly SearchSet[];
  onOpen: (query: SavedQuery) => void;
}

export function SavedPanel({ draft, sets, onOpen }: Props) {
  const { t } = useLanguage();
  const id = useId();
  const kept = useKept();
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>();
  const canSave = name.trim() !== '' && draft.text.trim() !== '';
  const save = async () => {
    setError(undefined);
    try {
      await kept.save({ name: name.trim(), syntax: draft.syntax, text: draft.text, sets: [...sets] });
      setName('');
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <section className="section" aria-label={t('query:saved.title')}>
      <h2>{t('query:saved.title')}</h2>
      <p className="note">{kept.onAccount ? t('query:saved.onAccount') : t('query:saved.inBrowser')}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) void save();
        }}
      >
        <label htmlFor={id}>{t('query:saved.name')}</label>
        <input
          id={id}
          className="query-form__text"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button button--small" disabled={!canSave}>
          {t('query:saved.save')}
        </button>
      </form>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <SavedList kept={kept} onOpen={onOpen} onError={setError} />
    </section>
  );
}
