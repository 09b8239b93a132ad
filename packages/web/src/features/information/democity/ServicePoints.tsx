import { useLanguage } from '../../../i18n/useLanguage.js';
import { CityTable } from './CityTable.js';
import { type City, SERVICE_LEVELS } from './city.js';
import { useDistrictName } from './useDistrictName.js';

/** Public service points at three levels: the city's own, one a district, one a park or incubator. */
export function ServicePoints({ city }: { city: City }) {
  const { t, language } = useLanguage();
  const districtName = useDistrictName(city);
  return SERVICE_LEVELS.map((level) => {
    const points = city.servicePoints.filter((point) => point.level === level);
    return (
      <CityTable
        key={level}
        title={t('democity:pointsOf', { level: t(`democity:level.${level}`), points: points.length })}
        items={points}
        columns={[
          { title: t('democity:column.point'), cell: ({ name }) => name[language] },
          { title: t('democity:column.district'), cell: ({ district }) => districtName(district) },
          { title: t('democity:column.address'), cell: ({ address }) => address[language] },
        ]}
      />
    );
  });
}
