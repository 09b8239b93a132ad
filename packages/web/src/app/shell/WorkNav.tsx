import { Link } from '@tanstack/react-router';
import { useMay, useSession } from '../../features/identity/session.js';
import { useNotices } from '../../features/work/queries.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { formatNumber } from '../format.js';

function NoticesLink() {
  const { t, tag } = useLanguage();
  const { data } = useNotices();
  const unread = data?.unread ?? 0;
  const shown = formatNumber(unread, tag);
  return (
    <Link to="/notices">
      {t('work:nav.notices')}
      {unread > 0 ? (
        <>
          {' '}
          <span className="head__count figures" aria-hidden="true">
            {shown}
          </span>
          <span className="seen-by-readers-only">{t('work:nav.unread', { shown })}</span>
        </>
      ) : null}
    </Link>
  );
}

/** The pages of whoever is signed in; nothing for anybody else. */
export function WorkNav() {
  const { t } = useLanguage();
  const session = useSession();
  const may = useMay();
  if (session.state !== 'signed-in') return null;
  return (
    <nav className="head__work" aria-label={t('work:nav.label')}>
      <ul className="head__pages">
        <li>
          <Link to="/tasks">{t('work:nav.tasks')}</Link>
        </li>
        <li>
          <Link to="/cases">{t('work:nav.cases')}</Link>
        </li>
        <li>
          <NoticesLink />
        </li>
        <li>
          <Link to="/organizations">{t('work:nav.organizations')}</Link>
        </li>
        <li>
          <Link to="/rules">{t('work:nav.rules')}</Link>
        </li>
        <li>
          <Link to="/working-days">{t('desk:calendar.title')}</Link>
        </li>
        {may('job.read') ? (
          <li>
            <Link to="/jobs">{t('desk:job.title')}</Link>
          </li>
        ) : null}
        {may('organization.manage') ? (
          <li>
            <Link to="/webhooks">{t('desk:hook.title')}</Link>
          </li>
        ) : null}
        {may('audit.read') || may('audit.verify') ? (
          <li>
            <Link to="/audit">{t('work:nav.audit')}</Link>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

/** Who is signed in, or the way to sign in; nothing on a server without accounts. */
export function WhoIsThere() {
  const { t } = useLanguage();
  const session = useSession();
  if (session.state === 'signed-out') return <Link to="/sign-in">{t('identity:signIn.title')}</Link>;
  if (session.state !== 'signed-in') return null;
  return (
    <Link to="/account" aria-label={`${t('work:nav.account')}: ${session.me.name}`}>
      {session.me.name}
    </Link>
  );
}
