/** What the document type declaration of a record says. External parts are never fetched, only named. */
export interface Doctype {
  /** General entities with a literal value in the internal subset. */
  readonly entities: ReadonlyMap<string, string>;
  /** Entities that point outside the record, unparsed ones (drawings) apart. */
  readonly external: readonly string[];
}

const DECLARATION =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!ENTITY\s+(%\s+)?([^\s"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)((?:\s+(?:"[^"]*"|'[^']*'))*)\s*(NDATA\s+\S+?)?)\s*>|<![A-Z]+(?:[^>"']|"[^"]*"|'[^']*')*>/g;

/**
 * Reads the text between `<!DOCTYPE` and its `>`. Parameter entities are not expanded: every use of them
 * would need the external DTD, which is not read.
 */
export function readDoctype(text: string): Doctype {
  const entities = new Map<string, string>();
  const external: string[] = [];
  const open = text.indexOf('[');
  if (open < 0) return { entities, external };
  for (const match of text.slice(open + 1).matchAll(DECLARATION)) {
    const [, parameter, name, double, single, outside, unparsed] = match;
    if (name === undefined || parameter !== undefined) continue;
    const literal = double ?? single;
    // The first declaration of a name binds (XML 1.0, 4.2).
    if (literal !== undefined) {
      if (!entities.has(name)) entities.set(name, literal);
    } else if (outside !== undefined && unparsed === undefined) external.push(name);
  }
  return { entities, external };
}
