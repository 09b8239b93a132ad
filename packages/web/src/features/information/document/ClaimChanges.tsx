import type { ClaimComparison, ClaimRow } from '@quanlian/contract';
import { useState } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { LanguageTabs } from './LanguageTabs.js';
import { PublicationLinks } from './PublicationLinks.js';
import { useClaimComparison } from './register.queries.js';
import './register.css';

function Side({ row, side, lang }: { row: ClaimRow; side: 'before' | 'after'; lang: string }) {
  const number = row[side];
  if (number === null) return <td className="quiet">–</td>;
  const other = side === 'before' ? 'added' : 'deleted';
  return (
    <td lang={lang} className="claim-change__text">
      <span className="figures">{number}.</span>{' '}
      {row.pieces
        .filter(({ op }) => op !== other)
        .map(({ op, text }, i) => {
          const Mark = op === 'same' ? 'span' : op === 'added' ? 'ins' : 'del';
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces stand in a fixed order.
          return <Mark key={i}>{text}</Mark>;
        })}
    </td>
  );
}

function Table({ comparison }: { comparison: NonNullable<ClaimComparison['comparison']> }) {
  const { t } = useLanguage();
  const { before, after, rows, lang } = comparison;
  return (
    <ScrollFrame label={t('register:claims.title')}>
      <table className="claim-change">
        <thead>
          <tr>
            <th scope="col">{t('register:claims.change')}</th>
            <th scope="col">
              {t('register:claims.published')} <PublicationLinks ids={[before.id]} />
            </th>
            <th scope="col">
              {t('register:claims.granted')} <PublicationLinks ids={[after.id]} />
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.before} ${row.after}`}>
              <td>
                {t(`register:claims.${row.change}`)}
                {row.before !== null && row.after !== null && row.before !== row.after ? (
                  <div className="note">{t('register:claims.renumbered')}</div>
                ) : null}
              </td>
              <Side row={row} side="before" lang={lang} />
              <Side row={row} side="after" lang={lang} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** The claims as published beside those granted, word by word; nothing where not both are held. */
export function ClaimChanges({ id }: { id: string }) {
  const { t } = useLanguage();
  const [lang, setLang] = useState<string>();
  const { data } = useClaimComparison(id, lang);
  const comparison = data?.comparison;
  if (comparison === null || comparison === undefined) return null;
  const { counts, languages } = comparison;
  return (
    <section className="section" aria-labelledby="claim-changes">
      <h2 id="claim-changes">{t('register:claims.title')}</h2>
      <div className="row">
        <LanguageTabs languages={languages} chosen={comparison.lang} onChoose={setLang} />
        <span className="note">{t('register:claims.counts', counts)}</span>
      </div>
      <details>
        <summary>{t('register:claims.show')}</summary>
        <Table comparison={comparison} />
      </details>
    </section>
  );
}
