import type { PatentDocument } from '@quanlian/contract';
import type { XmlElement } from '../xml/tree.js';

/** What a reader makes of one record; where the record came from is added by the caller. */
export interface Draft {
  readonly document: Omit<PatentDocument, 'sources'>;
  /** The source's own date of the record (ISO 8601), which decides between two loads of the same record. */
  readonly sourceDate?: string | undefined;
}

/** Element paths (names from the root, `*` for one level, `**` for any) that are left out on purpose, and why. */
export type LeftOutRules = readonly (readonly [path: string, reason: string])[];

/** Reads the records of one office format in XML. */
export interface XmlReader {
  readonly format: string;
  /** Local names of the elements that are records. */
  readonly roots: readonly string[];
  readonly leftOut: LeftOutRules;
  /** `context` holds the attributes of the elements around the record, innermost first. */
  read(root: XmlElement, context: Readonly<Record<string, string>>): Draft;
}

/** Reads the records of a JSON Lines format. Every value reaches the document, its `extra` included. */
export interface JsonReader {
  readonly format: string;
  /** True when an object looks like a record of this format. */
  recognizes(record: Readonly<Record<string, unknown>>): boolean;
  read(record: Readonly<Record<string, unknown>>): Draft & { readonly sources?: PatentDocument['sources'] };
}
