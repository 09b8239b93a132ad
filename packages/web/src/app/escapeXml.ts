const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0; characters it cannot hold are left out. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (one) => ('\t\n\r'.includes(one) ? one : ''))
    .replace(/[&<>"]/g, (one) => ESCAPES[one] ?? '');
