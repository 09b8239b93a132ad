import { useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { SimilarHits } from './SimilarHits.js';
import { useSimilarTo } from './similar.js';
import './similar.css';

/** Documents like this one, looked for when the reader asks. */
export function SimilarSection({ id }: { id: string }) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useSimilarTo(id, isOpen);
  return (
    <section id="similar" className="section" aria-labelledby="similar-title">
      <h2 id="similar-title">{t('document:section.similar')}</h2>
      {isOpen ? null : (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('answers:similar.show')}
        </button>
      )}
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {isOpen && data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : <SimilarHits result={data} />}
    </section>
  );
}
