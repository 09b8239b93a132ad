import { Link } from '@tanstack/react-router';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { CityTable } from './CityTable.js';
import type { City, Pair } from './city.js';
import { useDistrictName } from './useDistrictName.js';

/** The largest companies are shown; a list of all would be a directory of nobody. */
const COMPANIES_SHOWN = 40;

/** A name that leads to the documents of its bearer, in whichever language they were published. */
function Owner({ name }: { name: Pair }) {
  const { language } = useLanguage();
  return (
    <Link to="/search" search={{ q: `applicant:"${name.zh}" OR applicant:"${name.en}"` }}>
      {name[language]}
    </Link>
  );
}

export function UniversityTable({ city }: { city: City }) {
  const { t, language } = useLanguage();
  const districtName = useDistrictName(city);
  return (
    <CityTable
      title={t('democity:total.universities')}
      items={city.universities}
      columns={[
        { title: t('democity:column.university'), cell: ({ name }) => <Owner name={name} /> },
        { title: t('democity:column.district'), cell: ({ district }) => districtName(district) },
        { title: t('democity:column.address'), cell: ({ address }) => address[language] },
        { title: t('democity:column.founded'), amount: true, cell: ({ founded }) => founded },
      ]}
    />
  );
}

export function CompanyTable({ city }: { city: City }) {
  const { t, tag } = useLanguage();
  const districtName = useDistrictName(city);
  const largest = city.companies.toSorted((a, b) => b.employees - a.employees).slice(0, COMPANIES_SHOWN);
  return (
    <CityTable
      title={t('democity:total.companies')}
      note={t('democity:largest', { shown: largest.length, all: formatNumber(city.companies.length, tag) })}
      items={largest}
      columns={[
        { title: t('democity:column.company'), cell: ({ name }) => <Owner name={name} /> },
        { title: t('democity:column.district'), cell: ({ district }) => districtName(district) },
        { title: t('democity:column.size'), cell: ({ size }) => t(`democity:size.${size}`) },
        { title: t('democity:column.employees'), amount: true, cell: ({ employees }) => formatNumber(employees, tag) },
        { title: t('democity:column.founded'), amount: true, cell: ({ founded }) => founded },
      ]}
    />
  );
}

export function AgencyTable({ city }: { city: City }) {
  const { t, tag, language } = useLanguage();
  const districtName = useDistrictName(city);
  return (
    <CityTable
      title={t('democity:total.agencies')}
      items={city.agencies}
      columns={[
        { title: t('democity:column.agency'), cell: ({ name }) => name[language] },
        { title: t('democity:column.district'), cell: ({ district }) => districtName(district) },
        { title: t('democity:column.agents'), amount: true, cell: ({ agents }) => formatNumber(agents.length, tag) },
      ]}
    />
  );
}
