import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { SimilarHits } from './SimilarHits.js';
import { useSimilarText } from './similar.js';
import './similar.css';

/** Documents like a text that the reader pastes. */
export function SimilarPage() {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const { data, error, isPending, mutate } = useSimilarText();
  const id = useId();
  usePageTitle(t('answers:similar.title'));
  return (
    <>
      <h1>{t('answers:similar.title')}</h1>
      <p className="note">{t('answers:similar.about')}</p>
      <form
        className="similar__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') mutate(text);
        }}
      >
        <label htmlFor={id}>{t('answers:similar.text')}</label>
        <textarea
          id={id}
          rows={10}
          maxLength={200_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button button--main" disabled={isPending || text.trim() === ''}>
          {t('answers:similar.find')}
        </button>
      </form>
      {error === null ? null : <ErrorNotice error={error} retry={() => mutate(text)} />}
      {isPending ? <Waiting /> : null}
      {data === undefined || isPending ? null : <SimilarHits result={data} />}
    </>
  );
}
