import { useCallback } from 'react';
import { formatNumber } from '../app/format.js';
import { useLanguage } from '../i18n/useLanguage.js';

/** A bar, point or area of a chart: what it is called and how much it stands for. */
export interface ChartPoint {
  readonly label: string;
  readonly amount: number;
}

/**
 * Gives a chart in words, for who cannot see it: how many values it has, the largest and the smallest. The figures
 * one by one are in the table beside it.
 */
export function useChartWords(): (
  title: string,
  points: readonly ChartPoint[],
  format?: (amount: number) => string,
) => string {
  const { t, tag } = useLanguage();
  return useCallback(
    (title, points, format = (amount) => formatNumber(amount, tag)) => {
      const [first] = points;
      if (first === undefined) return t('facets:chartText.none', { title });
      const most = points.reduce((best, one) => (one.amount > best.amount ? one : best), first);
      const least = points.reduce((best, one) => (one.amount < best.amount ? one : best), first);
      return t('facets:chartText.words', {
        title,
        values: formatNumber(points.length, tag),
        most: most.label,
        mostAmount: format(most.amount),
        least: least.label,
        leastAmount: format(least.amount),
      });
    },
    [t, tag],
  );
}
