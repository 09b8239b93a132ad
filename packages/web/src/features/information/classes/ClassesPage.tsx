import type { SchemeName, SchemePlaceAnswer, SchemeVersion } from '@quanlian/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { CLASS_VIEWS, type ClassView } from './address.js';
import { CompareView } from './CompareView.js';
import { useFoundPlaces, usePlace, useSchemes } from './classes.queries.js';
import { FieldsView } from './FieldsView.js';
import { SuggestView } from './SuggestView.js';
import './classes.css';

const route = getRouteApi('/classes');

/** What the offices publish: the list of titles of the CPC, the scheme of the IPC in XML. */
const TITLE_FILES: Readonly<Record<SchemeName, string>> = { CPC: 'cpc-titles.zip', IPC: 'ipc-scheme.zip' };

function useTitle(): (place: SchemePlaceAnswer) => string {
  const { language } = useLanguage();
  return ({ titles }) => titles[language] ?? titles['en'] ?? Object.values(titles)[0] ?? '';
}

/** How many documents the place and all below it have, leading to them; nothing where they were not counted. */
function Documents({ place, scheme }: { place: SchemePlaceAnswer; scheme: SchemeName }) {
  const { t, tag } = useLanguage();
  if (place.documents === undefined) return null;
  return (
    <Link
      className="figures"
      to="/search"
      search={{ q: `${scheme.toLowerCase()}:${place.symbol.replace(/\s/g, '')}+` }}
      aria-label={t('classes:documents', { symbol: place.symbol, documents: formatNumber(place.documents, tag) })}
    >
      {formatNumber(place.documents, tag)}
    </Link>
  );
}

function Place({ place, scheme, version }: { place: SchemePlaceAnswer; scheme: SchemeName; version: string }) {
  const title = useTitle();
  return (
    <li className="place">
      <span className="place__symbol">
        {place.children > 0 ? (
          <Link className="code" to="/classes" search={{ scheme, version, symbol: place.symbol }}>
            {place.symbol}
          </Link>
        ) : (
          <span className="code">{place.symbol}</span>
        )}
      </span>
      <span className="place__title">{title(place)}</span>
      <Documents place={place} scheme={scheme} />
    </li>
  );
}

