/** What a spreadsheet program may pass over before it looks for a formula. */
const BEGINS_FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no text file should hold
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** A cell of CSV as text: without control characters, and with an apostrophe before what would begin a formula. */
export function harmless(cell: string): string {
  const clean = cell.replace(CONTROL, '');
  return BEGINS_FORMULA.test(clean) ? `'${clean}` : clean;
}
