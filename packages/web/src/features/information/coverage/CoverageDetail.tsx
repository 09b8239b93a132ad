import type { CorpusCoverage, CoverageGap, CoverageKind } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useId, useMemo, useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { formatNumber } from '../../../app/format.js';
import { officeName } from '../../../app/names.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import type { Palette } from '../../../charts/palette.js';
import { trendOption } from '../../../charts/trend.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useTargetName } from '../classes/classes.queries.js';
import { CoverageSpots } from './CoverageSpots.js';

const CHART_HEIGHT = 200;

const useCoverage = () =>
  useQuery({
    queryKey: ['coverage'],
    queryFn: ({ signal }) => callApi<CorpusCoverage>(apiUrl('/coverage'), { signal }),
  });

/** Documents by year of one office or all, drawn and listed. */
function Years({ coverage, office }: { coverage: CorpusCoverage; office: string }) {
  const { t, tag } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const rows = useMemo(() => {
    const years = new Map<string, number>();
    for (const row of coverage.rows) {
      if (row.year === null || (office !== '' && row.office !== office)) continue;
      years.set(row.year, (years.get(row.year) ?? 0) + row.documents);
    }
    return [...years].sort().map(([year, documents]) => ({ value: year, label: year, count: documents }));
  }, [coverage, office]);
  const draw = useCallback(
    (palette: Palette) => trendOption(rows, { palette, format: (n) => formatNumber(n, tag) }),
    [rows, tag],
  );
  const filters = (year: string) => [`year:${year}`, ...(office === '' ? [] : [`office:${office}`])];
  const top = rows.reduce((most, row) => (row.count > (most?.count ?? -1) ? row : most), rows[0]);
  const columns = [
    {
      name: 'year',
      title: t('facets:name.year'),
      show: ({ value }: (typeof rows)[number]) => (
        <Link to="/search" search={{ filter: filters(value) }}>
          {value}
        </Link>
      ),
      text: ({ value }: (typeof rows)[number]) => value,
    },
    {
      name: 'documents',
      title: t('coverage:documents'),
      amount: true,
      show: ({ count }: (typeof rows)[number]) => formatNumber(count, tag),
      text: ({ count }: (typeof rows)[number]) => count,
    },
  ];
  return (
    <>
      {top === undefined ? null : (
        <p className="note">
          {t('coverage:yearsText', {
            first: rows[0]?.value ?? '',
            last: rows.at(-1)?.value ?? '',
            top: top.value,
            documents: formatNumber(top.count, tag),
          })}
        </p>
      )}
      <ChartRecords
        title={t('coverage:years')}
        told={told(
          t('coverage:years'),
          rows.map(({ label, count }) => ({ label, amount: count })),
        )}
        draw={draw}
        height={CHART_HEIGHT}
        onPick={(year) => void navigate({ to: '/search', search: { filter: filters(year) } })}
        columns={columns}
        rows={rows}
        keyOf={({ value }) => value}
        file="coverage-years"
      />
    </>
  );
}

function Kinds({ kinds }: { kinds: readonly CoverageKind[] }) {
  const { t, tag } = useLanguage();
  const amount = (name: 'documents' | 'abstracts' | 'claims' | 'descriptions') => ({
    name,
    title: t(`coverage:${name}`),
    amount: true,
    show: (one: CoverageKind) => formatNumber(one[name], tag),
    text: (one: CoverageKind) => one[name],
  });
  const columns = [
    {
      name: 'office',
      title: t('coverage:office'),
      show: ({ office }: CoverageKind) => `${office} ${officeName(office, t, tag)}`,
      text: ({ office }: CoverageKind) => office,
    },
    {
      name: 'kind',
      title: t('coverage:kind'),
      show: ({ office, kind }: CoverageKind) => (
        <Link to="/search" search={{ filter: [`office:${office}`, `kind:${kind ?? 'unknown'}`] }}>
          {kind ?? t('coverage:noKind')}
        </Link>
      ),
      text: ({ kind }: CoverageKind) => kind ?? '',
    },
    amount('documents'),
    {
      name: 'first',
      title: t('coverage:first'),
      show: ({ first }: CoverageKind) => <span className="figures">{first ?? t('coverage:undated')}</span>,
      text: ({ first }: CoverageKind) => first ?? '',
    },
    {
      name: 'last',
      title: t('coverage:last'),
      show: ({ last }: CoverageKind) => <span className="figures">{last ?? t('coverage:undated')}</span>,
      text: ({ last }: CoverageKind) => last ?? '',
    },
    amount('abstracts'),
    amount('claims'),
    amount('descriptions'),
  ];
  return (
    <RecordTable
      caption={t('coverage:table.kinds')}
      columns={columns}
      rows={kinds}
      keyOf={({ office, kind }) => `${office} ${kind}`}
      file="coverage-kinds"
    />
  );
}

