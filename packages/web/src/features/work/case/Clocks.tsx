import type { CasePage } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useTold, useWords } from '../parts/useWords.js';

type Clock = CasePage['clocks'][number];

function Basis({ clock }: { clock: Clock }) {
  const { t } = useLanguage();
  const words = useWords();
  const told = useTold();
  if (clock.basis === null) return t('work:clockBasis.house');
  const { ruleId, version, article, certainty } = clock.basis;
  return (
    <>
      {t('work:clockBasis.rule')}{' '}
      <Link to="/rules/$id" params={{ id: ruleId }}>
        {clock.basisTitle === null ? ruleId : words(clock.basisTitle)}
      </Link>{' '}
      {article ?? t('work:rule.noArticle')} · {t('work:rule.versionOf', { version })} ·{' '}
      {told(`work:certainty.${certainty}`, certainty)}
    </>
  );
}

function Left({ clock }: { clock: Clock }) {
  const { t, tag } = useLanguage();
  const { status, daysLeft, workingDaysLeft, leftWhenResumed } = clock;
  if (status === 'stopped' && leftWhenResumed !== null)
    return t('work:clockLeft.resumed', { count: leftWhenResumed, days: formatNumber(leftWhenResumed, tag) });
  if (status !== 'running' || daysLeft === null) return null;
  const count = Math.abs(daysLeft);
  const days = formatNumber(count, tag);
  if (daysLeft < 0) return t('work:clockLeft.past', { count, days });
  return workingDaysLeft === null
    ? t('work:clockLeft.days', { count, days })
    : t('work:clockLeft.both', { count, days, working: formatNumber(workingDaysLeft, tag) });
}

/** The clocks of a case: last day, what is left, and the rule each rests on. */
export function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  const { t } = useLanguage();
  const words = useWords();
  if (clocks.length === 0) return <p className="quiet">{t('work:noClocks')}</p>;
  return (
    <ul className="plain-list">
      {clocks.map((clock) => (
        <li key={clock.id} className="clock">
          <p className="row">
            <strong>{words(clock.title)}</strong>
            <span className={clock.status === 'expired' ? 'tag tag--wrong' : 'tag'}>
              {t(`work:clock.${clock.status}`)}
            </span>
            {clock.provisional ? <span className="tag tag--notice">{t('work:provisional')}</span> : null}
          </p>
          <p className="figures">
            <time dateTime={clock.start}>{clock.start}</time> →{' '}
            {clock.due === null ? '–' : <time dateTime={clock.due}>{clock.due}</time>} <Left clock={clock} />
          </p>
          <p className="note">
            <Basis clock={clock} />
          </p>
        </li>
      ))}
    </ul>
  );
}
