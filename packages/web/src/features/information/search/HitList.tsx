import type { Hit } from '@quanlian/contract';
import type { KeyboardEvent } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { HitItem } from './HitItem.js';

/** Arrow keys go from hit to hit; Enter opens, as on any link. */
function moveBetweenHits(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement) || !event.target.matches('[data-hit]')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const next = links[links.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

interface Props {
  hits: readonly Hit[];
  /** True while these are still the hits of the page before. */
  busy: boolean;
  /** The place of the first hit in the whole result, from 1. */
  start: number;
}

export function HitList({ hits, busy, start }: Props) {
  const { t } = useLanguage();
  return (
    <ol className="hits" start={start} aria-label={t('search:hits')} aria-busy={busy} onKeyDown={moveBetweenHits}>
      {hits.map((hit) => (
        <HitItem key={hit.id} hit={hit} />
      ))}
    </ol>
  );
}
