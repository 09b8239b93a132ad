import { LINKS, type Link } from '@quanlian/contract';
import { useLanguage } from '../../i18n/useLanguage.js';

/** The links of the chain that have pages. */
const BUILT: ReadonlySet<Link> = new Set<Link>(['information']);

/** Where in the chain the reader is. Links without pages are named, not linked, and say that they are not there yet. */
export function ChainNav() {
  const { t } = useLanguage();
  return (
    <section className="chain" aria-label={t('common:chain.label')}>
      <ol>
        {LINKS.map((link) =>
          BUILT.has(link) ? (
            <li key={link} aria-current="true">
              {t(`common:chain.${link}`)}
            </li>
          ) : (
            <li key={link} title={t('common:chain.notYet')}>
              {t(`common:chain.${link}`)}
              <span className="seen-by-readers-only"> ({t('common:chain.notYet')})</span>
            </li>
          ),
        )}
      </ol>
      <p>{t('common:chain.note')}</p>
    </section>
  );
}
