import type { PatentDocument } from '@quanlian/contract';
import type { XmlElement } from '../xml/tree.js';

/** What a reader makes of one record; where the record came from is added by the caller. */
export interface Draft {
  readonly document: Omit<PatentDocument, 'sources'>;
  /** The source's own date of the record (ISO 8601), which decides between two loads of the same record. */
  readonly sourceDate?: string | undefined;
  /** Names the part of a publication the record is, where a source gives it in parts that must not replace each other. */
  readonly part?: string | undefined;
}

/** Element paths (names from the root, `*` for one level, `**` for any) that are left out on purpose, and why. */
export type LeftOutRules = readonly (readonly [path: string, reason: string])[];

/**
 * A way in which an office is known to break its own format, and how it is made good. Applied only to a record
 * that is not well-formed as it stands; counted by name in the report and named in `extra.repairs`.
 */
export interface Repair {
  readonly name: string;
  /** The text made good; the same text when the rule finds nothing to mend. */
  apply(text: string): string;
}

/** Reads the records of one office format in XML, or in a form that its own `parse` turns into a tree. */
export interface XmlReader {
  readonly format: string;
  /** Local names of the elements that are records. */
  readonly roots: readonly string[];
  /** Records of other formats that may stand inside a record of this one and then are read with it. */
  readonly inner?: readonly string[];
  readonly leftOut: LeftOutRules;
  readonly repairs?: readonly Repair[];
  /** Makes the tree of a record that is not XML, so that its text is accounted for in the same way. */
  parse?(text: string, context: Readonly<Record<string, string>>): XmlElement;
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
