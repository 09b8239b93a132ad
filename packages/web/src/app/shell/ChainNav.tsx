import { type Link as ChainLink, LINKS } from '@quanlian/contract';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../features/identity/session.js';
import { useLanguage } from '../../i18n/useLanguage.js';

interface ItemProps {
  link: ChainLink;
  /** The link of the chain that the reader is in. */
  here: ChainLink;
  /** True when somebody is signed in. */
  open: boolean;
  /** True when this server has accounts and nobody is signed in. */
  closed: boolean;
}

/** A link of the chain without a page now: named, not linked, and saying why. */
function Unavailable({ name, why }: { name: ReactNode; why: string }) {
  return (
    <li title={why}>
      {name}
      <span className="seen-by-readers-only"> ({why})</span>
    </li>
  );
}

function ChainItem({ link, here, open, closed }: ItemProps) {
  const { t } = useLanguage();
  const name = t(`common:chain.${link}`);
  const current = link === here ? ({ 'aria-current': 'true' } as const) : {};
  if (open && link === 'governance')
    return (
      <li {...current}>
        <Link to="/governance">{name}</Link>
      </li>
    );
  if (link === 'information') return <li {...current}>{open ? <Link to="/">{name}</Link> : name}</li>;
  if (closed && link === 'governance') return <Unavailable name={name} why={t('common:chain.signIn')} />;
  return <Unavailable name={name} why={t('common:chain.notYet')} />;
}

/** Where in the chain the reader is. Links without pages are named, not linked, and say that they are not there yet. */
export function ChainNav() {
  const { t } = useLanguage();
  const { state } = useSession();
  const isGovernance = useLocation({ select: ({ pathname }) => pathname.startsWith('/governance') });
  const notes = {
    'signed-in': t('common:chain.noteSignedIn'),
    'signed-out': t('common:chain.noteSignedOut'),
    absent: t('common:chain.note'),
    unknown: t('common:chain.note'),
  };
  return (
    <section className="chain" aria-label={t('common:chain.label')}>
      <ol>
        {LINKS.map((link) => (
          <ChainItem
            key={link}
            link={link}
            here={isGovernance ? 'governance' : 'information'}
            open={state === 'signed-in'}
            closed={state === 'signed-out'}
          />
        ))}
      </ol>
      <p>{notes[state]}</p>
    </section>
  );
}
