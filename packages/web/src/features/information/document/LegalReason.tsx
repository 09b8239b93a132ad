import type { LegalAnswer, StatusReason } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** The words of a provision in the language of the page. */
function Law({ name, answer }: { name: string | undefined; answer: LegalAnswer }) {
  const { tag } = useLanguage();
  if (name === undefined) return null;
  const words = answer.laws[name];
  return <span className="note"> · {words === undefined ? name : words[tag.startsWith('zh') ? 'zh' : 'en']}</span>;
}

function EventReason({ reason, answer }: { reason: StatusReason; answer: LegalAnswer }) {
  const { t, tag } = useLanguage();
  const event = answer.timeline.events[reason.event ?? -1];
  if (event === undefined) return null;
  const st27 = [reason.key, reason.detail].filter(Boolean).join(' ');
  const meaning = event.words?.[tag.startsWith('zh') ? 'zh' : 'en'];
  return (
    <span>
      <span className="code">
        {event.office} {event.code}
      </span>{' '}
      {meaning ?? event.text ?? event.listed?.title}{' '}
      <span className="note">
        {st27 === '' ? t('register:category', { letter: reason.category ?? '–' }) : `ST.27 ${st27}`}
        {event.mappedBy === 'source'
          ? ''
          : event.mappedBy === 'list'
            ? ` · ${t('register:byList', { edition: event.listed?.edition ?? '' })}`
            : ` · ${t('register:certainty', { certainty: t(`register:sure.${event.certainty ?? 'low'}` as 'register:sure.low') })}`}
        {event.date === undefined || event.date === reason.date ? '' : ` · ${t('register:told', { date: event.date })}`}
      </span>
      <Law name={reason.law} answer={answer} />
    </span>
  );
}

/** Why a status begins, with the provision it rests on. */
export function Reason({ reason, answer }: { reason: StatusReason; answer: LegalAnswer }) {
  const { t, tag } = useLanguage();
  const law = <Law name={reason.law} answer={answer} />;
  if (reason.kind === 'fees') return <span>{t('register:reason.fees', { date: reason.date })}</span>;
  if (reason.event !== undefined) return <EventReason reason={reason} answer={answer} />;
  if (reason.kind === 'publication' && reason.document !== undefined) {
    return (
      <span>
        <Link className="code" to="/publications/$id" params={{ id: reason.document }}>
          {t('register:reason.publication', { id: reason.document })}
        </Link>
        {law}
      </span>
    );
  }
  if (reason.kind === 'term' && reason.rule) {
    const title = answer.term?.title[tag.startsWith('zh') ? 'zh' : 'en'] ?? reason.rule.id;
    return (
      <span>
        {t('register:reason.term', { rule: `${title} (${reason.rule.id})`, version: reason.rule.version })}
        {law}
      </span>
    );
  }
  if (reason.kind === 'states') return <span>{t('register:reason.states')}</span>;
  return (
    <span>{reason.kind === 'age' ? t('register:reason.age', { date: reason.date }) : t('register:reason.filing')}</span>
  );
}
