import type { MyTask } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { Due } from '../parts/Due.js';
import { RecordTable } from '../parts/RecordTable.js';
import { Turning } from '../parts/Turning.js';
import { useWords } from '../parts/useWords.js';
import { useMyTasks } from '../queries.js';

const SIZE = 50;

/** What waits for the person, the nearest last day first. */
export function TasksPage() {
  const { t } = useLanguage();
  const words = useWords();
  const [offset, setOffset] = useState(0);
  const tasks = useMyTasks({ offset, limit: SIZE });
  usePageTitle(t('work:tasks.title'));
  const actionsOf = ({ actions }: MyTask) => actions.map(({ title }) => words(title)).join(t('common:listSeparator'));
  return (
    <>
      <h1>{t('work:tasks.title')}</h1>
      <Answered query={tasks}>
        {({ total, complete, tasks: rows }) => (
          <>
            {complete ? null : <p className="notice">{t('work:tasks.incomplete')}</p>}
            <RecordTable
              caption={t('work:tasks.title')}
              rows={rows}
              keyOf={(task) => `${task.case.id} ${task.kind} ${task.actions.map(({ id }) => id).join(' ')}`}
              nothing={t('work:tasks.none')}
              file="tasks"
              columns={[
                {
                  name: 'title',
                  title: t('work:case.one'),
                  show: (task) => (
                    <Link to="/cases/$id" params={{ id: task.case.id }}>
                      {task.case.title}
                    </Link>
                  ),
                  text: (task) => task.case.title,
                },
                {
                  name: 'process',
                  title: t('work:case.process'),
                  show: (task) => words(task.case.processTitle),
                  text: (task) => words(task.case.processTitle),
                },
                {
                  name: 'state',
                  title: t('work:case.state'),
                  show: (task) => words(task.case.stateTitle),
                  text: (task) => words(task.case.stateTitle),
                },
                { name: 'actions', title: t('work:tasks.actions'), show: actionsOf, text: actionsOf },
                {
                  name: 'due',
                  title: t('work:due'),
                  show: (task) => <Due due={task.due} overdue={task.case.overdue} />,
                  text: ({ due }) => due ?? '',
                },
              ]}
            />
            <Turning total={total} offset={offset} size={SIZE} onTurn={setOffset} />
          </>
        )}
      </Answered>
    </>
  );
}