function Gaps({ gaps }: { gaps: readonly CoverageGap[] }) {
  const { t, tag } = useLanguage();
  const missing = ({ gap, when, documents, expected }: CoverageGap): string => {
    const amounts = { documents: formatNumber(documents, tag), expected: formatNumber(expected, tag) };
    return `${t(`coverage:gap.${gap}`)}: ${when === null ? t('coverage:textless', amounts) : t('coverage:thin', amounts)}`;
  };
  const columns = [
    {
      name: 'office',
      title: t('coverage:office'),
      show: (one: CoverageGap) => one.office,
      text: (one: CoverageGap) => one.office,
    },
    {
      name: 'kind',
      title: t('coverage:kind'),
      show: (one: CoverageGap) => one.kind ?? '',
      text: (one: CoverageGap) => one.kind ?? '',
    },
    {
      name: 'when',
      title: t('coverage:when'),
      show: (one: CoverageGap) => one.when ?? '',
      text: (one: CoverageGap) => one.when ?? '',
    },
    { name: 'what', title: t('coverage:what'), show: missing, text: missing },
  ];
  return (
    <RecordTable
      caption={t('coverage:gaps')}
      columns={columns}
      rows={gaps}
      keyOf={({ gap, office, kind, when }) => `${gap} ${office} ${kind} ${when}`}
      nothing={t('coverage:noGaps')}
      file="coverage-gaps"
    />
  );
}

function Fields({ fields }: { fields: CorpusCoverage['fields'] }) {
  const { t, tag } = useLanguage();
  const nameOf = useTargetName();
  type Row = CorpusCoverage['fields'][number];
  const columns = [
    { name: 'year', title: t('facets:name.year'), show: ({ year }: Row) => year, text: ({ year }: Row) => year },
    {
      name: 'field',
      title: t('coverage:fieldName'),
      show: ({ year, field }: Row) => (
        <Link to="/search" search={{ filter: [`field35:${field}`, `year:${year}`] }}>
          {nameOf('field35', field)}
        </Link>
      ),
      text: ({ field }: Row) => nameOf('field35', field),
    },
    {
      name: 'documents',
      title: t('coverage:documents'),
      amount: true,
      show: ({ documents }: Row) => formatNumber(documents, tag),
      text: ({ documents }: Row) => documents,
    },
  ];
  return (
    <details>
      <summary>{t('coverage:yearField')}</summary>
      <RecordTable
        caption={t('coverage:yearField')}
        columns={columns}
        rows={fields}
        keyOf={({ year, field }) => `${year} ${field}`}
        file="coverage-fields"
      />
    </details>
  );
}

/** The whole counts as files, and the authority file of each office. */
function Files({ offices }: { offices: readonly string[] }) {
  const { t } = useLanguage();
  const tables = ['rows', 'kinds', 'fields', 'gaps'] as const;
  return (
    <>
      <p className="row">
        {tables.flatMap((table) =>
          (['csv', 'xlsx'] as const).map((format) => (
            <a key={`${table} ${format}`} href={apiUrl('/coverage/export', { table, format })}>
              {t('coverage:save', { table: t(`coverage:table.${table}`), format: format.toUpperCase() })}
            </a>
          )),
        )}
      </p>
      <h3>{t('coverage:authority')}</h3>
      <ul className="row plain-list">
        {offices.map((office) => (
          <li key={office}>
            <a href={apiUrl('/coverage/authority-file', { office, form: 'xml' })}>{`${office} XML`}</a>
            {' · '}
            <a href={apiUrl('/coverage/authority-file', { office, form: 'txt' })}>{`${office} TXT`}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Counted({ coverage }: { coverage: CorpusCoverage }) {
  const { t, tag } = useLanguage();
  const [office, setOffice] = useState('');
  const choice = useId();
  const offices = [...new Set(coverage.kinds.map((one) => one.office))];
  const own = <Row extends { office: string }>(rows: readonly Row[]) =>
    office === '' ? rows : rows.filter((row) => row.office === office);
  return (
    <>
      <p className="row">
        <label htmlFor={choice}>{t('coverage:office')}</label>
        <select id={choice} value={office} onChange={(event) => setOffice(event.target.value)}>
          <option value="">{t('coverage:all')}</option>
          {offices.map((one) => (
            <option key={one} value={one}>
              {one} {officeName(one, t, tag)}
            </option>
          ))}
        </select>
      </p>
      <h3>{t('coverage:years')}</h3>
      <Years coverage={coverage} office={office} />
      <h3>{t('coverage:table.kinds')}</h3>
      <Kinds kinds={own(coverage.kinds)} />
      <h3>{t('coverage:gaps')}</h3>
      <Gaps gaps={own(coverage.gaps)} />
      <CoverageSpots coverage={coverage} office={office} />
      <Fields fields={coverage.fields} />
      <h3>{t('coverage:files')}</h3>
      <Files offices={offices} />
    </>
  );
}

/** What is held by office, kind, year and field, and what is missing (WIPO ST.37). */
export function CoverageDetail() {
  const { t } = useLanguage();
  const { data, error, refetch } = useCoverage();
  return (
    <section aria-labelledby="coverage-detail" className="bounded-rows">
      <h2 id="coverage-detail">{t('coverage:detail')}</h2>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : data.documents === 0 ? (
        <p className="quiet">{t('coverage:nothing')}</p>
      ) : (
        <Counted coverage={data} />
      )}
    </section>
  );
}
