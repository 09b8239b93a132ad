import type { SimilarResult } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { officeName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

type SimilarHit = SimilarResult['hits'][number];

/** What a document has in common with the one asked about, the weightiest first. */
function Reasons({ reasons }: Pick<SimilarHit, 'reasons'>) {
  const { t } = useLanguage();
  const separator = t('common:listSeparator');
  const kinds = (['terms', 'classes', 'citations'] as const).filter((kind) => reasons[kind].length > 0);
  return (
    <dl className="similar__reasons note">
      {kinds.map((kind) => (
        <div key={kind} className="row">
          <dt>{t(`answers:similar.${kind}`)}</dt>
          <dd className={kind === 'terms' ? undefined : 'code'}>{reasons[kind].join(separator)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Similar documents with the reasons, and the words that were looked for. */
export function SimilarHits({ result: { hits, terms } }: { result: SimilarResult }) {
  const { t, tag } = useLanguage();
  if (hits.length === 0) return <p className="note">{t('answers:similar.none')}</p>;
  return (
    <>
      <p className="note">{t('answers:similar.lookedFor', { terms: terms.join(t('common:listSeparator')) })}</p>
      <ol className="similar plain-list">
        {hits.map(({ hit, reasons }) => (
          <li key={hit.id}>
            <p lang={hit.titleLang}>
              <Link to="/publications/$id" params={{ id: hit.id }}>
                {hit.title ?? t('search:noTitle')}
              </Link>
            </p>
            <p className="hit__facts note">
              <span className="code">{hit.id}</span> <span>{officeName(hit.office, t, tag)}</span>{' '}
              <span className="figures">{hit.date ?? t('common:dateUnknown')}</span>
              {hit.demo === true ? <span className="tag tag--demo">{t('common:demo')}</span> : null}
            </p>
            <Reasons reasons={reasons} />
          </li>
        ))}
      </ol>
    </>
  );
}
