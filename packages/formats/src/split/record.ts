/** One record cut out of a file: its bytes and where they begin. */
export interface RawRecord {
  readonly kind: 'record';
  /** Bytes of the record, its XML declaration and document type included where it has them. */
  readonly bytes: Uint8Array;
  /** Place of the first byte in the unpacked file. */
  readonly offset: number;
  /** Local name of the root element; empty for JSON Lines. */
  readonly root: string;
  /** Attributes of the elements around the record. */
  readonly context: Readonly<Record<string, string>>;
  /** Encoding the file's XML declaration names, for records that do not carry it themselves. */
  readonly encoding: string | undefined;
}

/** Bytes that belong to no record, or a record too large to hold. */
export interface Refused {
  readonly kind: 'refused';
  readonly code: 'record.malformed' | 'record.too_large' | 'record.unknown_format';
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

export type Split = RawRecord | Refused;

/** Largest record held in memory, in bytes. */
export const MAX_RECORD_BYTES = 256 * 1024 * 1024;

/** Cuts a stream of bytes into records, whatever the borders of its chunks. */
export interface Splitter {
  push(chunk: Uint8Array): Split[];
  /** Ends the stream; what is left comes out as a last record or a refusal. */
  end(): Split[];
}
