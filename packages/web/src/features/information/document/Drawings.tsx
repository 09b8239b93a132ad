import type { Figure } from '@quanlian/contract';
import { useState } from 'react';
import { apiUrl } from '../../../app/api/client.js';
import type { StoredFile } from '../../../app/api/types.js';
import { formatBytes } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** What a browser shows and the server serves as an image. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif']);

interface Props {
  figures: readonly Figure[];
  files: Record<string, StoredFile>;
}

/** A figure by its number, or as a drawing without one. */
function useFigureName(): (figure: Figure) => string {
  const { t } = useLanguage();
  return ({ number }) => (number === undefined ? t('document:drawing') : t('document:figure', { number }));
}

/** A page of a stored file as a browser can show it; a file that cannot be converted says so. */
function Page({ stored, page, name }: { stored: StoredFile; page: number; name: string }) {
  const { t } = useLanguage();
  const [refused, setRefused] = useState(false);
  const original = apiUrl(`/files/${stored.hash}`);
  const address = SHOWN.has(stored.mediaType) ? original : apiUrl(`/files/${stored.hash}/pages/${page}`);
  if (refused) return <p className="note drawing__refused">{t('document:drawingRefused')}</p>;
  return (
    <a href={address}>
      <img src={address} alt={name} loading="lazy" decoding="async" onError={() => setRefused(true)} />
    </a>
  );
}

function Drawing({ figure, stored }: { figure: Figure; stored: StoredFile }) {
  const { t, tag } = useLanguage();
  const [page, setPage] = useState(1);
  const name = useFigureName()(figure);
  const shownName = stored.pages > 1 ? `${name}, ${t('document:pageOf', { page, pages: stored.pages })}` : name;
  return (
    <figure className="drawing">
      <Page key={page} stored={stored} page={page} name={shownName} />
      <figcaption>
        <strong>{name}</strong>
        {figure.text === undefined ? null : <span> {figure.text}</span>}
        {stored.pages === 1 ? null : (
          <div className="row">
            <button
              type="button"
              className="button button--quiet"
              disabled={page === 1}
              onClick={() => setPage(page - 1)}
            >
              {t('document:pageBefore')}
            </button>
            <span className="note">{t('document:pageOf', { page, pages: stored.pages })}</span>
            <button
              type="button"
              className="button button--quiet"
              disabled={page === stored.pages}
              onClick={() => setPage(page + 1)}
            >
              {t('document:pageAfter')}
            </button>
          </div>
        )}
        <a className="note drawing__file" href={apiUrl(`/files/${stored.hash}`)} download={figure.file}>
          {t('document:drawingOriginal')} {stored.mediaType} · {formatBytes(stored.size, tag)}
        </a>
      </figcaption>
    </figure>
  );
}

/** Drawings that came with a load; those that did not are named. */
export function DrawingSection({ figures, files }: Props) {
  const { t } = useLanguage();
  const nameOf = useFigureName();
  const named = new Set(figures.map(({ file }) => file));
  // Page images of the whole publication are no figure of it.
  const whole = Object.keys(files).filter((file) => !named.has(file));
  const all = [...figures, ...whole.map((file): Figure => ({ file, text: t('document:wholePublication') }))];
  if (all.length === 0) return null;
  const stored = all.map((figure) => ({
    figure,
    file: figure.file === undefined ? undefined : files[figure.file],
  }));
  const missing = stored.filter(({ file }) => file === undefined).map(({ figure }) => nameOf(figure));
  return (
    <section className="section text" aria-labelledby="drawings">
      <h2 id="drawings">{t('document:section.drawings')}</h2>
      <div className="drawings">
        {stored.map(({ figure, file }, i) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: figures have no name of their own and keep their order.
          file === undefined ? null : <Drawing key={i} figure={figure} stored={file} />,
        )}
      </div>
      {missing.length === 0 ? null : (
        <p className="note">
          {t('document:drawingsMissing', { drawings: [...new Set(missing)].join(t('common:listSeparator')) })}
        </p>
      )}
    </section>
  );
}
