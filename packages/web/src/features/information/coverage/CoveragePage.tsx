import { useCorpus } from '../../../app/api/queries.js';
import type { CorpusAnswer } from '../../../app/api/types.js';
import { formatBytes, formatNumber } from '../../../app/format.js';
import { fieldName, officeName } from '../../../app/names.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { CountTable } from './CountTable.js';
import { CoverageDetail } from './CoverageDetail.js';
import './coverage.css';

function Totals({ corpus }: { corpus: CorpusAnswer }) {
  const { t, tag } = useLanguage();
  const facts = [
    ['documents', formatNumber(corpus.documents, tag)],
    ['records', formatNumber(corpus.records, tag)],
    ['provisional', formatNumber(corpus.provisional, tag)],
    ['bytes', formatBytes(corpus.bytes, tag)],
    ['segments', formatNumber(corpus.segments, tag)],
    ['sequence', formatNumber(corpus.sequence, tag)],
  ] as const;
  return (
    <dl className="totals">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`coverage:total.${name}`)}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the corpus holds, and so what an empty answer does and does not mean. */
export function CoveragePage() {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useCorpus();
  usePageTitle(t('coverage:title'));
  return (
    <>
      <h1>{t('coverage:title')}</h1>
      <p className="prose">{t('coverage:lead')}</p>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : (
        <>
          <Totals corpus={data} />
          <div className="coverage">
            <CountTable
              title={t('facets:name.office')}
              counts={data.byOffice}
              nameOf={(office) => `${office} ${officeName(office, t, tag)}`}
              filter="office"
            />
            <CountTable title={t('facets:name.kind')} counts={data.byKind} filter="kind" />
            <CountTable title={t('coverage:format')} counts={data.byFormat} note={t('coverage:formatNote')} />
            <CountTable
              title={t('coverage:field')}
              counts={data.byField}
              nameOf={(field) => fieldName(field, t)}
              note={t('coverage:fieldNote')}
            />
            <CountTable title={t('facets:name.year')} counts={data.byYear} filter="year" newestFirst />
          </div>
          <CoverageDetail />
        </>
      )}
    </>
  );
}