function Path({
  places,
  scheme,
  version,
}: {
  places: readonly SchemePlaceAnswer[];
  scheme: SchemeName;
  version: string;
}) {
  const { t } = useLanguage();
  const title = useTitle();
  return (
    <nav aria-label={t('classes:path')}>
      <ol className="class-path plain-list">
        <li>
          <Link to="/classes" search={{ scheme, version }}>
            {scheme} {version}
          </Link>
        </li>
        {places.map((place) => (
          <li key={place.symbol}>
            <Link className="code" to="/classes" search={{ scheme, version, symbol: place.symbol }}>
              {place.symbol}
            </Link>{' '}
            <span className="note">{title(place)}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Tree({ scheme, version, symbol }: { scheme: SchemeName; version: string; symbol: string | undefined }) {
  const { t } = useLanguage();
  const title = useTitle();
  const { data, error, refetch } = usePlace(scheme, version, symbol);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  return (
    <>
      <Path places={data.ancestors} scheme={scheme} version={version} />
      {data.place === null ? null : (
        <h2>
          <span className="code">{data.place.symbol}</span> {title(data.place)}
        </h2>
      )}
      <ul className="places plain-list">
        {data.place === null ? null : (
          <Place place={{ ...data.place, children: 0 }} scheme={scheme} version={version} />
        )}
        {data.children.map((place) => (
          <Place key={place.symbol} place={place} scheme={scheme} version={version} />
        ))}
      </ul>
      <p className="note">{t('classes:countNote')}</p>
    </>
  );
}

function Found({ scheme, version, words }: { scheme: SchemeName; version: string; words: string }) {
  const { t } = useLanguage();
  const title = useTitle();
  const { data, error, refetch } = useFoundPlaces(scheme, version, words);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.places.length === 0) return <p className="quiet">{t('classes:noneFound', { words })}</p>;
  return (
    <ul className="places plain-list">
      {data.places.map((place) => (
        <li key={place.symbol} className="place">
          <Link className="code" to="/classes" search={{ scheme, version, symbol: place.symbol }}>
            {place.symbol}
          </Link>
          <span>
            {title(place)}
            <span className="note place__path">{place.path.slice(2).map(title).join(' › ')}</span>
          </span>
          <Documents place={place} scheme={scheme} />
        </li>
      ))}
    </ul>
  );
}

function Chooser({ versions, chosen }: { versions: readonly SchemeVersion[]; chosen: SchemeVersion }) {
  const { t } = useLanguage();
  return (
    <nav className="local-nav" aria-label={t('classes:versions')}>
      <ul className="plain-list">
        {versions.map((one) => (
          <li key={`${one.scheme} ${one.version}`}>
            <Link
              to="/classes"
              search={{ scheme: one.scheme, version: one.version }}
              aria-current={one === chosen ? 'page' : undefined}
            >
              {one.scheme} {one.version}
              {one.builtin ? ` ${t('classes:builtin')}` : ''}
              {one.current ? ` (${t('classes:current')})` : ''}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Browser({
  versions,
  chosen,
  symbol,
}: {
  versions: SchemeVersion[];
  chosen: SchemeVersion;
  symbol: string | undefined;
}) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const field = useId();
  const { scheme, version } = chosen;
  return (
    <>
      <Chooser versions={versions} chosen={chosen} />
      <form
        className="row class-search"
        onSubmit={(event) => {
          event.preventDefault();
          setWords(typed.trim());
        }}
      >
        <label htmlFor={field}>{t('classes:words')}</label>
        <input
          id={field}
          type="search"
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button">
          {t('classes:find')}
        </button>
        {words === '' ? null : (
          <button
            type="button"
            className="button"
            onClick={() => {
              setWords('');
              setTyped('');
            }}
          >
            {t('classes:back')}
          </button>
        )}
      </form>
      {words === '' ? (
        <Tree scheme={scheme} version={version} symbol={symbol} />
      ) : (
        <Found scheme={scheme} version={version} words={words} />
      )}
    </>
  );
}

/** The ways to look at classes. */
function Views({
  view,
  scheme,
  symbol,
}: {
  view: ClassView;
  scheme: SchemeName | undefined;
  symbol: string | undefined;
}) {
  const { t } = useLanguage();
  return (
    <nav className="local-nav" aria-label={t('classes:view.label')}>
      <ul className="plain-list">
        {CLASS_VIEWS.map((name) => (
          <li key={name}>
            <Link
              to="/classes"
              search={{
                ...(scheme === undefined ? {} : { scheme }),
                ...(symbol === undefined ? {} : { symbol }),
                ...(name === 'tree' ? {} : { view: name }),
              }}
              aria-current={name === view ? 'page' : undefined}
            >
              {t(`classes:view.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The loaded classification schemes: a tree to walk, words to search by, and the documents of each place. */
export function ClassesPage() {
  const { t } = useLanguage();
  const { scheme, version, symbol, view = 'tree' } = route.useSearch();
  const { data, error, refetch } = useSchemes();
  usePageTitle(t('classes:title'));
  const versions = data?.versions ?? [];
  const asked = versions.find(
    (one) => one.scheme === scheme && (version === undefined ? one.current : one.version === version),
  );
  const chosen = asked ?? versions.find(({ current }) => current);
  return (
    <>
      <h1>{t('classes:title')}</h1>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      <Views view={view} scheme={chosen?.scheme} symbol={symbol} />
      {view === 'suggest' ? <SuggestView /> : null}
      {view === 'fields' ? <FieldsView /> : null}
      {view === 'compare' && chosen !== undefined ? (
        <CompareView key={chosen.scheme} scheme={chosen.scheme} versions={versions} symbol={symbol} />
      ) : null}
      {view === 'tree' && chosen !== undefined ? (
        <>
          <Browser
            key={`${chosen.scheme} ${chosen.version} ${symbol ?? ''}`}
            versions={versions}
            chosen={chosen}
            symbol={symbol}
          />
          {chosen.builtin ? (
            <>
              <p className="note">{t('classes:builtinNote')}</p>
              <pre className="code class-command">
                quanlian scheme load {TITLE_FILES[chosen.scheme]} --scheme {chosen.scheme} --edition 2026.01
              </pre>
            </>
          ) : null}
        </>
      ) : null}
    </>
  );
}
