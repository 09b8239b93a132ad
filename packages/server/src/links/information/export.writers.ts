import type { WriteExport } from './export.routes.js';
export const writeExport: WriteExport = async function* (format, documents, lang) {
  yield `${format} ${lang}\n`;
  for await (const d of documents) yield `${JSON.stringify(d)}\n`;
};
