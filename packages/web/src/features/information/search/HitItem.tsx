import type { Hit, Passage } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { fieldName, officeName, typeName } from '../../../app/names.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { excerpt } from './excerpt.js';
import { Marked } from './Marked.js';

const CLASSES_SHOWN = 4;
const APPLICANTS_SHOWN = 3;
const PASSAGES_SHOWN = 3;

/** Which synonym stands in the passage in the place of what was asked for. */
function SynonymNote({ passage: { text, synonyms = [] } }: { passage: Passage }) {
  const { t } = useLanguage();
  const pairs = [...new Set(synonyms.map(({ from, to, of }) => `${text.slice(from, to)} = ${of}`))];
  if (pairs.length === 0) return null;
  return (
    <span className="hit__synonym"> {t('answers:synonym', { pairs: pairs.join(t('common:listSeparator')) })}</span>
  );
}

function HitPassage({ passage }: { passage: Passage }) {
  const { t } = useLanguage();
  const { text, highlights } = excerpt(passage);
  return (
    <p className="hit__passage" lang={passage.lang}>
      <span className="hit__field">{fieldName(passage.field, t)}</span> <Marked text={text} spans={highlights} />
      <SynonymNote passage={passage} />
    </p>
  );
}

export function HitItem({ hit }: { hit: Hit }) {
  const { t, tag } = useLanguage();
  const inTitle = hit.passages.find(({ field, text }) => field === 'title' && text === hit.title);
  const passages = hit.passages.filter((passage) => passage !== inTitle).slice(0, PASSAGES_SHOWN);
  const more = hit.applicants.length - APPLICANTS_SHOWN;
  return (
    <li className="hit">
      <h2 className="hit__title" lang={hit.titleLang}>
        <Link to="/publications/$id" params={{ id: hit.id }} data-hit>
          {hit.title === null ? t('search:noTitle') : <Marked text={hit.title} spans={inTitle?.highlights ?? []} />}
        </Link>
      </h2>
      <p className="hit__facts">
        <span className="code hit__id">{hit.id}</span>
        <span>{officeName(hit.office, t, tag)}</span>
        {hit.type === undefined ? null : <span>{typeName(hit.type, t)}</span>}
        <span className="figures">{hit.date ?? t('common:dateUnknown')}</span>
        {hit.classes.length > 0 ? (
          <span className="code">{hit.classes.slice(0, CLASSES_SHOWN).join(' · ')}</span>
        ) : null}
        {hit.demo === true ? <span className="tag tag--demo">{t('common:demo')}</span> : null}
      </p>
      <p className="hit__applicants">
        {hit.applicants.length === 0
          ? t('search:noApplicant')
          : hit.applicants.slice(0, APPLICANTS_SHOWN).map((name, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the list never changes order.
              <Fragment key={i}>
                {i === 0 ? '' : t('common:listSeparator')}
                <bdi>{name}</bdi>
              </Fragment>
            ))}
        {more > 0 ? ` ${t('search:moreApplicants', { more })}` : ''}
      </p>
      {inTitle?.synonyms === undefined ? null : (
        <p className="hit__passage">
          <SynonymNote passage={inTitle} />
        </p>
      )}
      {withKeys(passages, ({ field, lang, text }) => `${field}|${lang}|${text}`).map(({ key, item }) => (
        <HitPassage key={key} passage={item} />
      ))}
    </li>
  );
}
