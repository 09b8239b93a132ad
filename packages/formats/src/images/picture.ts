/** A picture that every browser shows. */
export interface Picture {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif';
  readonly bytes: Uint8Array;
}
