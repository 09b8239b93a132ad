import { useLanguage } from '../../../i18n/useLanguage.js';
import type { City } from './city.js';

/** Gives the name of a district by its id; the id itself when the city has no such district. */
export function useDistrictName(city: City): (id: string) => string {
  const { language } = useLanguage();
  const names = new Map(city.districts.map(({ id, name }) => [id, name[language]]));
  return (id) => names.get(id) ?? id;
}
