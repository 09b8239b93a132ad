import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type City, COMPANY_SIZES, countBy } from './city.js';

const KINDS = [
  'districts',
  'parks',
  'carriers',
  'companies',
  'universities',
  'agencies',
  'banks',
  'servicePoints',
] as const;

/** How much of everything the city has. */
export function CityTotals({ city }: { city: City }) {
  const { t, tag } = useLanguage();
  const sizes = countBy(city.companies, ({ size }) => size);
  const bySize = COMPANY_SIZES.map(
    (size) => `${t(`democity:size.${size}`)} ${formatNumber(sizes.get(size) ?? 0, tag)}`,
  );
  return (
    <>
      <dl className="totals">
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>{t(`democity:total.${kind}`)}</dt>
            <dd className="figures">{formatNumber(city[kind].length, tag)}</dd>
          </div>
        ))}
      </dl>
      <p className="note figures">{t('democity:sizes', { sizes: bySize.join(t('common:listSeparator')) })}</p>
    </>
  );
}
