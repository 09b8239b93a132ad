/**
 * The seven links of the chain. The same names stand in folders, navigation, API tags and the guide;
 * the words shown to people come from the page's translations.
 */
export const LINKS = [
  'information',
  'creation',
  'utilization',
  'protection',
  'management',
  'service',
  'governance',
] as const;
export type Link = (typeof LINKS)[number];
