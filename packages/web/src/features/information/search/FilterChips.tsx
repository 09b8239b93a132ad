import { useLanguage } from '../../../i18n/useLanguage.js';
import { useFacetValueName } from '../facets/valueName.js';
import { type Filter, filterText } from './state.js';

interface Props {
  filters: readonly Filter[];
  onRemove: (filter: Filter) => void;
  onClear: () => void;
}

/** The filters in force, each removable. */
export function FilterChips({ filters, onRemove, onClear }: Props) {
  const { t } = useLanguage();
  const nameOf = useFacetValueName();
  if (filters.length === 0) return null;
  return (
    <ul className="chips plain-list row" aria-label={t('search:filters.label')}>
      {filters.map((filter) => {
        const value = nameOf(filter.name, filter.value);
        return (
          <li key={filterText(filter)}>
            <button
              type="button"
              className="chip"
              aria-label={t('search:filters.remove', { value })}
              onClick={() => onRemove(filter)}
            >
              <span className="chip__name">{t(`facets:name.${filter.name}`)}</span> {value}
              <span aria-hidden="true"> ×</span>
            </button>
          </li>
        );
      })}
      {filters.length > 1 ? (
        <li>
          <button type="button" className="text-button" onClick={onClear}>
            {t('search:filters.clear')}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
