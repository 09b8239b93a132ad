import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type SynonymText, useLoadedSchemes, useSchemeTitles, useSynonymChange, useSynonymSets } from './synonyms.js';
import './synonyms.css';

/** One set: its lines to edit, to keep or to take away. */
function SetEditor({ set }: { set: SynonymText }) {
  const { t, tag } = useLanguage();
  const [text, setText] = useState(set.text);
  const { error, isPending, mutate } = useSynonymChange();
  const id = useId();
  const { name } = set;
  return (
    <section className="synonyms__set" aria-labelledby={`${id}-name`}>
      <h2 id={`${id}-name`}>{name}</h2>
      <p className="note figures">
        {t('answers:synonyms.groups', { count: set.groups, groups: formatNumber(set.groups, tag) })}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ name, text });
        }}
      >
        <label htmlFor={id} className="seen-by-readers-only">
          {t('answers:synonyms.lines', { name })}
        </label>
        <textarea
          id={id}
          rows={Math.min(20, Math.max(4, text.split('\n').length + 1))}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        {/* The sentence of the server names the line. */}
        {error === null ? null : <ErrorNotice error={error} />}
        {error === null ? null : <p className="note">{error.message}</p>}
        <div className="row">
          <button type="submit" className="button button--main" disabled={isPending || text === set.text}>
            {t('answers:synonyms.save')}
          </button>
          <button
            type="button"
            className="button"
            disabled={isPending}
            onClick={() => mutate({ name, text: undefined })}
          >
            {t('answers:synonyms.remove')}
          </button>
        </div>
      </form>
    </section>
  );
}

/** A new set begins with a name and nothing else. */
function NewSet({ known, onAdd }: { known: readonly string[]; onAdd: (name: string) => void }) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const id = useId();
  const wanted = name.trim();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(wanted);
        setName('');
      }}
    >
      <label htmlFor={id}>{t('answers:synonyms.name')}</label>
      <input
        id={id}
        className="synonyms__name"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={wanted === '' || known.includes(wanted)}>
        {t('answers:synonyms.add')}
      </button>
    </form>
  );
}

/** Loaded schemes name the same things in two languages. */
function FromSchemes() {
  const { t } = useLanguage();
  const { data = [] } = useLoadedSchemes();
  const { error, isPending, mutate } = useSchemeTitles();
  const current = data.filter((version) => version.current);
  if (current.length === 0) return null;
  return (
    <div className="row">
      {current.map(({ scheme, version }) => (
        <button key={scheme} type="button" className="button" disabled={isPending} onClick={() => mutate(scheme)}>
          {t('answers:synonyms.fromScheme', { scheme: `${scheme} ${version}` })}
        </button>
      ))}
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}

/** The synonym sets kept in the corpus, which a search takes in when asked. */
export function SynonymsPage() {
  const { t } = useLanguage();
  const { data, error, refetch } = useSynonymSets();
  const [added, setAdded] = useState<readonly string[]>([]);
  usePageTitle(t('answers:synonyms.title'));
  const kept = data ?? [];
  const fresh = added.filter((name) => kept.every((set) => set.name !== name));
  const sets = [...kept, ...fresh.map((name) => ({ name, text: '', groups: 0 }))];
  return (
    <>
      <h1>{t('answers:synonyms.title')}</h1>
      <p>{t('answers:synonyms.about')}</p>
      <pre className="code note">{t('answers:synonyms.example')}</pre>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : (
        <>
          {sets.length === 0 ? <p className="empty">{t('answers:synonyms.empty')}</p> : null}
          {sets.map((set) => (
            <SetEditor key={`${set.name}|${set.text}`} set={set} />
          ))}
          <FromSchemes />
          <NewSet known={sets.map(({ name }) => name)} onAdd={(name) => setAdded([...added, name])} />
        </>
      )}
    </>
  );
}
