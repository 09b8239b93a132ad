import { useQuery } from '@tanstack/react-query';
import { ApiError, apiUrl, callApi } from '../../../app/api/client.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { CityTotals } from './CityTotals.js';
import type { City } from './city.js';
import { DistrictTable, ParkTable } from './Places.js';
import { AgencyTable, CompanyTable, UniversityTable } from './Players.js';
import { ServicePoints } from './ServicePoints.js';
import './democity.css';

function CityView({ city }: { city: City }) {
  return (
    <>
      <CityTotals city={city} />
      <DistrictTable city={city} />
      <ServicePoints city={city} />
      <ParkTable city={city} />
      <UniversityTable city={city} />
      <CompanyTable city={city} />
      <AgencyTable city={city} />
    </>
  );
}

/** The made-up city whose patents fill a fresh corpus. */
export function DemoCityPage() {
  const { t, language } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['demo', 'city'],
    queryFn: ({ signal }) => callApi<City>(apiUrl('/demo/city'), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  usePageTitle(t('democity:title'));
  const absent = error instanceof ApiError && error.code === 'request.not_found';
  return (
    <>
      <h1>{data === undefined ? t('democity:title') : t('democity:titleOf', { name: data.name[language] })}</h1>
      <div className="notice notice--demo">
        <p>{t('democity:label')}</p>
      </div>
      {absent ? <p>{t('democity:absent')}</p> : null}
      {error !== null && !absent ? <ErrorNotice error={error} retry={() => void refetch()} /> : null}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : <CityView city={data} />}
    </>
  );
}
