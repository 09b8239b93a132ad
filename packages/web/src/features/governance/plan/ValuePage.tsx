import type { ValueLineage } from '@quanlian/contract';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { paperUrl } from '../../work/case/papers.js';
import { ActionForm, textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { LongField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { Turning } from '../../work/parts/Turning.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { Colour } from './Colour.js';
import { useLineage } from './queries.js';

/** A value may rest on twenty thousand records. */
const SIZE = 200;

type Source = ValueLineage['sources'][number];

/** Facts as a reader reads them: `name: value`. */
const factsOf = (facts: Source['facts']): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value ?? '–'}`)
    .join('; ');

function SourceLink({ source: { kind, refKind, refId, label } }: { source: Source }) {
  const text = label || refId;
  if (kind === 'paper')
    return (
      <a href={paperUrl(refId, true)} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  if (refKind === 'case')
    return (
      <Link to="/cases/$id" params={{ id: refId }}>
        {text}
      </Link>
    );
  if (refKind === 'publication')
    return (
      <Link to="/publications/$id" params={{ id: refId }}>
        {text}
      </Link>
    );
  return (
    <>
      {text} <span className="note">{refKind}</span>
    </>
  );
}

function Review({ value }: Pick<ValueLineage, 'value'>) {
  const { t } = useLanguage();
  const review = (accept: boolean) => (data: FormData) =>
    sendApi('POST', `/values/${value.id}/review`, {
      accept,
      note: textOrNone(data, 'note'),
      expectedVersion: value.version,
    });
  return (
    <>
      <ActionForm label={t('governance:value.accept')} submit={review(true)} />
      <ActionForm quiet label={t('governance:value.return')} submit={review(false)}>
        <LongField name="note" label={t('identity:why')} rows={2} required />
      </ActionForm>
    </>
  );
}

function LineageView({ lineage: { value, sources } }: { lineage: ValueLineage }) {
  const { t, tag } = useLanguage();
  const may = useMay();
  const nameOf = useOrganizationName();
  const [offset, setOffset] = useState(0);
  const rows = sources.map((source, index) => ({ ...source, index })).slice(offset, offset + SIZE);
  return (
    <>
      <Facts
        facts={[
          [t('governance:standing.value'), value.value === null ? t('common:unknown') : formatNumber(value.value, tag)],
          [t('governance:indicator.restated'), value.restated === null ? '–' : formatNumber(value.restated, tag)],
          [t('governance:onDay'), value.date],
          [t('identity:organization'), nameOf(value.organizationId)],
          [t('work:case.state'), t(`governance:valueState.${value.state}`)],
          [t('governance:colourName'), value.colour === null ? '–' : <Colour key="colour" colour={value.colour} />],
          [t('governance:definition.title'), t('work:rule.versionOf', { version: value.definitionVersion })],
          [
            t('work:rule.one'),
            value.rule === null ? (
              '–'
            ) : (
              <Link key="rule" to="/rules/$id" params={{ id: value.rule.ruleId }}>
                {value.rule.ruleId}
              </Link>
            ),
          ],
          [t('governance:value.undecided'), formatNumber(value.undecided, tag)],
        ]}
      />
      {value.note === null ? null : <p>{value.note}</p>}
      {value.reviewNote === null ? null : <p className="notice">{value.reviewNote}</p>}
      {value.state === 'reported' && may('indicator.review') ? <Review value={value} /> : null}
      <Section title={t('governance:lineage.title')}>
        <Turning total={sources.length} offset={offset} size={SIZE} onTurn={setOffset} />
        <RecordTable
          caption={t('governance:lineage.title')}
          rows={rows}
          keyOf={({ index }) => String(index)}
          file="lineage"
          columns={[
            {
              name: 'source',
              title: t('governance:record'),
              show: (source) => <SourceLink source={source} />,
              text: ({ label, refKind, refId }) => `${label} ${refKind} ${refId}`,
            },
            {
              name: 'facts',
              title: t('governance:lineage.facts'),
              show: ({ facts }) => factsOf(facts) || '–',
              text: ({ facts }) => factsOf(facts),
            },
            {
              name: 'contributes',
              title: t('governance:lineage.contributes'),
              amount: true,
              show: ({ contributes }) => (contributes === null ? '–' : formatNumber(contributes, tag)),
              text: ({ contributes }) => contributes ?? '',
            },
          ]}
        />
      </Section>
    </>
  );
}

/** A value and every record and paper it rests on. */
export function ValuePage() {
  const { t } = useLanguage();
  const { id } = useParams({ from: '/governance/values/$id' });
  usePageTitle(t('governance:lineage.page'));
  return (
    <>
      <GovernanceNav />
      <h1>{t('governance:lineage.page')}</h1>
      <Answered query={useLineage(id)}>{(lineage) => <LineageView key={id} lineage={lineage} />}</Answered>
    </>
  );
}
