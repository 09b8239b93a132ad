/** What files that hold no records are, by the end of their names. */
const KINDS: readonly (readonly [extensions: string, what: string])[] = [
  ['dtd ent mod xsd xsl xslt', 'it defines a format or its look, and holds no records'],
  ['csv tsv', 'it is a table; say what its columns mean by a mapping (--mapping FILE, or the load page)'],
  ['cdx mol nb', 'it is a structure or formula of a drawing program'],
  ['json', 'it is JSON of no format that a reader takes'],
  ['doc docx xls xlsx', 'it is a document of an office program'],
  ['htm html css js', 'it is a page'],
  ['txt md log', 'it is a text without records of a format that a reader takes'],
];

const CLASS = /^"?[A-HY](?:\d{2}(?:[A-Z](?:\s*\d{1,4}(?:\/\d{2,6})?)?)?)?"?\t/;

/** True for lists of classes with their titles: most lines begin with a symbol of IPC or CPC and a tab. */
function isScheme(head: Uint8Array): boolean {
  const lines = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192))
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
  return lines.length >= 3 && lines.filter((line) => CLASS.test(line)).length >= lines.length * 0.7;
}

/** True for the list of legal-event codes: its headings stand in the first line. */
const isEventList = (head: Uint8Array): boolean =>
  /^\ufeff?"?Authority"?[\t,;]"?Event-code"?[\t,;]/i.test(Buffer.from(head.subarray(0, 200)).toString('utf8'));

/** Why a file that comes with a load is passed over, as a sentence without its subject. */
export function whyIgnored(name: string, head: Uint8Array): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
  if (base.startsWith('.')) return 'its name begins with a dot';
  // A scheme cut into files has them named by their classes.
  if (isScheme(head) || /^[A-HY](?:\d{2}[A-Z]?)?\.json$/.test(base))
    return 'it is a classification scheme, which is loaded by quanlian scheme load';
  if (isEventList(head)) return 'it is a list of legal-event codes, which is loaded by quanlian events load';
  const extension = /\.([A-Za-z0-9]+)$/.exec(base)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS.find(([extensions]) => extensions.split(' ').includes(extension));
  return kind?.[1] ?? 'it comes beside records and holds none itself';
}
