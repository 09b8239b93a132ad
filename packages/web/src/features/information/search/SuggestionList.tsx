import type { Suggestion } from '@quanlian/contract';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  id: string;
  found: readonly Suggestion[];
  /** The one the arrow keys stand on; -1 for none. */
  active: number;
  onPick: (suggestion: Suggestion) => void;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** What may be meant, each with how many documents have it. */
export function SuggestionList({ id, found, active, onPick }: Props) {
  const { t, tag } = useLanguage();
  return (
    <div id={id} role="listbox" className="suggestions" aria-label={t('answers:suggestions.label')}>
      {found.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, which names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the box
        <div
          key={`${suggestion.kind}|${suggestion.text}`}
          id={optionId(id, index)}
          role="option"
          className="suggestions__one"
          aria-selected={index === active}
          // Before the box loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(suggestion)}
        >
          <span>{suggestion.text}</span>
          <span className="quiet">{t(`answers:suggestions.kind.${suggestion.kind}`)}</span>
          <span className="amount quiet">{formatNumber(suggestion.count, tag)}</span>
        </div>
      ))}
    </div>
  );
}
