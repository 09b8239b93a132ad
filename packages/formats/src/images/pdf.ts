import { decodeFax } from './ccitt.js';
import {
  inflatePdf,
  isDictionary,
  nameOf,
  type PdfDictionary,
  type PdfFile,
  type PdfObject,
  type PdfValue,
  readPdf,
} from './pdf-objects.js';
import type { Picture } from './picture.js';
import { SAMPLES, writePng } from './png.js';
import { imageDamaged, imageUnsupported, requireSize } from './refusal.js';

const MOST_PAGES = 5000;

/** How many pages a PDF has. Throws `image.refused`. */
export function pdfPages(bytes: Uint8Array): number {
  return pagesOf(readPdf(bytes)).length;
}

/** The pages in order, each with the resources it inherits. */
function pagesOf(pdf: PdfFile): { readonly resources: PdfDictionary | undefined }[] {
  const pages: { resources: PdfDictionary | undefined }[] = [];
  const seen = new Set<PdfValue>();
  const walk = (node: PdfValue | undefined, inherited: PdfDictionary | undefined): void => {
    if (!isDictionary(node) || seen.has(node)) return;
    seen.add(node);
    const own = pdf.get(node['Resources']);
    const resources = isDictionary(own) ? own : inherited;
    const kids = pdf.get(node['Kids']);
    if (Array.isArray(kids)) for (const kid of kids as PdfValue[]) walk(pdf.get(kid), resources);
    else pages.push({ resources });
    if (pages.length > MOST_PAGES) throw imageUnsupported(`the PDF has more than ${MOST_PAGES} pages`);
  };
  walk(pdf.get(pdf.root['Pages']), undefined);
  if (pages.length === 0) throw imageDamaged('the PDF has no page');
  return pages;
}

/** The picture that fills a page, the largest of its images; undefined when there is no such page. */
export function pdfPicture(bytes: Uint8Array, page: number): Picture | undefined {
  const pdf = readPdf(bytes);
  const found = pagesOf(pdf)[page - 1];
  if (!found) return undefined;
  const images = pdf.get(found.resources?.['XObject']);
  const area = ({ value }: PdfObject): number => {
    const [width, height] = isDictionary(value) ? [pdf.get(value['Width']), pdf.get(value['Height'])] : [];
    return typeof width === 'number' && typeof height === 'number' ? width * height : 0;
  };
  const largest = (isDictionary(images) ? Object.values(images) : [])
    .flatMap((one) => pdf.object(one) ?? [])
    .filter(({ value }) => isDictionary(value) && nameOf(value['Subtype']) === 'Image')
    .sort((a, b) => area(b) - area(a))[0];
  if (!largest?.stream || !isDictionary(largest.value)) {
    throw imageUnsupported('the page of the PDF is text or line art and no scanned picture; open the PDF itself');
  }
  return pictureOf(pdf, largest.value, largest.stream);
}

function pictureOf(pdf: PdfFile, image: PdfDictionary, stream: Uint8Array): Picture {
  const number = (key: string, otherwise: number): number => {
    const value = pdf.get(image[key]);
    return typeof value === 'number' ? value : otherwise;
  };
  const [width, height] = [number('Width', 0), number('Height', 0)];
  const filters = [pdf.get(image['Filter'])].flat() as PdfValue[];
  const filter = nameOf(pdf.get(filters[0]));
  if (filters.length > 1) throw imageUnsupported('the picture in the PDF is packed twice');
  const parms = pdf.get(([pdf.get(image['DecodeParms'])].flat() as PdfValue[])[0]);
  const options = isDictionary(parms) ? parms : {};
  requireSize(width, height);
  if (filter === 'DCTDecode') return { mediaType: 'image/jpeg', bytes: stream };
  if (filter === 'CCITTFaxDecode') {
    const rows = faxRows(stream, width, height, options);
    return { mediaType: 'image/png', bytes: writePng({ width, height, depth: 1, colour: 0, rows }) };
  }
  if (filter !== 'FlateDecode' && filter !== undefined)
    throw imageUnsupported(`the picture in the PDF is packed by ${filter}`);
  const depth = nameOf(image['ImageMask']) === undefined ? number('BitsPerComponent', 1) : 1;
  const space = nameOf(pdf.get(image['ColorSpace'])) ?? 'DeviceGray';
  const colour = space === 'DeviceRGB' ? 2 : 0;
  if ((space !== 'DeviceRGB' && space !== 'DeviceGray') || (depth !== 1 && depth !== 8)) {
    throw imageUnsupported(`the picture in the PDF has colours of the kind ${space} with ${depth} bits`);
  }
  if (options['Predictor'] !== undefined && options['Predictor'] !== 1)
    throw imageUnsupported('the picture in the PDF is packed with a predictor');
  const size = Math.ceil((width * depth * (SAMPLES[colour] ?? 1)) / 8) * height;
  const rows = filter === undefined ? stream : inflatePdf(stream, size + 1024);
  if (rows.length < size) throw imageDamaged(`the picture in the PDF gives ${rows.length} of ${size} bytes`);
  return { mediaType: 'image/png', bytes: writePng({ width, height, depth, colour, rows: rows.subarray(0, size) }) };
}

/** Fax data in a PDF is white as 1 unless `BlackIs1` is set, as PNG has it. */
function faxRows(stream: Uint8Array, width: number, height: number, options: PdfDictionary): Uint8Array {
  const k = options['K'];
  const columns = options['Columns'] ?? 1728;
  if (columns !== width) throw imageDamaged('the picture in the PDF says two different widths');
  const aligned = options['EncodedByteAlign'] === true;
  const rows = decodeFax(stream, { width, height, k: typeof k === 'number' ? k : 0, aligned });
  if (options['BlackIs1'] === true) return rows;
  return rows.map((byte) => ~byte & 0xff);
}
