import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCorpus } from '../../../app/api/queries.js';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { EXAMPLES, START_RULES } from './examples.js';
import { SearchBox } from './SearchBox.js';
import './search.css';

/** What the corpus holds, in one sentence. */
function CorpusLine() {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useCorpus();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <p className="start__corpus quiet">{t('common:waiting')}</p>;
  if (data.documents === 0) {
    return (
      <p className="start__corpus">
        {t('search:start.empty')} <Link to="/loads">{t('search:start.load')}</Link>
      </p>
    );
  }
  const years = Object.keys(data.byYear)
    .filter((year) => /^\d{4}$/.test(year))
    .sort();
  return (
    <p className="start__corpus">
      {t('search:start.corpus', {
        documents: formatNumber(data.documents, tag),
        offices: formatNumber(Object.keys(data.byOffice).length, tag),
        first: years[0] ?? '–',
        last: years.at(-1) ?? '–',
      })}{' '}
      <Link to="/search">{t('search:start.all')}</Link>
    </p>
  );
}

export function StartPage() {
  const { t, language } = useLanguage();
  const navigate = useNavigate();
  const [example, setExample] = useState('');
  usePageTitle('');
  const search = (q: string) => void navigate({ to: '/search', search: q === '' ? {} : { q } });
  return (
    <div className="start">
      <h1>{t('search:start.title')}</h1>
      <p className="start__lead">{t('search:start.lead')}</p>
      <SearchBox key={example} initial={example} onSearch={search} />
      <div className="start__examples">
        <span className="note">{t('search:start.examples')}</span>
        <ul className="plain-list row">
          {START_RULES.map((rule) => (
            <li key={rule}>
              <button type="button" className="text-button code" onClick={() => setExample(EXAMPLES[language][rule])}>
                {EXAMPLES[language][rule]}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <CorpusLine />
    </div>
  );
}
