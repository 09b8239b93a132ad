import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { CityTable } from './CityTable.js';
import { type City, countBy } from './city.js';
import { useDistrictName } from './useDistrictName.js';

export function DistrictTable({ city }: { city: City }) {
  const { t, tag, language } = useLanguage();
  const companies = countBy(city.companies, ({ district }) => district);
  const parks = countBy(city.parks, ({ district }) => district);
  const points = countBy(city.servicePoints, ({ district }) => district);
  const number = (value: number | undefined) => formatNumber(value ?? 0, tag);
  return (
    <CityTable
      title={t('democity:total.districts')}
      items={city.districts}
      columns={[
        { title: t('democity:column.district'), cell: ({ name }) => name[language] },
        { title: t('democity:column.population'), amount: true, cell: ({ population }) => number(population) },
        { title: t('democity:column.area'), amount: true, cell: ({ area }) => number(area) },
        { title: t('democity:total.parks'), amount: true, cell: ({ id }) => number(parks.get(id)) },
        { title: t('democity:total.companies'), amount: true, cell: ({ id }) => number(companies.get(id)) },
        { title: t('democity:total.servicePoints'), amount: true, cell: ({ id }) => number(points.get(id)) },
      ]}
    />
  );
}

export function ParkTable({ city }: { city: City }) {
  const { t, tag, language } = useLanguage();
  const districtName = useDistrictName(city);
  const companies = countBy(city.companies, ({ park }) => park);
  const carriers = countBy(city.carriers, ({ park }) => park);
  return (
    <CityTable
      title={t('democity:total.parks')}
      items={city.parks}
      columns={[
        { title: t('democity:column.park'), cell: ({ name }) => name[language] },
        { title: t('democity:column.district'), cell: ({ district }) => districtName(district) },
        { title: t('democity:column.founded'), amount: true, cell: ({ founded }) => founded },
        {
          title: t('democity:total.carriers'),
          amount: true,
          cell: ({ id }) => formatNumber(carriers.get(id) ?? 0, tag),
        },
        {
          title: t('democity:total.companies'),
          amount: true,
          cell: ({ id }) => formatNumber(companies.get(id) ?? 0, tag),
        },
      ]}
    />
  );
}
