import { type CountableName, LEGAL_STATUSES, type LegalStatus, UNKNOWN_VALUE } from '@quanlian/contract';
import { placeName } from '@quanlian/kernel';
import { useCallback } from 'react';
import { languageName, officeName, sectionName, typeName } from '../../../app/names.js';
import { type Translate, useLanguage } from '../../../i18n/useLanguage.js';
import { useTargetName } from '../classes/classes.queries.js';

/** Gives the words for a value of a facet: codes with their names, other values as they are. */
export function useFacetValueName(): (name: CountableName, value: string) => string {
  const { t, tag } = useLanguage();
  const ofTable = useTargetName();
  return useCallback(
    (name, value) =>
      (name === 'field35' || name === 'industry') && value !== UNKNOWN_VALUE
        ? ofTable(name, value)
        : facetValueName(name, value, t, tag),
    [t, tag, ofTable],
  );
}

const isStatus = (value: string): value is LegalStatus => LEGAL_STATUSES.some((status) => status === value);

function facetValueName(name: CountableName, value: string, t: Translate, tag: string): string {
  if (value === UNKNOWN_VALUE) return t('common:unknown');
  switch (name) {
    case 'office':
      return `${value} ${officeName(value, t, tag)}`;
    case 'lang':
      return `${value} ${languageName(value, t, tag)}`;
    case 'type':
      return typeName(value, t);
    case 'status':
      return isStatus(value) ? t(`register:status.${value}`) : value;
    case 'province':
    case 'city':
    case 'district':
      return placeName(name, value, tag.startsWith('zh') ? 'zh' : 'en');
    case 'section': {
      const about = sectionName(value, t);
      return about === undefined ? value : `${value} ${about}`;
    }
    default:
      return value;
  }
}
