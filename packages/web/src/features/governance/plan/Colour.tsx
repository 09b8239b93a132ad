import type { Colour as ColourName } from '@quanlian/contract';
import { useLanguage } from '../../../i18n/useLanguage.js';

const TAGS: Record<ColourName, string> = {
  green: 'tag tag--good',
  amber: 'tag tag--notice',
  red: 'tag tag--wrong',
  grey: 'tag tag--quiet',
};

/** Where an indicator stands, in words besides its colour. */
export function Colour({ colour }: { colour: ColourName }) {
  const { t } = useLanguage();
  return <span className={TAGS[colour]}>{t(`governance:colour.${colour}`)}</span>;
}
