import { QuanlianError } from '@quanlian/contract';

/** An image that is not what its format asks for. */
export const imageDamaged = (why: string): QuanlianError =>
  new QuanlianError('image.refused', `The image is damaged: ${why}. Get it again from where it came.`);

/** An image of a kind that is not converted. */
export const imageUnsupported = (what: string): QuanlianError =>
  new QuanlianError('image.refused', `The image cannot be shown: ${what}. Save it as TIFF with group 4, PNG or JPEG.`);

/** Picture elements an image may have: a sheet of A0 at 300 dots per inch has 139 million. */
const MAX_PIXELS = 150_000_000;
/** Bytes its rows may take unpacked. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_SIDE = 65_000;

/** Refuses what would unpack to more than memory should be given for, before anything is unpacked. */
export function requireSize(width: number, height: number, bytesPerRow = Math.ceil(width / 8)): void {
  if (!(width > 0 && height > 0)) throw imageDamaged(`its size is ${width} by ${height}`);
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS && bytesPerRow * height <= MAX_BYTES)
    return;
  throw new QuanlianError(
    'image.refused',
    `The image is ${width} by ${height} picture elements, more than the limit of ${MAX_PIXELS}. Make it smaller.`,
  );
}
