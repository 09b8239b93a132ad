/** An element or attribute name met before: what it is called, and how its bytes look. */
export interface XmlName {
  /** The name as written, prefix included. */
  readonly tag: string;
  /** The name without its prefix; undefined for names that namespaces do not allow. */
  readonly local: string | undefined;
  readonly bytes: Uint8Array;
  /** True for the attributes that declare namespaces. */
  readonly isDeclaration: boolean;
  /** The record in which the name was met last, as its parser counts them. */
  record: number;
}

/** 1 for bytes a name may begin with, 2 for those it may go on with, 0 for all others. */
const NAME_BYTES = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:') {
  NAME_BYTES[character.charCodeAt(0)] = 1;
}
for (const character of '0123456789.-') NAME_BYTES[character.charCodeAt(0)] = 2;

/** Names kept; hostile records could otherwise make any number of them. A power of two. */
const SLOTS = 8192;
const MAX_KEPT = SLOTS / 2;
const slots: (XmlName | undefined)[] = new Array<XmlName | undefined>(SLOTS).fill(undefined);
let kept = 0;

/**
 * The name that begins at `from`, one object for each name; undefined when none begins there. The strings of the few
 * hundred names that offices use are made once and compared by identity ever after.
 */
export function nameAt(bytes: Uint8Array, from: number): XmlName | undefined {
  if (NAME_BYTES[bytes[from] as number] !== 1) return undefined;
  let hash = 0;
  let to = from;
  for (; to < bytes.length; to += 1) {
    const byte = bytes[to] as number;
    if (NAME_BYTES[byte] === 0) break;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  for (let slot = (hash ^ (hash >>> 13)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
    const known = slots[slot];
    if (known === undefined) {
      // A copy: the memory of the record is used again, and slices of buffers are views of it.
      const made = makeName(Uint8Array.from(bytes.subarray(from, to)));
      if (kept < MAX_KEPT) {
        slots[slot] = made;
        kept += 1;
      }
      return made;
    }
    if (known.bytes.length === to - from && isNameAt(bytes, from, known)) return known;
  }
}

/** True when the bytes at a place begin with the name. */
export function isNameAt(bytes: Uint8Array, from: number, name: XmlName): boolean {
  const own = name.bytes;
  for (let i = 0; i < own.length; i += 1) if (bytes[from + i] !== own[i]) return false;
  return true;
}

function makeName(bytes: Uint8Array): XmlName {
  const tag = asKey(Buffer.from(bytes).toString('latin1'));
  const colon = tag.indexOf(':');
  if (colon < 0) return { tag, local: tag, bytes, isDeclaration: tag === 'xmlns', record: 0 };
  const local = tag.slice(colon + 1);
  const sound = colon > 0 && /^[A-Za-z_][\w.-]*$/.test(local);
  const isDeclaration = tag.startsWith('xmlns:');
  return { tag, local: sound ? asKey(local) : undefined, bytes, isDeclaration, record: 0 };
}

/** The same text as the engine keeps it for names of properties, so that comparing it costs nothing. */
function asKey(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
