import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { RecordTable } from '../parts/RecordTable.js';
import { useTold, useWords } from '../parts/useWords.js';
import { useRules } from '../queries.js';

/** How sure a rule is, in words and by a tag. */
export function Certainty({ certainty }: { certainty: string }) {
  const told = useTold();
  const isSure = certainty === 'verified' || certainty === 'high';
  return (
    <span className={isSure ? 'tag tag--good' : 'tag tag--notice'}>
      {told(`work:certainty.${certainty}`, certainty)}
    </span>
  );
}

/** The rules that deadlines, fees and figures follow, each with its source and how sure it is. */
export function RulesPage() {
  const { t } = useLanguage();
  const words = useWords();
  const told = useTold();
  const rules = useRules();
  usePageTitle(t('work:rule.title'));
  return (
    <>
      <h1>{t('work:rule.title')}</h1>
      <p className="prose">{t('work:rule.lead')}</p>
      <Answered query={rules}>
        {({ rules: rows }) => (
          <RecordTable
            caption={t('work:rule.title')}
            rows={rows}
            keyOf={({ id }) => id}
            file="rules"
            columns={[
              {
                name: 'title',
                title: t('work:rule.one'),
                show: ({ id, title }) => (
                  <Link to="/rules/$id" params={{ id }}>
                    {words(title)}
                  </Link>
                ),
                text: ({ title }) => words(title),
              },
              { name: 'id', title: t('work:rule.id'), show: ({ id }) => <code>{id}</code>, text: ({ id }) => id },
              {
                name: 'article',
                title: t('work:rule.article'),
                show: ({ article }) => article ?? <span className="quiet">{t('work:rule.noArticle')}</span>,
                text: ({ article }) => article ?? '',
              },
              {
                name: 'certainty',
                title: t('work:rule.certainty'),
                show: ({ certainty }) => <Certainty certainty={certainty} />,
                text: ({ certainty }) => told(`work:certainty.${certainty}`, certainty),
              },
              {
                name: 'inForce',
                title: t('work:rule.inForce'),
                show: ({ inForce }) =>
                  inForce === null ? t('work:rule.notInForce') : t('work:rule.versionOf', { version: inForce }),
                text: ({ inForce }) => inForce ?? '',
              },
              {
                name: 'tests',
                title: t('work:rule.tests'),
                show: ({ testsPassed }) => (
                  <span className={testsPassed ? 'tag tag--good' : 'tag tag--wrong'}>
                    {testsPassed ? t('work:rule.passed') : t('work:rule.failed')}
                  </span>
                ),
                text: ({ testsPassed }) => (testsPassed ? t('work:rule.passed') : t('work:rule.failed')),
              },
            ]}
          />
        )}
      </Answered>
    </>
  );
}
