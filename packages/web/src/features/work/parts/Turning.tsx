import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  total: number;
  offset: number;
  size: number;
  onTurn: (offset: number) => void;
}

/** How many records there are and which are shown, with the way to the ones before and after. */
export function Turning({ total, offset, size, onTurn }: Props) {
  const { t, tag } = useLanguage();
  const last = Math.min(total, offset + size);
  return (
    <p className="row figures">
      <span role="status">
        {t('work:shown', {
          from: formatNumber(total === 0 ? 0 : offset + 1, tag),
          to: formatNumber(last, tag),
          total: formatNumber(total, tag),
        })}
      </span>
      {total > size ? (
        <>
          <button
            type="button"
            className="button button--small"
            disabled={offset === 0}
            onClick={() => onTurn(Math.max(0, offset - size))}
          >
            {t('work:before')}
          </button>
          <button
            type="button"
            className="button button--small"
            disabled={last >= total}
            onClick={() => onTurn(offset + size)}
          >
            {t('work:after')}
          </button>
        </>
      ) : null}
    </p>
  );
}
