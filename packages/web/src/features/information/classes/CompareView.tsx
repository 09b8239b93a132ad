import { SCHEMES, type SchemeComparison, type SchemeName, type SchemeVersion } from '@quanlian/contract';
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
  const inLanguage = (titles: Change['titles']) => titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '';
  const titleOf = ({ titles, before }: Change) =>
    before === undefined ? inLanguage(titles) : `${inLanguage(before)} → ${inLanguage(titles)}`;
  const parentsOf = ({ parents: { before, after } }: Change) =>
    before === after ? (after ?? '') : `${before ?? '–'} → ${after ?? '–'}`;
  const columns = [
    {
      name: 'change',
      title: t('classes:compare.change'),
      show: ({ change }: Change) => t(`classes:compare.${change}`),
      text: ({ change }: Change) => t(`classes:compare.${change}`),
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

interface ChoiceProps<Value extends string> {
  label: string;
  values: readonly Value[];
  value: Value;
  choose: (value: Value) => void;
}

function Choice<Value extends string>({ label, values, value, choose }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => choose(values.find((one) => one === target.value) ?? value)}
      >
        {values.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </>
  );
}

interface PairProps {
  scheme: SchemeName;
  /** The loaded versions of the scheme, two at least. */
  loaded: readonly string[];
  symbol: string | undefined;
}

/** Two versions of a scheme and what differs between them. */
function Pair({ scheme, loaded, symbol }: PairProps) {
  const { t } = useLanguage();
  // The list has the newest first; a change leads from the older to the newer.
  const [from, setFrom] = useState(loaded[1] ?? '');
  const [to, setTo] = useState(loaded[0] ?? '');
  const { data, error, refetch } = useComparison(scheme, from, to, symbol);
  return (
    <>
      <p className="row">
        {symbol === undefined ? null : <span className="code">{symbol}</span>}
        <Choice label={t('classes:compare.from')} values={loaded} value={from} choose={setFrom} />
        <Choice label={t('classes:compare.to')} values={loaded} value={to} choose={setTo} />
      </p>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {from === to ? <p className="quiet">{t('classes:compare.same')}</p> : null}
      {data === undefined && error === null && from !== to ? <Waiting /> : null}
      {data === undefined ? null : <Changes comparison={data} />}
    </>
  );
}

interface Props {
  /** The scheme that was looked at before. */
  scheme: SchemeName;
  versions: readonly SchemeVersion[];
  symbol: string | undefined;
}

/** What differs between two versions of a scheme, at the place that is looked at or everywhere. */
export function CompareView({ scheme: first, versions, symbol }: Props) {
  const { t } = useLanguage();
  const [scheme, setScheme] = useState(first);
  const loaded = versions
    .filter((one) => one.scheme === scheme && one.builtin !== true)
    .map(({ version }) => version)
    .toSorted()
    .toReversed();
  return (
    <>
      <p className="row">
        <Choice label={t('classes:compare.scheme')} values={SCHEMES} value={scheme} choose={setScheme} />
      </p>
      {loaded.length < 2 ? (
        <p className="quiet">{t('classes:compare.one', { scheme })}</p>
      ) : (
        <Pair key={scheme} scheme={scheme} loaded={loaded} symbol={symbol} />
      )}
    </>
  );
}
