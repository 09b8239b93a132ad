import type { ClassSuggestion } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber, formatShare } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useSuggestions } from './classes.queries.js';

const titleIn = (titles: Record<string, string>, language: string): string =>
  titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '';

/** The documents and words that speak for a class. */
function Evidence({ one }: { one: ClassSuggestion }) {
  const { t, language } = useLanguage();
  const separator = t('common:listSeparator');
  return (
    <>
      <ul className="plain-list">
        {one.evidence.map(({ id, title }) => (
          <li key={id}>
            <Link className="code" to="/publications/$id" params={{ id }}>
              {id}
            </Link>{' '}
            {title}
          </li>
        ))}
      </ul>
      {one.terms.length === 0 ? null : (
        <p className="note">{t('classes:suggest.words', { words: one.terms.join(separator) })}</p>
      )}
      {one.titleWords.length === 0 ? null : (
        <p className="note">{t('classes:suggest.inTitle', { words: one.titleWords.join(separator) })}</p>
      )}
      {one.groups.length === 0 ? null : (
        <p className="note">
          {t('classes:suggest.groups')}
          {one.groups.map(({ symbol, titles }) => (
            <Link
              key={symbol}
              className="code class-group"
              to="/search"
              search={{ q: `class:${symbol.replace(/\s/g, '')}` }}
              title={titleIn(titles, language)}
            >
              {symbol}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

function Suggestions({ suggestions }: { suggestions: readonly ClassSuggestion[] }) {
  const { t, tag, language } = useLanguage();
  const columns = [
    {
      name: 'symbol',
      title: t('classes:suggest.class'),
      show: (one: ClassSuggestion) => (
        <>
          <Link className="code" to="/search" search={{ q: `class:${one.symbol}+` }}>
            {one.symbol}
          </Link>{' '}
          {titleIn(one.titles, language)}
        </>
      ),
      text: (one: ClassSuggestion) => `${one.symbol} ${titleIn(one.titles, language)}`,
    },
    {
      name: 'share',
      title: t('classes:suggest.share'),
      amount: true,
      show: (one: ClassSuggestion) => formatShare(one.share, 1, tag),
      text: (one: ClassSuggestion) => one.share,
    },
    {
      name: 'documents',
      title: t('classes:suggest.documents'),
      amount: true,
      show: (one: ClassSuggestion) => formatNumber(one.documents, tag),
      text: (one: ClassSuggestion) => one.documents,
    },
    {
      name: 'why',
      title: t('classes:suggest.why'),
      show: (one: ClassSuggestion) => <Evidence one={one} />,
      text: (one: ClassSuggestion) => [...one.evidence.map(({ id }) => id), ...one.terms].join(' '),
    },
  ];
  return (
    <RecordTable
      caption={t('classes:view.suggest')}
      columns={columns}
      rows={suggestions}
      keyOf={({ symbol }) => symbol}
      file="classes"
      cards
    />
  );
}

/** Classes for a pasted text, with what speaks for each. */
export function SuggestView() {
  const { t, tag } = useLanguage();
  const [text, setText] = useState('');
  const field = useId();
  const suggest = useSuggestions();
  return (
    <>
      <p className="prose">{t('classes:suggest.lead')}</p>
      <form
        className="class-suggest"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') suggest.mutate(text);
        }}
      >
        <label htmlFor={field}>{t('classes:suggest.text')}</label>
        <textarea
          id={field}
          rows={8}
          value={text}
          maxLength={200_000}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button button--main" disabled={suggest.isPending}>
          {t('classes:suggest.go')}
        </button>
      </form>
      {suggest.error === null ? null : <ErrorNotice error={suggest.error} retry={() => suggest.mutate(text)} />}
      {suggest.isPending ? <Waiting /> : null}
      {suggest.data === undefined ? null : suggest.data.suggestions.length === 0 ? (
        <p className="quiet">{t('classes:suggest.none')}</p>
      ) : (
        <>
          <p className="note">
            {t('classes:suggest.compared', { documents: formatNumber(suggest.data.compared, tag) })}
          </p>
          <Suggestions suggestions={suggest.data.suggestions} />
        </>
      )}
    </>
  );
}
