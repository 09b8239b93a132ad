import type { SchemeComparison, SchemeName, SchemeVersion } from '@quanlian/contract';
import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useComparison } from './classes.queries.js';

type Change = SchemeComparison['changes'][number];

function Changes({ comparison }: { comparison: SchemeComparison }) {
  const { t, tag, language } = useLanguage();
  const { new: added, deleted, moved, retitled } = comparison.counts;
  const figure = (amount: number) => formatNumber(amount, tag);
  const all = added + deleted + moved + retitled;
  if (all === 0) return <p className="quiet">{t('classes:compare.same')}</p>;
  const titleOf = ({ titles }: Change) => titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '';
  const parentsOf = ({ parents: { before, after } }: Change) =>
    before === after ? (after ?? '') : `${before ?? '–'} → ${after ?? '–'}`;
  const columns = [
    {
      name: 'change',
      title: t('classes:compare.change'),
      show: ({ change }: Change) => t(`classes:compare.${change}`),
      text: ({ change }: Change) => change,
    },
    {
      name: 'symbol',
      title: t('classes:compare.symbol'),
      show: ({ symbol }: Change) => <span className="code">{symbol}</span>,
      text: ({ symbol }: Change) => symbol,
    },
    { name: 'title', title: t('classes:compare.title'), show: titleOf, text: titleOf },
    { name: 'parents', title: t('classes:compare.parents'), show: parentsOf, text: parentsOf },
  ];
  return (
    <>
      <p>
        {t('classes:compare.counts', {
          new: figure(added),
          deleted: figure(deleted),
          moved: figure(moved),
          retitled: figure(retitled),
        })}{' '}
        {all > comparison.changes.length
          ? t('classes:compare.first', { shown: figure(comparison.changes.length) })
          : null}
      </p>
      <RecordTable
        caption={t('classes:view.compare')}
        columns={columns}
        rows={comparison.changes}
        keyOf={({ symbol }) => symbol}
        file={`${comparison.scheme}-${comparison.from}-${comparison.to}`}
      />
    </>
  );
}

interface Props {
  scheme: SchemeName;
  versions: readonly SchemeVersion[];
  symbol: string | undefined;
}

/** What differs between two versions of a scheme, at the place that is looked at or everywhere. */
export function CompareView({ scheme, versions, symbol }: Props) {
  const { t } = useLanguage();
  const own = versions.filter((one) => one.scheme === scheme && one.builtin !== true).map(({ version }) => version);
  const [from, setFrom] = useState(own[0] ?? '');
  const [to, setTo] = useState(own[1] ?? '');
  const ids = { from: useId(), to: useId() };
  const { data, error, refetch } = useComparison(scheme, from, to, symbol);
  if (own.length < 2) return <p className="quiet">{t('classes:compare.one', { scheme })}</p>;
  const choice = (id: string, name: 'from' | 'to', value: string, choose: (version: string) => void) => (
    <>
      <label htmlFor={id}>{t(`classes:compare.${name}`)}</label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        {own.map((version) => (
          <option key={version}>{version}</option>
        ))}
      </select>
    </>
  );
  return (
    <>
      <p className="row">
        {scheme} {symbol} {choice(ids.from, 'from', from, setFrom)} {choice(ids.to, 'to', to, setTo)}
      </p>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && from !== to ? <Waiting /> : null}
      {data === undefined ? null : <Changes comparison={data} />}
    </>
  );
}
