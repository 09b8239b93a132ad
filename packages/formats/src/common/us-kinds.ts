/** US publications bear kinds since this day; a patent granted before is known as `A` (WIPO ST.16, part 7.3). */
const KINDS_SINCE = '2001-01-02';

/** What the letters before a US number say of its type; numbers alone need the word of the source. */
export function typeOfUsNumber(number: string | undefined): string | undefined {
  const letters = /^[A-Z]*/.exec(number ?? '')?.[0] ?? '';
  return { D: 'design', PP: 'plant', RE: 'reissue', H: 'sir' }[letters];
}

/**
 * The kind of a US patent for sources that give none: it follows from its type, the day of the grant and, since 2001,
 * from whether the application was published before. Undefined without a day, or for a type that does not tell.
 */
export function usGrantKind(type: string, publishedBefore: boolean, granted: string | undefined): string | undefined {
  if (granted === undefined) return undefined;
  if (granted < KINDS_SINCE) return { invention: 'A', design: 'S', plant: 'P', reissue: 'E' }[type];
  if (type === 'design') return 'S1';
  if (type === 'plant') return publishedBefore ? 'P3' : 'P2';
  if (type === 'reissue') return 'E1';
  return type === 'invention' ? (publishedBefore ? 'B2' : 'B1') : undefined;
}
