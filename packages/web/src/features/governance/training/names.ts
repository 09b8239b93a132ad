import type { CourseAudience, TrainingTier } from '@quanlian/contract';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { Choice } from '../../work/parts/fields.js';

export const TIERS: readonly TrainingTier[] = ['city', 'district', 'park', 'unit'];
const AUDIENCES: readonly CourseAudience[] = [
  'officials',
  'managers',
  'ip-staff',
  'researchers',
  'agents',
  'students',
  'everyone',
];

/** Names of tiers and audiences, and the same as choices. */
export function useTrainingNames() {
  const { t } = useLanguage();
  const tierName = (tier: TrainingTier) => t(`governance:tier.${tier}`);
  const audienceName = (audience: CourseAudience) => t(`governance:audience.${audience}`);
  const choices = <Value extends string>(values: readonly Value[], nameOf: (value: Value) => string): Choice[] =>
    values.map((value) => ({ value, label: nameOf(value) }));
  return {
    tierName,
    audienceName,
    tiers: choices(TIERS, tierName),
    audiences: choices(AUDIENCES, audienceName),
  };
}
