import { ascii, tagName } from './markup.js';

export type Content =
  | { readonly kind: 'zip' | 'gzip' | 'zstd' | 'tar' | 'xml' | 'json' | 'empty' | 'unknown' }
  | { readonly kind: 'image'; readonly mediaType: string };

const MAGIC: readonly (readonly [number[], Content])[] = [
  [[0x50, 0x4b, 0x03, 0x04], { kind: 'zip' }],
  [[0x50, 0x4b, 0x05, 0x06], { kind: 'zip' }],
  [[0x1f, 0x8b], { kind: 'gzip' }],
  [[0x28, 0xb5, 0x2f, 0xfd], { kind: 'zstd' }],
  [[0x89, 0x50, 0x4e, 0x47], { kind: 'image', mediaType: 'image/png' }],
  [[0xff, 0xd8, 0xff], { kind: 'image', mediaType: 'image/jpeg' }],
  [[0x47, 0x49, 0x46, 0x38], { kind: 'image', mediaType: 'image/gif' }],
  [[0x49, 0x49, 0x2a, 0x00], { kind: 'image', mediaType: 'image/tiff' }],
  [[0x4d, 0x4d, 0x00, 0x2a], { kind: 'image', mediaType: 'image/tiff' }],
  [[0x25, 0x50, 0x44, 0x46], { kind: 'image', mediaType: 'application/pdf' }],
];

/** What a file is by its first bytes (the byte order mark already dropped), whatever its name says. */
export function detectContent(head: Uint8Array): Content {
  if (head.length === 0) return { kind: 'empty' };
  for (const [magic, content] of MAGIC) if (magic.every((byte, index) => head[index] === byte)) return content;
  if (ascii(head, 257, Math.min(262, head.length)) === 'ustar') return { kind: 'tar' };
  const first = head.find((byte) => byte > 0x20);
  if (first === undefined) return { kind: 'empty' };
  if (first === 0x3c) return { kind: 'xml' };
  return first === 0x7b ? { kind: 'json' } : { kind: 'unknown' };
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
};

/** The media type a file's name promises for an image; undefined for other names. */
export function imageTypeOfName(name: string): string | undefined {
  return EXTENSIONS[extension(name)];
}

const IGNORED = new Set(
  'dtd ent mod xsd xsl xslt txt html htm css js md csv tsv log cdx mol nb sgm json doc docx xls xlsx db ini bak'.split(
    ' ',
  ),
);

/** True for files that define a format and so may name its elements: never records, whatever they hold. */
export function isDefinition(name: string): boolean {
  return ['dtd', 'ent', 'mod', 'xsd', 'xsl', 'xslt'].includes(extension(name));
}

/** True for files that come with a load and hold no records: DTDs, texts, pages, indexes, drawing-program files. */
export function isIgnoredName(name: string): boolean {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
  return (
    base.startsWith('.') ||
    IGNORED.has(extension(base)) ||
    /^(?:index|toc|statistics|readme|licen[cs]e|thumbs)\b/i.test(base)
  );
}

function extension(name: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** True when one of the record elements begins within these bytes. */
export function holdsRoot(head: Uint8Array, roots: ReadonlySet<string>): boolean {
  for (let at = head.indexOf(0x3c); at >= 0; at = head.indexOf(0x3c, at + 1)) {
    const name = tagName(head, at + 1);
    if (roots.has(ascii(head, name.local, name.end))) return true;
  }
  return false;
}
