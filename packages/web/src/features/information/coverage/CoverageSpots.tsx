import type { CorpusCoverage, NumberCoverage, NumberSeries, WeekCoverage } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useTargetName } from '../classes/classes.queries.js';

interface Spot {
  readonly office: string;
  readonly kind: string;
}

const useWeeks = (spot: Spot, year: string, field: string) =>
  useQuery({
    queryKey: ['coverage-weeks', spot, year, field],
    queryFn: ({ signal }) =>
      callApi<WeekCoverage>(apiUrl('/coverage/weeks', { ...spot, year, field: field === '' ? undefined : field }), {
        signal,
      }),
  });

const useNumbers = (spot: Spot) =>
  useQuery({
    queryKey: ['coverage-numbers', spot],
    queryFn: ({ signal }) => callApi<NumberCoverage>(apiUrl('/coverage/numbers', { ...spot }), { signal }),
  });

function Weeks({ spot, year, field }: { spot: Spot; year: string; field: string }) {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useWeeks(spot, year, field);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  type Row = WeekCoverage['weeks'][number];
  const remark = ({ expected }: Row): string =>
    expected === null ? '' : t('coverage:thinWeek', { expected: formatNumber(expected, tag) });
  const columns = [
    { name: 'week', title: t('coverage:week'), show: ({ week }: Row) => week, text: ({ week }: Row) => week },
    { name: 'from', title: t('coverage:weekFrom'), show: ({ from }: Row) => from, text: ({ from }: Row) => from },
    { name: 'to', title: t('coverage:weekTo'), show: ({ to }: Row) => to, text: ({ to }: Row) => to },
    {
      name: 'documents',
      title: t('coverage:documents'),
      amount: true,
      show: ({ documents }: Row) => formatNumber(documents, tag),
      text: ({ documents }: Row) => documents,
    },
    { name: 'remark', title: t('coverage:remark'), show: remark, text: remark },
  ];
  const documents = data.weeks.reduce((sum, one) => sum + one.documents, 0);
  const thin = data.weeks.filter(({ expected }) => expected !== null).length;
  return (
    <div className="bounded-rows">
      <p className="note" role="status">
        {t('coverage:weekText', { year, documents: formatNumber(documents, tag), thin: formatNumber(thin, tag) })}
      </p>
      <RecordTable
        caption={`${t('coverage:week')} ${spot.office} ${spot.kind} ${year}`}
        columns={columns}
        rows={data.weeks}
        keyOf={({ week }) => week}
        file={`weeks-${spot.office}-${spot.kind}-${year}`}
      />
    </div>
  );
}

const MOST_RUNS = 3;

function Numbers({ spot }: { spot: Spot }) {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useNumbers(spot);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const runs = ({ gaps }: NumberSeries, most: number): string =>
    gaps
      .slice(0, most)
      .map(({ from, to, missing }) => `${from}–${to} (${formatNumber(missing, tag)})`)
      .join('; ');
  const plain = (name: 'series' | 'first' | 'last', title: string) => ({
    name,
    title,
    show: (one: NumberSeries) => one[name],
    text: (one: NumberSeries) => one[name],
  });
  const amount = (name: 'documents' | 'missing') => ({
    name,
    title: t(`coverage:${name}`),
    amount: true,
    show: (one: NumberSeries) => formatNumber(one[name], tag),
    text: (one: NumberSeries) => one[name],
  });
  const columns = [
    plain('series', t('coverage:series')),
    plain('first', t('coverage:firstNumber')),
    plain('last', t('coverage:lastNumber')),
    amount('documents'),
    amount('missing'),
    {
      name: 'runs',
      title: t('coverage:runs'),
      show: (one: NumberSeries) => runs(one, MOST_RUNS),
      text: (one: NumberSeries) => runs(one, one.gaps.length),
    },
  ];
  return (
    <div className="bounded-rows">
      <RecordTable
        caption={`${t('coverage:numbers')} ${spot.office} ${spot.kind}`}
        columns={columns}
        rows={data.series}
        keyOf={({ series }) => series}
        file={`numbers-${spot.office}-${spot.kind}`}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly (readonly [value: string, name: string])[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

function Choice({ label, values, value, choose }: ChoiceProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => choose(target.value)}>
        {values.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

/** The weeks of a year and the missing numbers of one kind of an office, counted when it is opened. */
export function CoverageSpots({ coverage, office }: { coverage: CorpusCoverage; office: string }) {
  const { t } = useLanguage();
  const nameOf = useTargetName();
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState({ spot: '', year: '', field: '' });
  const spots = coverage.kinds.flatMap((one) =>
    one.kind === null || (office !== '' && one.office !== office) ? [] : [{ office: one.office, kind: one.kind }],
  );
  const keyOf = (one: Spot): string => `${one.office} ${one.kind}`;
  const spot = spots.find((one) => keyOf(one) === picked.spot) ?? spots[0];
  if (spot === undefined) return null;
  const years = coverage.rows
    .flatMap((row) => (row.office === spot.office && row.kind === spot.kind && row.year !== null ? [row.year] : []))
    .sort()
    .reverse();
  const year = years.find((one) => one === picked.year) ?? years[0];
  const fields = [...new Set(coverage.fields.map(({ field }) => field))].sort((a, b) => Number(a) - Number(b));
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('coverage:spots')}</summary>
      <p className="note">{t('coverage:spotsNote')}</p>
      <p className="row">
        <Choice
          label={t('coverage:kind')}
          values={spots.map((one) => [keyOf(one), keyOf(one)])}
          value={keyOf(spot)}
          choose={(value) => setPicked({ ...picked, spot: value })}
        />
        {year === undefined ? null : (
          <Choice
            label={t('coverage:year')}
            values={years.map((one) => [one, one])}
            value={year}
            choose={(value) => setPicked({ ...picked, year: value })}
          />
        )}
        <Choice
          label={t('coverage:fieldName')}
          values={[['', t('coverage:allFields')], ...fields.map((one) => [one, nameOf('field35', one)] as const)]}
          value={picked.field}
          choose={(value) => setPicked({ ...picked, field: value })}
        />
      </p>
      {open && year !== undefined ? <Weeks spot={spot} year={year} field={picked.field} /> : null}
      {open ? <Numbers spot={spot} /> : null}
    </details>
  );
}
