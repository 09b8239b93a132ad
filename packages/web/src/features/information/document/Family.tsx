import type { FamilyAnswer, FamilyMember } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { officeName } from '../../../app/names.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { useFamily } from './register.queries.js';
import './register.css';

type Tie = FamilyMember['ties'][number];

/** The columns of the timeline; the document itself is the one without a link. */
function useColumns(own: string): Column<FamilyMember>[] {
  const { t, tag } = useLanguage();
  const kindOf = ({ simple }: FamilyMember) => (simple ? t('register:family.simple') : t('register:family.extended'));
  const tieOf = ({ key, kind, date }: Tie) => `${t(`register:tie.${kind}`)} ${key} ${date ?? ''}`.trimEnd();
  return [
    {
      name: 'date',
      title: t('register:family.date'),
      show: ({ date }) => <span className="figures">{date ?? t('common:dateUnknown')}</span>,
      text: ({ date }) => date ?? '',
    },
    {
      name: 'document',
      title: t('register:family.document'),
      show: ({ id, office }) => (
        <>
          {id === own ? (
            <strong className="code">{id}</strong>
          ) : (
            <Link className="code" to="/publications/$id" params={{ id }}>
              {id}
            </Link>
          )}
          <div className="note">{officeName(office, t, tag)}</div>
        </>
      ),
      text: ({ id }) => id,
    },
    {
      name: 'title',
      title: t('register:family.title'),
      show: ({ title }) => title,
      text: ({ title }) => title ?? '',
    },
    {
      name: 'filed',
      title: t('register:family.filed'),
      show: ({ filed }) => <span className="figures">{filed}</span>,
      text: ({ filed }) => filed ?? '',
    },
    { name: 'kind', title: t('register:family.kind'), show: kindOf, text: kindOf },
    {
      name: 'ties',
      title: t('register:family.ties'),
      show: ({ ties }) =>
        ties.map(({ key, kind, date }) => (
          <div key={`${kind} ${key}`} className="note">
            {t(`register:tie.${kind}`)} <span className="code">{key}</span> <span className="figures">{date}</span>
          </div>
        )),
      text: ({ ties }) => ties.map(tieOf).join('; '),
    },
  ];
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
      <RecordTable
        caption={t('document:section.family')}
        columns={useColumns(answer.id)}
        rows={answer.members}
        keyOf={({ id }) => id}
        file={`family-${answer.id}`}
        cards
      />
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
