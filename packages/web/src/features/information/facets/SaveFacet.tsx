import type { CountableName } from '@quanlian/contract';
import { FigureFiles } from '../../../charts/FigureFiles.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { fetchFacet } from '../search/queries.js';
import type { SearchState } from '../search/state.js';
import { useFacetValueName } from './valueName.js';

interface Props {
  name: CountableName;
  state: SearchState;
  /** Only values that start with this. */
  prefix?: string;
  /** The chart as the text of an SVG file. */
  svg: () => Promise<string>;
}

/** Saves a facet, with more values than the page shows, and its chart. */
export function SaveFacet({ name, state, prefix = '', svg }: Props) {
  const { t } = useLanguage();
  const nameOf = useFacetValueName();
  const lines = async () => {
    const facet = await fetchFacet(state, name);
    const values = (facet?.values ?? []).filter(({ value }) => value.startsWith(prefix));
    const head = [t('facets:table.value'), t('facets:table.name'), t('facets:table.documents')];
    return [head, ...values.map(({ value, count }) => [value, nameOf(name, value), count])];
  };
  return <FigureFiles title={t(`facets:name.${name}`)} file={`quanlian-${name}`} lines={lines} svg={svg} />;
}
