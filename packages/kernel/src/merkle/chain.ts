import { fromHex, type HashFunction, toHex, utf8 } from './bytes.js';
import { canonicalJson, type Json } from './canonical.js';
import { createGrowingTree, leafHash, merkleRoot } from './tree.js';

/** What is written into an audit log: what happened, and the personal parts of it apart. */
export interface AuditEntry {
  /** 1 for the first row of the chain, then one more each. */
  readonly sequence: number;
  /** The chain it belongs to, such as an organization. */
  readonly chain: string;
  readonly at: string;
  readonly action: string;
  /** Everything that is not personal; never erased. */
  readonly facts: { readonly [name: string]: Json };
  /** Personal fields: each can be erased later without breaking the chain. */
  readonly personal: Readonly<Record<string, Json>>;
}

/** A personal field as stored, until it is erased. */
export interface PersonalField {
  readonly value: Json;
  /** 32 random bytes in hexadecimal; without it a short value could be guessed from its commitment. */
  readonly salt: string;
}

/** A row of the log. Hashes are hexadecimal. */
export interface AuditRow extends Omit<AuditEntry, 'personal'> {
  /** The fields that are still there. */
  readonly personal: Readonly<Record<string, PersonalField>>;
  /** Salted hashes of all personal fields; they stay when the field is erased. */
  readonly commitments: Readonly<Record<string, string>>;
  readonly previousHash: string;
  readonly hash: string;
}

/** What the chain needs from outside. */
export interface ChainTools {
  readonly hash: HashFunction;
  /** Fresh random salt, 32 bytes in hexadecimal. */
  readonly newSalt: () => string;
}

/** The hash before the first row. */
export const CHAIN_START = '0'.repeat(64);

/** The action of a row that records an erasure; its facts name the row (`sequence`) and the `fields`. */
export const ERASURE_ACTION = 'audit.personal_data_erased';

function commitment(hash: HashFunction, name: string, { value, salt }: PersonalField): string {
  return toHex(hash(utf8(canonicalJson(['quanlian.audit.field', salt, name, value]))));
}

function rowHash(hash: HashFunction, row: Omit<AuditRow, 'hash' | 'personal'>): string {
  const { sequence, chain, at, action, facts, commitments, previousHash } = row;
  const content = { sequence, chain, at, action, facts, commitments, previousHash };
  return toHex(hash(utf8(canonicalJson(['quanlian.audit.row', content]))));
}

/** The row for an entry that follows the row with `previousHash` ({@link CHAIN_START} for the first). */
export function chainEntry(previousHash: string, entry: AuditEntry, { hash, newSalt }: ChainTools): AuditRow {
  const { sequence, chain, at, action, facts } = entry;
  const personal = Object.fromEntries(
    Object.entries(entry.personal).map(([name, value]): [string, PersonalField] => [name, { value, salt: newSalt() }]),
  );
  const commitments = Object.fromEntries(
    Object.entries(personal).map(([name, field]) => [name, commitment(hash, name, field)]),
  );
  const row = { sequence, chain, at, action, facts, commitments, previousHash };
  return { ...row, personal, hash: rowHash(hash, row) };
}

/**
 * The row without some personal fields: value and salt are gone, the commitment stays, the hash is unchanged. The
 * erasure must be recorded by a row of {@link erasureEntry}, else verification finds it.
 */
export function erasePersonal(row: AuditRow, fields: readonly string[]): AuditRow {
  const personal = Object.fromEntries(Object.entries(row.personal).filter(([name]) => !fields.includes(name)));
  return { ...row, personal };
}

/** The entry that records an erasure: which row, which fields, why. */
export function erasureEntry(
  row: Pick<AuditRow, 'sequence' | 'chain'>,
  fields: readonly string[],
  next: { readonly sequence: number; readonly at: string; readonly reason: string },
): AuditEntry {
  const facts = { row: row.sequence, fields: [...fields].sort(), reason: next.reason };
  return { sequence: next.sequence, chain: row.chain, at: next.at, action: ERASURE_ACTION, facts, personal: {} };
}

/** A sealed head: the Merkle root over the row hashes of the first `size` rows. */
export interface SealedRoot {
  readonly size: number;
  readonly root: string;
}

/** The leaves of the sealed tree: one for each row hash. */
export function chainLeaves(hash: HashFunction, rows: readonly Pick<AuditRow, 'hash'>[]): Uint8Array[] {
  return rows.map((row) => leafHash(hash, fromHex(row.hash)));
}

/** Seals the rows so far. Keep the root where the database cannot change it. */
export function sealRows(hash: HashFunction, rows: readonly Pick<AuditRow, 'hash'>[]): SealedRoot {
  return { size: rows.length, root: toHex(merkleRoot(hash, chainLeaves(hash, rows))) };
}

