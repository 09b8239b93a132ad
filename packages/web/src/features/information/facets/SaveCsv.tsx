import type { CountableName } from '@quanlian/contract';
import { useMutation } from '@tanstack/react-query';
import { saveFile, toCsv } from '../../../app/saveFile.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { fetchFacet } from '../search/queries.js';
import type { SearchState } from '../search/state.js';
import { useFacetValueName } from './valueName.js';

interface Props {
  name: CountableName;
  state: SearchState;
  /** Only values that start with this. */
  prefix?: string;
}

/** Saves a facet with more values than the page shows. */
export function SaveCsv({ name, state, prefix = '' }: Props) {
  const { t } = useLanguage();
  const nameOf = useFacetValueName();
  const title = t(`facets:name.${name}`);
  const save = useMutation({
    mutationFn: async () => {
      const facet = await fetchFacet(state, name);
      const values = (facet?.values ?? []).filter(({ value }) => value.startsWith(prefix));
      const head = [t('facets:table.value'), t('facets:table.name'), t('facets:table.documents')];
      const rows = values.map(({ value, count }) => [value, nameOf(name, value), count]);
      saveFile(`quanlian-${name}.csv`, toCsv([head, ...rows]), 'text/csv');
    },
  });
  return (
    <>
      <button
        type="button"
        className="text-button note"
        aria-label={t('facets:saveCsv', { title })}
        disabled={save.isPending}
        onClick={() => save.mutate()}
      >
        CSV
      </button>
      {save.error === null ? null : <ErrorNotice error={save.error} />}
    </>
  );
}
