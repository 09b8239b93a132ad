/** Kinds of file kept beside the documents, known by their first bytes and never by their name. */
const SIGNATURES: readonly {
  readonly mediaType: string;
  readonly extension: string;
  readonly starts: readonly string[];
}[] = [
  { mediaType: 'image/png', extension: 'png', starts: ['89504e470d0a1a0a'] },
  { mediaType: 'image/jpeg', extension: 'jpg', starts: ['ffd8ff'] },
  { mediaType: 'image/gif', extension: 'gif', starts: ['474946383761', '474946383961'] },
  { mediaType: 'image/tiff', extension: 'tif', starts: ['49492a00', '4d4d002a'] },
  { mediaType: 'application/pdf', extension: 'pdf', starts: ['25504446'] },
];

/** The media type of a drawing, page image or document; undefined for anything else. */
export function mediaTypeOf(start: Uint8Array): string | undefined {
  const hex = Buffer.from(start.subarray(0, 8)).toString('hex');
  return SIGNATURES.find(({ starts }) => starts.some((signature) => hex.startsWith(signature)))?.mediaType;
}

export const extensionOf = (mediaType: string): string =>
  SIGNATURES.find((signature) => signature.mediaType === mediaType)?.extension ?? 'bin';

/** Kinds every browser shows as a picture and nothing else; the others are only given as a download. */
export const isShownInline = (mediaType: string): boolean => /^image\/(?:png|jpeg|gif)$/.test(mediaType);
