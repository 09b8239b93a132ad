import { useId, useState } from 'react';
import { formatBytes, formatShare } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Upload, useUploads } from './useUploads.js';

function UploadItem({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) {
  const { t, tag } = useLanguage();
  const { name, size, sent, error } = upload;
  if (error !== undefined) {
    return (
      <li>
        <strong>{name}</strong>
        <ErrorNotice error={error} />
        <button type="button" className="button button--small" onClick={onDismiss}>
          {t('common:close')}
        </button>
      </li>
    );
  }
  return (
    <li>
      {t('loads:sending', { name })} <progress max={Math.max(size, 1)} value={sent} aria-label={name} />{' '}
      <span className="note figures">
        {formatShare(sent, size, tag)} · {formatBytes(size, tag)}
      </span>
    </li>
  );
}

/** Takes files by button or by dropping them, and shows them on their way. */
export function DropZone() {
  const { t } = useLanguage();
  const { uploads, send, dismiss } = useUploads();
  const [over, setOver] = useState(false);
  const id = useId();
  return (
    <>
      <section
        className={over ? 'drop drop--over' : 'drop'}
        aria-label={t('loads:upload')}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send([...event.dataTransfer.files]);
        }}
      >
        <p>
          <input
            id={id}
            className="seen-by-readers-only drop__input"
            type="file"
            multiple
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              void send(files);
            }}
          />
          <label className="button button--main" htmlFor={id}>
            {t('loads:choose')}
          </label>{' '}
          <span className="quiet">{t('loads:drop')}</span>
        </p>
        <p className="note">{t('loads:formats')}</p>
      </section>
      <ul className="plain-list uploads" aria-live="polite">
        {uploads.map((upload) => (
          <UploadItem key={upload.id} upload={upload} onDismiss={() => dismiss(upload.id)} />
        ))}
      </ul>
    </>
  );
}
