import type { PatentDocument } from '@quanlian/contract';
import { placeName } from '@quanlian/kernel';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../app/format.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { InidValueView } from './InidValueView.js';
import { inidEntries } from './inid.js';
import { useOwnerRegion } from './register.queries.js';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="bibliography__entry">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where the owners are, each level leading to all documents from there; unknown is said. */
function OwnerRegion({ id }: { id: string }) {
  const { t, tag } = useLanguage();
  const { data } = useOwnerRegion(id);
  if (data === undefined) return null;
  const language = tag.startsWith('zh') ? 'zh' : 'en';
  const known = data.filter(({ values }) => values.length > 0);
  return (
    <Fact name={t('document:region')}>
      {known.length === 0 ? t('common:unknown') : null}
      {known.map(({ level, values }, i) => (
        <span key={level}>
          {i === 0 ? null : ' · '}
          {values.map((value, n) => (
            <span key={value}>
              {n === 0 ? null : t('common:listSeparator')}
              <Link to="/search" search={{ filter: [`${level}:${value}`] }}>
                {placeName(level, value, language)}
              </Link>
            </span>
          ))}
        </span>
      ))}
    </Fact>
  );
}

/** Facts that have no INID code. */
function OtherFacts({ document }: { document: PatentDocument }) {
  const { t, tag } = useLanguage();
  const { familyId, termAdjustmentDays, examiners } = document;
  return (
    <>
      <OwnerRegion id={document.id} />
      {familyId === undefined ? null : (
        <Fact name={t('document:family')}>
          <Link to="/search" search={{ q: `family:${familyId}` }}>
            {t('document:familyLink', { family: familyId })}
          </Link>
        </Fact>
      )}
      {examiners === undefined ? null : (
        <Fact name={t('document:examiners')}>{examiners.map(({ name }) => name).join(t('common:listSeparator'))}</Fact>
      )}
      {typeof termAdjustmentDays === 'number' ? (
        <Fact name={t('document:termAdjustment')}>
          {t('document:days', { days: formatNumber(termAdjustmentDays, tag) })}
        </Fact>
      ) : null}
    </>
  );
}

/** Everything the first page of a publication says, under its INID codes (WIPO ST.9). */
export function Bibliography({ document }: { document: PatentDocument }) {
  const { t } = useLanguage();
  return (
    <section className="section" aria-labelledby="bibliography">
      <h2 id="bibliography">{t('document:section.bibliography')}</h2>
      <dl className="bibliography">
        {inidEntries(document).map(({ code, values }) => (
          <div key={code} className="bibliography__entry">
            <dt>
              <span className="inid">({code})</span> {t(`inid:${code}`)}
            </dt>
            <dd>
              <ul className="plain-list">
                {withKeys(values, JSON.stringify).map(({ key, item: value }) => (
                  <li key={key}>
                    <InidValueView value={value} />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
        <OtherFacts document={document} />
      </dl>
    </section>
  );
}
