import type { CaseRow } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { Answered } from '../parts/Answered.js';
import { Due } from '../parts/Due.js';
import { type Column, RecordTable } from '../parts/RecordTable.js';
import { Turning } from '../parts/Turning.js';
import { useWords } from '../parts/useWords.js';
import { useCaseList } from '../queries.js';
import { type CaseSearch, caseFilter } from './search.js';

const SIZE = 50;

/** The columns that cases are listed with, everywhere. */
function useCaseColumns(): Column<CaseRow>[] {
  const { t, tag } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  return [
    {
      name: 'title',
      title: t('work:case.one'),
      show: ({ id, title }) => (
        <Link to="/cases/$id" params={{ id }}>
          {title}
        </Link>
      ),
      text: ({ title }) => title,
    },
    {
      name: 'process',
      title: t('work:case.process'),
      show: ({ processTitle }) => words(processTitle),
      text: ({ processTitle }) => words(processTitle),
    },
    {
      name: 'state',
      title: t('work:case.state'),
      show: ({ stateTitle }) => words(stateTitle),
      text: ({ stateTitle }) => words(stateTitle),
    },
    {
      name: 'organization',
      title: t('identity:organization'),
      show: ({ organizationId }) => nameOf(organizationId),
      text: ({ organizationId }) => nameOf(organizationId),
    },
    {
      name: 'due',
      title: t('work:due'),
      show: ({ nextDue, overdue }) => <Due due={nextDue} overdue={overdue} />,
      text: ({ nextDue }) => nextDue ?? '',
    },
    {
      name: 'changed',
      title: t('work:case.changed'),
      show: ({ changedAt }) => formatTime(changedAt, tag),
      text: ({ changedAt }) => changedAt,
    },
  ];
}

/** Cases as a list. */
export function CaseTable({ search, onChange }: { search: CaseSearch; onChange: (search: CaseSearch) => void }) {
  const { t } = useLanguage();
  const columns = useCaseColumns();
  const { offset = 0 } = search;
  const list = useCaseList({ ...caseFilter(search), offset, limit: SIZE, sort: 'changed', descending: true });
  return (
    <Answered query={list}>
      {({ total, cases }) => (
        <>
          <Turning total={total} offset={offset} size={SIZE} onTurn={(next) => onChange({ ...search, offset: next })} />
          <RecordTable
            caption={t('work:case.title')}
            rows={cases}
            keyOf={({ id }) => id}
            columns={columns}
            nothing={t('work:case.none')}
            file="cases"
          />
        </>
      )}
    </Answered>
  );
}
