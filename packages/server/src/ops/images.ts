import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { AssetStore, StoredFile } from '../links/information/asset.store.js';
import type { Reference } from './address.js';
import { fault } from './faults.js';
import { findPublications } from './find.js';
import { type InputNumber, readInputs } from './input.js';
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

/** Stored pages in the order of the figures. */
async function pagesOf({ assets }: ImageDeps, doc: PatentDocument): Promise<StoredFile[]> {
  const files = await assets.filesOf(doc.figures ?? [], doc.sources);
  const pages = (doc.figures ?? []).flatMap(({ file }) => (file === undefined ? [] : (files[file] ?? [])));
  return [...new Map(pages.map((page) => [page.hash, page])).values()];
}

/** The service calls TIFF an application. */
const formatName = (mediaType: string): string => (mediaType === 'image/tiff' ? 'application/tiff' : mediaType);

async function instancesOf(deps: ImageDeps, doc: PatentDocument): Promise<string> {
  const pages = await pagesOf(deps, doc);
  if (pages.length === 0) return '';
  const formats = [...new Set(pages.map(({ mediaType }) => formatName(mediaType)))];
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
  return instance('Drawing', 'thumbnail', pages.length) + instance('FirstPageClipping', 'firstpage', 1);
}

/** Which images of publications are held. Only drawings are stored, so no whole document is offered. */
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

export interface ImagePage {
  readonly mediaType: string;
  readonly size: number;
  readonly content: Readable;
}

/** What clients may ask an image as; `*` for whatever is stored. */
function wantedTypes(accept: string, ending: string | undefined): (mediaType: string) => boolean {
  if (ending !== undefined) return (mediaType) => mediaType === FORMATS[ending];
  const asked = accept
    .split(',')
    .map((one) => (one.split(';')[0] ?? '').trim().toLowerCase())
    .map((one) => (one === 'application/tiff' ? 'image/tiff' : one));
  if (accept === '' || asked.some((one) => one === '*/*' || one === 'image/*')) return () => true;
  return (mediaType) => asked.includes(mediaType);
}

/** One page: `EP/1000000/A1/fullimage`, with the ending of a format or with an `Accept` header. */
export async function openImage(deps: ImageDeps, path: string, page: number, accept: string): Promise<ImagePage> {
  const match = /^([A-Z]{2})\/([^/]+)\/([A-Z]\d?)(?:\/PA)?\/(fullimage|thumbnail|firstpage)(?:\.(\w+))?$/.exec(
    path.trim(),
  );
  if (!match)
    throw fault('CLIENT.InvalidReference', 'An image is named COUNTRY/NUMBER/KIND/fullimage, thumbnail or firstpage.');
  const [, office, number, kind, , ending] = match;
  const [input] = readInputs('docdb', `${office}.${number}.${kind}`);
  const [doc] = input ? await findPublications(deps.backend, 'publication', input) : [];
  const pages = doc ? await pagesOf(deps, doc) : [];
  const stored = pages[page - 1];
  if (!stored) throw fault('SERVER.EntityNotFound', 'No such page of an image is held.');
  if (!wantedTypes(accept, ending)(stored.mediaType)) {
    throw fault('CLIENT.MethodNotAllowed', `The page is held as ${formatName(stored.mediaType)}; ask for that.`);
  }
  const opened = await deps.assets.open(stored.hash);
  if (!opened) throw fault('SERVER.EntityNotFound', 'The file of this page is no longer here.');
  return { mediaType: formatName(stored.mediaType), size: opened.size, content: createReadStream(opened.file) };
}