/** What is wrong with a row. */
export type ChainFault =
  | 'chain.row_missing'
  | 'chain.other_chain'
  | 'chain.link_broken'
  | 'chain.row_changed'
  | 'chain.personal_changed'
  | 'chain.erased_without_record'
  | 'chain.cut'
  | 'chain.root_differs';

/** The outcome of a verification. A fault names the first wrong row by its sequence. */
export type ChainVerdict =
  | { readonly ok: true; readonly rows: number; readonly sealed: number }
  | { readonly ok: false; readonly code: ChainFault; readonly sequence: number; readonly message: string };

function fault(code: ChainFault, sequence: number, message: string): ChainVerdict {
  return { ok: false, code, sequence, message };
}

/** Row numbers and fields whose erasure is on record. */
function recordedErasures(rows: readonly AuditRow[]): Set<string> {
  const recorded = new Set<string>();
  for (const { action, facts, sequence } of rows) {
    const { row, fields } = facts;
    if (action !== ERASURE_ACTION || typeof row !== 'number' || row >= sequence || !Array.isArray(fields)) continue;
    for (const field of fields) recorded.add(`${row}:${field}`);
  }
  return recorded;
}

function checkPersonal(hash: HashFunction, row: AuditRow, recorded: ReadonlySet<string>): ChainVerdict | null {
  const { sequence } = row;
  for (const [name, field] of Object.entries(row.personal)) {
    if (row.commitments[name] !== commitment(hash, name, field))
      return fault(
        'chain.personal_changed',
        sequence,
        `The field "${name}" of row ${sequence} is not what was written.`,
      );
  }
  for (const name of Object.keys(row.commitments)) {
    if (!Object.hasOwn(row.personal, name) && !recorded.has(`${sequence}:${name}`))
      return fault(
        'chain.erased_without_record',
        sequence,
        `The field "${name}" of row ${sequence} is gone, and no row records its erasure.`,
      );
  }
  return null;
}

function checkRow(
  hash: HashFunction,
  row: AuditRow,
  index: number,
  before: AuditRow | undefined,
  chain: string,
): ChainVerdict | null {
  const expected = index + 1;
  if (row.sequence !== expected)
    return fault('chain.row_missing', expected, `Row ${expected} is missing; row ${row.sequence} stands in its place.`);
  if (row.chain !== chain)
    return fault('chain.other_chain', expected, `Row ${expected} belongs to the chain "${row.chain}", not "${chain}".`);
  if (row.previousHash !== (before?.hash ?? CHAIN_START))
    return fault('chain.link_broken', expected, `Row ${expected} does not follow the row before it.`);
  if (row.hash !== rowHash(hash, row))
    return fault('chain.row_changed', expected, `Row ${expected} is not what was written.`);
  return null;
}

/** The sealed roots against the rows; a root that differs points at the first row since the last root that agrees. */
function checkRoots(hash: HashFunction, rows: readonly AuditRow[], roots: readonly SealedRoot[]): ChainVerdict | null {
  const tree = createGrowingTree(hash);
  let agreed = 0;
  for (const { size, root } of roots.toSorted((a, b) => a.size - b.size)) {
    if (size > rows.length)
      return fault('chain.cut', rows.length + 1, `${size} rows were sealed, but the log ends after ${rows.length}.`);
    for (const leaf of chainLeaves(hash, rows.slice(tree.size, size))) tree.add(leaf);
    if (toHex(tree.root()) !== root)
      return fault(
        'chain.root_differs',
        agreed + 1,
        `The rows ${agreed + 1} to ${size} are consistent among themselves but are not those that were sealed.`,
      );
    agreed = size;
  }
  return null;
}

/**
 * Checks a whole chain against itself and against its sealed roots. Names the first wrong row. What lies after the
 * last root could have been rewritten or cut without trace: `sealed` says how far the roots vouch.
 */
export function verifyChain(rows: readonly AuditRow[], roots: readonly SealedRoot[], hash: HashFunction): ChainVerdict {
  const recorded = recordedErasures(rows);
  const chain = rows[0]?.chain ?? '';
  for (const [index, row] of rows.entries()) {
    const found = checkRow(hash, row, index, rows[index - 1], chain) ?? checkPersonal(hash, row, recorded);
    if (found) return found;
  }
  const wrongRoot = checkRoots(hash, rows, roots);
  if (wrongRoot) return wrongRoot;
  return { ok: true, rows: rows.length, sealed: roots.reduce((most, { size }) => Math.max(most, size), 0) };
}
