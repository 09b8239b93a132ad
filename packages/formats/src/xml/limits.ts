import type { XmlElement } from './tree.js';

/** Limits of one record. Depth counts open elements; lengths count UTF-16 units. */
export const XML_LIMITS = { depth: 512, attributes: 2_000, attributeLength: 1_000_000, doctypeLength: 4_000_000 };

/** Reissues mark deleted matter by these instructions; in print it stands in heavy brackets. */
export const KEPT_INSTRUCTIONS: ReadonlySet<string> = new Set(['delete-start', 'delete-end']);

export interface ParsedXml {
  readonly root: XmlElement;
  /** Entity names that nothing defines, with how often each occurred. */
  readonly unresolved: ReadonlyMap<string, number>;
}
