import type { TabledName } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import type { Slice } from '../../../charts/option.js';
import type { Palette } from '../../../charts/palette.js';
import { RANKING_ROW, rankingOption } from '../../../charts/ranking.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { type TableAnswer, useConcordances, useTable } from './classes.queries.js';

type Target = TableAnswer['targets'][number];

function useColumns(name: TabledName) {
  const { t, tag, language } = useLanguage();
  const nameOf = ({ names }: Target): string => names[language] ?? Object.values(names)[0] ?? '';
  return [
    {
      name: 'code',
      title: t('classes:fields.code'),
      show: ({ code }: Target) => code,
      text: ({ code }: Target) => code,
    },
    {
      name: 'name',
      title: t('classes:fields.name'),
      show: (one: Target) => (
        <Link to="/search" search={{ filter: [`${name}:${one.code}`] }}>
          {nameOf(one)}
        </Link>
      ),
      text: nameOf,
    },
    {
      name: 'documents',
      title: t('classes:fields.documents'),
      amount: true,
      show: ({ documents = 0 }: Target) => formatNumber(documents, tag),
      text: ({ documents = 0 }: Target) => documents,
    },
    {
      name: 'classes',
      title: t('classes:fields.classes'),
      show: ({ symbols, classes }: Target) =>
        `${symbols.join(t('common:listSeparator'))}${classes > symbols.length ? ' …' : ''}`,
      text: ({ symbols }: Target) => symbols.join(' '),
    },
  ];
}

function TableView({ name, answer }: { name: TabledName; answer: TableAnswer }) {
  const { t, tag, language } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const columns = useColumns(name);
  const slices = useMemo(
    () =>
      answer.targets.map(
        ({ code, names, documents = 0 }): Slice => ({
          value: code,
          label: `${code} ${names[language] ?? Object.values(names)[0] ?? ''}`,
          count: documents,
        }),
      ),
    [answer, language],
  );
  const draw = useCallback(
    (palette: Palette) => rankingOption(slices, { palette, format: (n) => formatNumber(n, tag) }),
    [slices, tag],
  );
  return (
    <>
      <p className="note">
        {t('classes:fields.edition', { edition: answer.edition })}
        {answer.unknown ? ` · ${t('classes:fields.unknown', { documents: formatNumber(answer.unknown, tag) })}` : ''}
      </p>
      <ChartRecords
        title={t(`fields:${name}`)}
        told={told(
          t(`fields:${name}`),
          slices.map(({ label, count }) => ({ label, amount: count })),
        )}
        draw={draw}
        height={slices.length * RANKING_ROW}
        onPick={(code) => void navigate({ to: '/search', search: { filter: [`${name}:${code}`] } })}
        columns={columns}
        rows={answer.targets}
        keyOf={({ code }) => code}
        file={name}
      />
    </>
  );
}

function OneTable({ name, loaded }: { name: TabledName; loaded: boolean }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useTable(name, true, loaded);
  return (
    <section aria-labelledby={`table-${name}`}>
      <h2 id={`table-${name}`}>{t(`fields:${name}`)}</h2>
      {loaded ? null : (
        <>
          <p className="prose">{t('classes:fields.none')}</p>
          <pre className="code class-command">quanlian concordance load table.xlsx --name {name} --edition 2021</pre>
        </>
      )}
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {loaded && data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : <TableView name={name} answer={data} />}
    </section>
  );
}

/** The fields of technology and the industries that classes lead to, with the documents of each. */
export function FieldsView() {
  const { data, error, refetch } = useConcordances();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const isLoaded = (name: TabledName) => data.editions.some((one) => one.name === name && one.current);
  return (
    <>
      <OneTable name="field35" loaded={isLoaded('field35')} />
      <OneTable name="industry" loaded={isLoaded('industry')} />
    </>
  );
}
