import type { Research, ResearchYield } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber, formatShare } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMembers, useOrganizationName } from '../../identity/queries.js';
import { useMay, useSession } from '../../identity/session.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import type { ResearchFate } from './search.js';

function Yield({ figures }: { figures: ResearchYield }) {
  const { t, tag } = useLanguage();
  return (
    <dl className="totals">
      {(['projects', 'findings', 'adopted', 'rejected', 'open'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`governance:yield.${name}`)}</dt>
          <dd className="figures">
            <Link to="/governance/research" search={name === 'projects' ? {} : { fate: name }}>
              {formatNumber(figures[name], tag)}
            </Link>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('governance:yield.share')}</dt>
        <dd className="figures">{formatShare(figures.adopted, figures.findings, tag)}</dd>
      </div>
    </dl>
  );
}

/** The findings that one of the figures counts. */
function FindingsOf({ projects, fate }: { projects: readonly Research[]; fate: ResearchFate }) {
  const { t } = useLanguage();
  const words = useWords();
  const rows = projects.flatMap(({ id, title, findings }) =>
    findings
      .filter(({ state }) => fate === 'findings' || state === fate)
      .map((finding) => ({ ...finding, projectId: id, project: title })),
  );
  return (
    <Section title={t(`governance:yield.${fate}`)}>
      <RecordTable
        caption={t(`governance:yield.${fate}`)}
        rows={rows}
        keyOf={({ id }) => id}
        file={`research-${fate}`}
        columns={[
          {
            name: 'finding',
            title: t('governance:finding.one'),
            show: ({ projectId, text }) => (
              <Link to="/governance/research/$id" params={{ id: projectId }}>
                {text}
              </Link>
            ),
            text: ({ text }) => text,
          },
          {
            name: 'project',
            title: t('governance:research.one'),
            show: ({ project }) => words(project),
            text: ({ project }) => words(project),
          },
          {
            name: 'found',
            title: t('governance:finding.foundOn'),
            show: ({ foundOn }) => foundOn,
            text: ({ foundOn }) => foundOn,
          },
          {
            name: 'importance',
            title: t('governance:importanceName'),
            show: ({ importance }) => t(`governance:importance.${importance}`),
            text: ({ importance }) => t(`governance:importance.${importance}`),
          },
          {
            name: 'fate',
            title: t('work:case.state'),
            show: ({ state }) => t(`governance:findingFate.${state}`),
            text: ({ state }) => t(`governance:findingFate.${state}`),
          },
        ]}
      />
    </Section>
  );
}

function NewProject({ onDone }: { onDone: () => void }) {
  const { t } = useLanguage();
  const session = useSession();
  const nameOf = useOrganizationName();
  const own =
    session.state === 'signed-in'
      ? [...new Set(session.me.memberships.map(({ organizationId }) => organizationId))]
      : [];
  const [chosen, setChosen] = useState(own[0] ?? '');
  const people = useMembers(chosen).data?.members ?? [];
  const names = new Map(people.map(({ personId, name }) => [personId, name]));
  const begin = (data: FormData) =>
    sendApi('POST', '/research', {
      organizationId: chosen,
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
      question: textOf(data, 'question'),
      leadId: textOf(data, 'lead'),
      startsOn: textOf(data, 'from'),
      endsOn: textOf(data, 'to'),
    });
  return (
    <ActionForm label={t('governance:research.begin')} submit={begin} onDone={onDone}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        value={chosen}
        onChange={setChosen}
        choices={own.map((id) => ({ value: id, label: nameOf(id) }))}
      />
      <ChoiceField
        name="lead"
        label={t('governance:research.lead')}
        required
        choices={[...names].map(([value, label]) => ({ value, label }))}
      />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
      <TextField name="from" type="date" label={t('identity:from')} required />
      <TextField name="to" type="date" label={t('identity:until')} required />
      <LongField name="question" label={t('governance:research.question')} required />
    </ActionForm>
  );
}

/** Research projects, and how much of what they found became measures. */
export function ResearchPage() {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const nameOf = useOrganizationName();
  const { fate } = useSearch({ from: '/governance/research' });
  const research = useQuery({
    queryKey: ['research'],
    queryFn: ({ signal }) => callApi<{ projects: Research[]; yield: ResearchYield }>(apiUrl('/research'), { signal }),
  });
  usePageTitle(t('governance:research.title'));
  return (
    <>
      <GovernanceNav />
      <h1>{t('governance:research.title')}</h1>
      <Answered query={research}>
        {({ projects, yield: figures }) => (
          <>
            <Yield figures={figures} />
            {fate === undefined ? null : <FindingsOf projects={projects} fate={fate} />}
            <Section title={t('governance:research.projects')}>
              <RecordTable
                caption={t('governance:research.projects')}
                rows={projects}
                keyOf={({ id }) => id}
                file="research"
                columns={[
                  {
                    name: 'title',
                    title: t('governance:research.one'),
                    show: ({ id, title }) => (
                      <Link to="/governance/research/$id" params={{ id }}>
                        {words(title)}
                      </Link>
                    ),
                    text: ({ title }) => words(title),
                  },
                  {
                    name: 'organization',
                    title: t('identity:organization'),
                    show: ({ organizationId }) => nameOf(organizationId),
                    text: ({ organizationId }) => nameOf(organizationId),
                  },
                  {
                    name: 'days',
                    title: t('governance:batch.days'),
                    show: ({ startsOn, endsOn }) => `${startsOn} – ${endsOn}`,
                    text: ({ startsOn, endsOn }) => `${startsOn} – ${endsOn}`,
                  },
                  {
                    name: 'state',
                    title: t('work:case.state'),
                    show: ({ state }) => t(`governance:researchState.${state}`),
                    text: ({ state }) => t(`governance:researchState.${state}`),
                  },
                  {
                    name: 'findings',
                    title: t('governance:yield.findings'),
                    amount: true,
                    show: ({ findings }) => findings.length,
                    text: ({ findings }) => findings.length,
                  },
                ]}
              />
            </Section>
          </>
        )}
      </Answered>
      {may('research.edit') ? (
        <Fold label={t('governance:research.begin')}>{(close) => <NewProject onDone={close} />}</Fold>
      ) : null}
    </>
  );
}
