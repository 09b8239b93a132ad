import type { RulePage as Page } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { formatNumber, formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { Facts } from '../parts/Facts.js';
import { RecordTable } from '../parts/RecordTable.js';
import { Section } from '../parts/Section.js';
import { useWords } from '../parts/useWords.js';
import { useRule } from '../queries.js';
import { Certainty } from './RulesPage.js';

type Version = Page['versions'][number];

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function Tests({ version }: { version: Version }) {
  const { t } = useLanguage();
  return (
    <RecordTable
      caption={t('work:rule.tests')}
      rows={version.tests.map((test, index) => ({ ...test, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        { name: 'input', title: t('work:rule.input'), show: ({ input }) => <code>{shown(input)}</code> },
        { name: 'expected', title: t('work:rule.expected'), show: ({ expected }) => <code>{shown(expected)}</code> },
        { name: 'actual', title: t('work:rule.actual'), show: ({ actual }) => <code>{shown(actual)}</code> },
        {
          name: 'passed',
          title: t('work:rule.tests'),
          show: ({ passed }) => (
            <span className={passed ? 'tag tag--good' : 'tag tag--wrong'}>
              {passed ? t('work:rule.passed') : t('work:rule.failed')}
            </span>
          ),
        },
      ]}
    />
  );
}

function VersionView({ version }: { version: Version }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const { article, source, certainty, verifiedOn, effectiveFrom, effectiveTo, parameters, uses, note } = version;
  const heading = t('work:rule.versionOf', { version: version.version });
  return (
    <Section title={version.inForce ? `${heading} · ${t('work:rule.inForceNow')}` : heading}>
      <Facts
        facts={[
          [t('work:rule.article'), article ?? t('work:rule.noArticle')],
          [t('work:rule.source'), source],
          [t('work:rule.certainty'), <Certainty key="certainty" certainty={certainty} />],
          [t('work:rule.verifiedOn'), verifiedOn],
          [t('work:rule.effective'), `${effectiveFrom ?? '…'} – ${effectiveTo ?? '…'}`],
          [t('work:rule.uses'), formatNumber(uses, tag)],
          [t('work:rule.parameters'), <code key="parameters">{shown(parameters)}</code>],
        ]}
      />
      {note === null ? null : <p className="notice">{words(note)}</p>}
      <Tests version={version} />
    </Section>
  );
}

function RuleView({ page }: { page: Page }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const first = page.versions.find(({ inForce }) => inForce) ?? page.versions[0];
  const title = first === undefined ? page.id : words(first.title);
  usePageTitle(title);
  return (
    <>
      <h1>{title}</h1>
      <p>
        <code>{page.id}</code> · <Link to="/rules">{t('work:rule.title')}</Link>
      </p>
      {page.versions.map((version) => (
        <VersionView key={version.version} version={version} />
      ))}
      <Section title={t('work:rule.processes')}>
        <RecordTable
          caption={t('work:rule.processes')}
          rows={page.processes}
          keyOf={({ id, deadline }) => `${id} ${deadline}`}
          columns={[
            {
              name: 'process',
              title: t('work:case.process'),
              show: (one) => (
                <Link to="/cases" search={{ process: one.id }}>
                  {words(one.title)}
                </Link>
              ),
            },
            { name: 'deadline', title: t('work:clocks'), show: ({ deadline }) => <code>{deadline}</code> },
          ]}
        />
      </Section>
      <Section title={t('work:rule.uses')}>
        <RecordTable
          caption={t('work:rule.uses')}
          rows={page.uses}
          keyOf={({ subjectId, field, usedAt }) => `${subjectId} ${field} ${usedAt}`}
          columns={[
            {
              name: 'subject',
              title: t('work:rule.usedIn'),
              show: ({ subjectKind, subjectId }) =>
                subjectKind === 'case' ? (
                  <Link to="/cases/$id" params={{ id: subjectId }}>
                    {t('work:case.one')} {subjectId.slice(0, 8)}
                  </Link>
                ) : (
                  <code>{`${subjectKind} ${subjectId.slice(0, 8)}`}</code>
                ),
            },
            { name: 'field', title: t('work:rule.field'), show: ({ field }) => <code>{field}</code> },
            { name: 'version', title: t('work:rule.version'), show: ({ version }) => version, amount: true },
            { name: 'at', title: t('work:rule.usedAt'), show: ({ usedAt }) => formatTime(usedAt, tag) },
          ]}
        />
      </Section>
    </>
  );
}

/** One rule: every version with source, certainty and examples, and where it was used. */
export function RulePage() {
  const { id } = useParams({ from: '/rules/$id' });
  return <Answered query={useRule(id)}>{(page) => <RuleView page={page} />}</Answered>;
}
