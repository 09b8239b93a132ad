import { useId } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useSchemes } from '../classes/classes.queries.js';
import type { SearchState } from './state.js';

const SCHEMES = ['IPC', 'CPC'] as const;

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
}

/** Which version of a scheme says what is below a class; nothing to choose where no two are loaded. */
export function SchemeChoice({ state, go }: Props) {
  const { t } = useLanguage();
  const id = useId();
  const { data } = useSchemes();
  return SCHEMES.map((scheme) => {
    const versions = (data?.versions ?? []).filter((one) => one.scheme === scheme && !one.builtin);
    const chosen = state.schemes.find((one) => one.startsWith(`${scheme}:`)) ?? '';
    if (versions.length < 2 && chosen === '') return null;
    const choose = (next: string): void => {
      const others = state.schemes.filter((one) => one !== chosen);
      go({ ...state, schemes: next === '' ? others : [...others, next], page: 1 });
    };
    return (
      <span className="row" key={scheme}>
        <label htmlFor={`${id}${scheme}`}>{t('answers:choice.scheme', { scheme })}</label>
        <select id={`${id}${scheme}`} value={chosen} onChange={({ target }) => choose(target.value)}>
          <option value="">{t('answers:choice.current')}</option>
          {versions.map(({ version }) => (
            <option key={version} value={`${scheme}:${version}`}>
              {version}
            </option>
          ))}
          {chosen === '' || versions.some(({ version }) => chosen === `${scheme}:${version}`) ? null : (
            <option value={chosen}>{chosen.slice(scheme.length + 1)}</option>
          )}
        </select>
      </span>
    );
  });
}
