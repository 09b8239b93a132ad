import type { PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { AssetStore } from '../links/information/asset.store.js';
import type { Reference } from './address.js';
import { fault } from './faults.js';
import { findPublications } from './find.js';
import { type InputNumber, readInputs } from './input.js';
import { formatsOf, openPage, type PageContent, type StoredPage } from './page-files.js';
import { askedReference } from './render/family.js';
import { inquiredReference } from './render/numbers.js';
import { leaf, tag, worldPatentData } from './xml.js';

const FORMATS: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  tiff: 'image/tiff',
  tif: 'image/tiff',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

export interface ImageDeps {
  readonly backend: SearchBackend;
  readonly assets: AssetStore;
}

/** Stored pages in the order of the figures; a file may hold several. */
async function pagesOf({ assets }: ImageDeps, doc: PatentDocument): Promise<StoredPage[]> {
  const files = await assets.filesOf(doc.figures ?? [], doc.sources);
  const named = (doc.figures ?? []).flatMap(({ file }) => (file === undefined ? [] : (files[file] ?? [])));
  const different = [...new Map(named.map((file) => [file.hash, file])).values()];
  return different.flatMap((file) => Array.from({ length: file.pages }, (_, at) => ({ file, page: at + 1 })));
}

/** The service calls TIFF an application. */
const formatName = (mediaType: string): string => (mediaType === 'image/tiff' ? 'application/tiff' : mediaType);

async function instancesOf(deps: ImageDeps, doc: PatentDocument): Promise<string> {
  const pages = await pagesOf(deps, doc);
  if (pages.length === 0) return '';
  const [first = []] = pages.map(formatsOf);
  // Those in which every page can be had.
  const formats = first.filter((format) => pages.every((page) => formatsOf(page).includes(format))).map(formatName);
  const options = tag(
    'ops:document-format-options',
    formats.map((format) => leaf('ops:document-format', format)).join(''),
  );
  const place = `published-data/images/${doc.office}/${doc.number}/${doc.kind ?? ''}`;
  const instance = (desc: string, link: string, count: number): string =>
    tag('ops:document-instance', options + tag('ops:document-section', '', { name: 'DRAWINGS', 'start-page': 1 }), {
      system: 'ops.epo.org',
      'number-of-pages': count,
      desc,
      link: `${place}/${link}`,
    });
  // A file of several pages is a publication as it was scanned; single ones are its drawings.
  const whole = pages.some(({ file }) => file.pages > 1) ? instance('FullDocument', 'fullimage', pages.length) : '';
  return whole + instance('Drawing', 'thumbnail', pages.length) + instance('FirstPageClipping', 'firstpage', 1);
}

/** Which images of publications are held: drawings, and whole documents where a scan of one came with it. */
export async function inquireImages(
  deps: ImageDeps,
  reference: Reference,
  inputs: readonly InputNumber[],
): Promise<string> {
  let inquiries = '';
  for (const input of inputs) {
    let results = '';
    for (const doc of await findPublications(deps.backend, reference, input)) {
      const instances = await instancesOf(deps, doc);
      if (instances !== '') results += tag('ops:inquiry-result', inquiredReference('docdb', doc) + instances);
    }
    if (results !== '') inquiries += tag('ops:document-inquiry', askedReference(reference, input) + results);
  }
  if (inquiries === '') throw fault('SERVER.EntityNotFound', 'No image of these publications is held.');
  return worldPatentData('pub-inquiry', inquiries);
}

/** Of the formats of a page the one that a client asks for, by the ending of the address or the `Accept` header. */
function wantedFormat(formats: readonly string[], accept: string, ending: string | undefined): string | undefined {
  if (ending !== undefined) return formats.find((format) => format === FORMATS[ending]);
  const asked = accept
    .split(',')
    .map((one) => (one.split(';')[0] ?? '').trim().toLowerCase())
    .map((one) => (one === 'application/tiff' ? 'image/tiff' : one));
  const fits = (one: string, format: string): boolean =>
    one === '' || one === '*/*' || one === format || (one === 'image/*' && format.startsWith('image/'));
  for (const one of asked) {
    const found = formats.find((format) => fits(one, format));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * One page: `EP/1000000/A1/fullimage`, with the ending of a format or with an `Accept` header. The pages are those of
 * the drawings; the clipping of the first page is the first of them.
 */
export async function openImage(deps: ImageDeps, path: string, page: number, accept: string): Promise<PageContent> {
  const match = /^([A-Z]{2})\/([^/]+)\/([A-Z]\d?)(?:\/PA)?\/(fullimage|thumbnail|firstpage)(?:\.(\w+))?$/.exec(
    path.trim(),
  );
  if (!match)
    throw fault('CLIENT.InvalidReference', 'An image is named COUNTRY/NUMBER/KIND/fullimage, thumbnail or firstpage.');
  const [, office, number, kind, what, ending] = match;
  const [input] = readInputs('docdb', `${office}.${number}.${kind}`);
  const [doc] = input ? await findPublications(deps.backend, 'publication', input) : [];
  if (!doc) throw fault('SERVER.EntityNotFound', 'No results found');
  const pages = await pagesOf(deps, doc);
  const count = what === 'firstpage' ? Math.min(1, pages.length) : pages.length;
  const stored = page > count ? undefined : pages[page - 1];
  if (!stored) {
    const held = count === 0 ? 'no image of this publication is held' : `${count} of its pages are held`;
    throw fault('SERVER.EntityNotFound', `There is no page ${page}: ${held}.`);
  }
  const formats = formatsOf(stored);
  const format = wantedFormat(formats, accept, ending?.toLowerCase());
  if (format === undefined) {
    const named = formats.map(formatName).join(', ');
    throw fault(
      'CLIENT.MethodNotAllowed',
      `Can't serve media types ${ending ?? accept}; the page can be had as ${named}.`,
    );
  }
  const { mediaType, ...rest } = await openPage(deps.assets, stored, format);
  return { mediaType: formatName(mediaType), ...rest };
}
