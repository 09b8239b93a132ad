import type { CasePage } from '@quanlian/contract';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useTold, useWords } from '../parts/useWords.js';

type Event = CasePage['timeline'][number];

function EventItem({ page, event }: { page: CasePage; event: Event }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const told = useTold();
  const stateOf = (id: string | null) => {
    const title = page.diagram.nodes.find((node) => node.id === id)?.title;
    return title === undefined ? id : words(title);
  };
  const fieldOf = (name: string) => {
    const title = page.fields.find((field) => field.name === name)?.title;
    return title === undefined ? name : words(title);
  };
  const { title, type, at, by, onBehalfOf, to, reason } = event;
  return (
    <li>
      <p>
        <strong>{title === null ? told(`work:event.${type}`, type) : words(title)}</strong>
        {to === null ? null : ` → ${stateOf(to)}`}
      </p>
      <p className="note">
        {formatTime(at, tag)} · {by.name ?? t('work:program')}
        {onBehalfOf === null ? null : ` · ${t('work:onBehalfOf', { name: onBehalfOf.name ?? onBehalfOf.id })}`}
      </p>
      {reason === null ? null : <p>{reason}</p>}
      {Object.entries(event.fields).map(([name, value]) => (
        <p key={name} className="note">
          {fieldOf(name)}: {String(value)}
        </p>
      ))}
    </li>
  );
}

/** What happened, newest first. */
export function Timeline({ page }: { page: CasePage }) {
  return (
    <ol className="timeline" reversed>
      {page.timeline.toReversed().map((event) => (
        <EventItem key={event.sequence} page={page} event={event} />
      ))}
    </ol>
  );
}
