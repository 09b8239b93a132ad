/** What a kind code (WIPO ST.16) says of the type of a document; offices differ in the letters they reuse. */
export function typeOfKind(office: string, kind: string | undefined): string {
  const letter = kind?.charAt(0) ?? '';
  if (office === 'US') return { S: 'design', P: 'plant', E: 'reissue', H: 'sir' }[letter] ?? 'invention';
  if (office === 'CN' && letter === 'D') return 'design';
  if (letter === 'U' || letter === 'Y' || letter === 'Z') return 'utility-model';
  return letter === 'S' ? 'design' : 'invention';
}
