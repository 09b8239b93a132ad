import { SYNTAXES, type Syntax } from '@quanlian/contract';
import { useId } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { Loss } from './useDraft.js';

interface Props {
  syntax: Syntax;
  onChange: (syntax: Syntax) => void;
  loss: Loss | undefined;
  onUndo: () => void;
}

/** The language of the query; changing it translates the query and says what has no writing there. */
export function LanguageChoice({ syntax, onChange, loss, onUndo }: Props) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <div className="row query-page__language">
        <label htmlFor={id}>{t('query:language.label')}</label>
        <select id={id} className="select" value={syntax} onChange={(event) => onChange(event.target.value as Syntax)}>
          {SYNTAXES.map((one) => (
            <option key={one} value={one}>
              {t(`query:language.${one}`)}
            </option>
          ))}
        </select>
        <span className="note code">{t(`query:example.${syntax}`)}</span>
      </div>
      {loss === undefined ? null : (
        <div className="notice" role="status">
          <p>{t('query:language.lost')}</p>
          <ul>
            {loss.lost.map((part) => (
              <li key={part} className="code">
                {part}
              </li>
            ))}
          </ul>
          <button type="button" className="button button--small" onClick={onUndo}>
            {t('query:language.undo')}
          </button>
        </div>
      )}
    </>
  );
}
