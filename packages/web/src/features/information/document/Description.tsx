import type { DescriptionPart } from '@quanlian/contract';
import { memo, startTransition, useEffect, useMemo, useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { languagesOf } from './claims.js';
import { type AnchoredPart, anchoredGroups } from './description.js';
import { LanguageTabs } from './LanguageTabs.js';

/** Groups drawn at once; the others follow when the page already answers to the reader. */
const FIRST_GROUPS = 3;
const HEADINGS_WORTH_A_LIST = 3;

const Group = memo(function Group({ parts }: { parts: readonly AnchoredPart[] }) {
  const { t } = useLanguage();
  return (
    <div className="description__group">
      {parts.map(({ part, anchor }) => (
        <div key={anchor} id={anchor}>
          {part.heading === undefined ? null : <h3>{part.heading}</h3>}
          {part.text === undefined ? null : (
            <p className="paragraph">
              {part.number === undefined ? null : (
                <a
                  className="paragraph__number figures"
                  href={`#${anchor}`}
                  aria-label={t('document:paragraph', { number: part.number })}
                >
                  [{part.number}]
                </a>
              )}
              <span>{part.text}</span>
            </p>
          )}
        </div>
      ))}
    </div>
  );
});

/** Goes to the paragraph the address names, which was not there yet when the page began. */
function useAnchor(ready: boolean) {
  useEffect(() => {
    if (!ready || location.hash === '') return;
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, [ready]);
}

function Headings({ groups }: { groups: readonly AnchoredPart[][] }) {
  const { t } = useLanguage();
  const headings = groups.flat().filter(({ part }) => part.heading !== undefined);
  if (headings.length < HEADINGS_WORTH_A_LIST) return null;
  return (
    <details className="description__headings">
      <summary>{t('document:headings')}</summary>
      <ul>
        {headings.map(({ part, anchor }) => (
          <li key={anchor}>
            <a href={`#${anchor}`}>{part.heading}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The description in one language at a time, with headings, and paragraph numbers that are links to themselves. */
export function DescriptionSection({ parts }: { parts: readonly DescriptionPart[] }) {
  const { t } = useLanguage();
  const languages = useMemo(() => languagesOf(parts), [parts]);
  const [chosen, setChosen] = useState(languages[0] ?? '');
  const groups = useMemo(() => anchoredGroups(parts.filter(({ lang }) => lang === chosen)), [parts, chosen]);
  const [whole, setWhole] = useState(groups.length <= FIRST_GROUPS);
  useEffect(() => startTransition(() => setWhole(true)), []);
  useAnchor(whole);
  if (parts.length === 0) return null;
  return (
    <section className="section text" aria-labelledby="description">
      <h2 id="description">{t('document:section.description')}</h2>
      <LanguageTabs languages={languages} chosen={chosen} onChoose={setChosen} />
      <Headings groups={groups} />
      <div className="prose" lang={chosen}>
        {(whole ? groups : groups.slice(0, FIRST_GROUPS)).map((group) => (
          <Group key={group[0]?.anchor} parts={group} />
        ))}
      </div>
    </section>
  );
}
