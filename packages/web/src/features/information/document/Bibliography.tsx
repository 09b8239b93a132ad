import type { PatentDocument } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../app/format.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { InidValueView } from './InidValueView.js';
import { inidEntries } from './inid.js';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="bibliography__entry">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Facts that have no INID code. */
function OtherFacts({ document }: { document: PatentDocument }) {
  const { t, tag } = useLanguage();
  const { familyId, termAdjustmentDays, examiners } = document;
  return (
    <>
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
