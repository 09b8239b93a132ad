import type { XmlElement, XmlText } from '../xml/tree.js';
import { type ElementPath, rootPath } from './paths.js';
import type { LeftOutRules } from './reader.js';

/** What became of the characters of one or more records. Characters are those that are not white space. */
export interface Coverage {
  records: number;
  total: number;
  taken: number;
  /** By `path — reason`. */
  leftOut: Record<string, number>;
  /** Characters at element paths that no reader takes. */
  unknown: number;
}

export interface RecordCoverage extends Coverage {
  /** Element paths that no reader takes, with how often each occurred. */
  unknownElements: Record<string, number>;
}

export function emptyCoverage(): Coverage {
  return { records: 0, total: 0, taken: 0, leftOut: {}, unknown: 0 };
}

/** Adds the second coverage to the first. */
export function addCoverage(sum: Coverage, more: Coverage): void {
  sum.records += more.records;
  sum.total += more.total;
  sum.taken += more.taken;
  sum.unknown += more.unknown;
  addCounts(sum.leftOut, more.leftOut);
}

export function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [key, count] of Object.entries(more)) sum[key] = (sum[key] ?? 0) + count;
}

/**
 * Accounts for every character of a record after its reader ran. Text counts as taken only when a reader
 * marked its node while making the document; text of unmarked nodes is left out by rule or unknown.
 */
export function measure(root: XmlElement, rules: LeftOutRules): RecordCoverage {
  const coverage: RecordCoverage = { ...emptyCoverage(), records: 1, unknownElements: {} };
  visit(root, { rules, names: [root.name] }, 1, coverage);
  return coverage;
}

/** Where an element stands; made into a path only where something is to be said of it. */
interface Place {
  readonly rules: LeftOutRules;
  /** Names from the root on; as many of them count as the element is deep. */
  readonly names: string[];
}

function pathOf({ rules, names }: Place, depth: number): ElementPath {
  let path = rootPath(rules, names[0] ?? '');
  for (let i = 1; i < depth; i += 1) path = path.child(names[i] ?? '');
  return path;
}

function visit(element: XmlElement, place: Place, depth: number, coverage: RecordCoverage): void {
  let unknown = false;
  let empty = true;
  let blank = true;
  for (const node of element.children) {
    if (node.type === 'mark') continue;
    if (node.type === 'element') {
      empty = false;
      place.names[depth] = node.name;
      visit(node, place, depth + 1, coverage);
      continue;
    }
    const count = node.size;
    if (count === 0) continue;
    blank = false;
    coverage.total += count;
    if (node.fate === 'taken') coverage.taken += count;
    else unknown = !countLeftOut(node, pathOf(place, depth), coverage) || unknown;
  }
  const unmet = empty && blank && !element.seen && pathOf(place, depth).reason === undefined;
  if (!unknown && !unmet) return;
  const { path } = pathOf(place, depth);
  coverage.unknownElements[path] = (coverage.unknownElements[path] ?? 0) + 1;
}

/** Counts text that no reader took; false when no rule says why. */
function countLeftOut(node: XmlText, path: ElementPath, sum: Coverage): boolean {
  const reason = typeof node.fate === 'string' ? path.reason : node.fate.leftOut;
  if (reason === undefined) {
    sum.unknown += node.size;
    return false;
  }
  const key = path.keyOf(reason);
  sum.leftOut[key] = (sum.leftOut[key] ?? 0) + node.size;
  return true;
}
