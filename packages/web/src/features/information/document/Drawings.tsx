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

function Drawing({ figure, stored }: { figure: Figure; stored: StoredFile | undefined }) {
  const { t, tag } = useLanguage();
  const name = figure.number === undefined ? t('document:drawing') : t('document:figure', { number: figure.number });
  const address = stored === undefined ? '' : apiUrl(`/files/${stored.hash}`);
  return (
    <figure className="drawing">
      {stored !== undefined && SHOWN.has(stored.mediaType) ? (
        <a href={address}>
          <img src={address} alt={name} loading="lazy" decoding="async" />
        </a>
      ) : null}
      <figcaption>
        <strong>{name}</strong>
        {figure.text === undefined ? null : <span> {figure.text}</span>}
        <span className="note drawing__file">
          {stored === undefined ? (
            t('document:drawingMissing')
          ) : (
            <a href={address} download={figure.file}>
              {stored.mediaType} · {formatBytes(stored.size, tag)}
            </a>
          )}
        </span>
      </figcaption>
    </figure>
  );
}

/** Drawings that came with a load; those that did not are named. */
export function DrawingSection({ figures, files }: Props) {
  const { t } = useLanguage();
  if (figures.length === 0) return null;
  return (
    <section className="section text" aria-labelledby="drawings">
      <h2 id="drawings">{t('document:section.drawings')}</h2>
      <div className="drawings">
        {figures.map((figure, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: figures have no name of their own and keep their order.
          <Drawing key={i} figure={figure} stored={figure.file === undefined ? undefined : files[figure.file]} />
        ))}
      </div>
    </section>
  );
}
