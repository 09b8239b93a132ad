import type { FamilyAnswer, FamilyMember } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { officeName } from '../../../app/names.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useFamily } from './register.queries.js';
import './register.css';

function Member({ member, own }: { member: FamilyMember; own: boolean }) {
  const { t, tag } = useLanguage();
  const { id, office, date, title, filed, simple, ties } = member;
  return (
    <tr>
      <td className="figures">{date ?? t('common:dateUnknown')}</td>
      <td>
        {own ? (
          <strong className="code">{id}</strong>
        ) : (
          <Link className="code" to="/publications/$id" params={{ id }}>
            {id}
          </Link>
        )}
        <div className="note">{officeName(office, t, tag)}</div>
      </td>
      <td>{title}</td>
      <td className="figures">{filed}</td>
      <td>{simple ? t('register:family.simple') : t('register:family.extended')}</td>
      <td>
        {ties.map(({ key, kind, date: day }) => (
          <div key={`${kind} ${key}`} className="note">
            {t(`register:tie.${kind}`)} <span className="code">{key}</span> <span className="figures">{day}</span>
          </div>
        ))}
      </td>
    </tr>
  );
}

function Members({ answer }: { answer: FamilyAnswer }) {
  const { t } = useLanguage();
  return (
    <>
      <p className="note">
        {t('register:family.sizes', {
          simple: answer.simple.size,
          extended: answer.extended.size,
          name: answer.simple.name,
        })}
        {answer.complete ? '' : ` ${t('register:family.incomplete')}`}
      </p>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('register:family.date')}</th>
              <th scope="col">{t('register:family.document')}</th>
              <th scope="col">{t('register:family.title')}</th>
              <th scope="col">{t('register:family.filed')}</th>
              <th scope="col">{t('register:family.kind')}</th>
              <th scope="col">{t('register:family.ties')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.members.map((member) => (
              <Member key={member.id} member={member} own={member.id === answer.id} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The members of the simple and the extended family in order of publication, with what ties each. */
export function FamilySection({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useFamily(id);
  return (
    <section className="section" aria-labelledby="family">
      <h2 id="family">{t('document:section.family')}</h2>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : data.members.length < 2 ? (
        <p className="quiet">{t('register:family.alone')}</p>
      ) : (
        <Members answer={data} />
      )}
    </section>
  );
}
