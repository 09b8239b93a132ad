import type { Notice } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber, formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { useWords } from '../parts/useWords.js';
import { useNotices } from '../queries.js';
import './notices.css';

function NoticeItem({ notice }: { notice: Notice }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const { id, title, text, subject, createdAt, readAt } = notice;
  return (
    <li className={readAt === null ? 'told told--new' : 'told'}>
      <h2>
        {subject?.kind === 'case' ? (
          <Link to="/cases/$id" params={{ id: subject.id }}>
            {words(title)}
          </Link>
        ) : (
          words(title)
        )}
      </h2>
      <p>{words(text)}</p>
      <div className="row note">
        <time dateTime={createdAt}>{formatTime(createdAt, tag)}</time>
        {readAt === null ? (
          <ActionForm quiet label={t('work:notice.read')} submit={() => sendApi('POST', '/notices/read', { id })} />
        ) : null}
      </div>
    </li>
  );
}

/** What the person was told, newest first. */
export function NoticesPage() {
  const { t, tag } = useLanguage();
  const notices = useNotices();
  usePageTitle(t('work:notice.title'));
  return (
    <>
      <h1>{t('work:notice.title')}</h1>
      <Answered query={notices}>
        {({ unread, notices: rows }) => (
          <>
            <div className="row">
              <span>{t('work:notice.unread', { count: unread, shown: formatNumber(unread, tag) })}</span>
              {unread > 0 ? (
                <ActionForm
                  quiet
                  label={t('work:notice.readAll')}
                  submit={() => sendApi('POST', '/notices/read', {})}
                />
              ) : null}
            </div>
            <ul className="plain-list">
              {rows.map((notice) => (
                <NoticeItem key={notice.id} notice={notice} />
              ))}
            </ul>
          </>
        )}
      </Answered>
    </>
  );
}
