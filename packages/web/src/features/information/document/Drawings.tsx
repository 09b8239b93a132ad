import type { Figure } from '@quanlian/contract';
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

function Drawing({ figure, stored }: { figure: Figure; stored: StoredFile }) {
  const { tag } = useLanguage();
  const name = useFigureName()(figure);
  const address = apiUrl(`/files/${stored.hash}`);
  return (
    <figure className="drawing">
      {SHOWN.has(stored.mediaType) ? (
        <a href={address}>
          <img src={address} alt={name} loading="lazy" decoding="async" />
        </a>
      ) : null}
      <figcaption>
        <strong>{name}</strong>
        {figure.text === undefined ? null : <span> {figure.text}</span>}
        <a className="note drawing__file" href={address} download={figure.file}>
          {stored.mediaType} · {formatBytes(stored.size, tag)}
        </a>
      </figcaption>
    </figure>
  );
}

/** Drawings that came with a load; those that did not are named. */
export function DrawingSection({ figures, files }: Props) {
  const { t } = useLanguage();
  const nameOf = useFigureName();
  if (figures.length === 0) return null;
  const stored = figures.map((figure) => ({
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
