import type { XmlElement, XmlText } from '../xml/tree.js';
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
  visit(root, [root.name], coverage, reasonFinder(rules));
  return coverage;
}

/** Why the element at a path is left out by rule; undefined when no rule names it. */
export type ReasonOf = (path: string) => string | undefined;

const finders = new WeakMap<LeftOutRules, ReasonOf>();

/** The rules of a format as one question, its answers kept: records of one format repeat the same few paths. */
export function reasonFinder(rules: LeftOutRules): ReasonOf {
  const known = finders.get(rules);
  if (known) return known;
  const matchers = rules.map(([path, reason]) => ({ pattern: pathPattern(path), reason }));
  const answers = new Map<string, string | undefined>();
  const finder: ReasonOf = (path) => {
    if (answers.has(path)) return answers.get(path);
    const reason = matchers.find(({ pattern }) => pattern.test(path))?.reason;
    if (answers.size < MAX_ANSWERS) answers.set(path, reason);
    return reason;
  };
  finders.set(rules, finder);
  return finder;
}

/** Paths remembered for a format; hostile records could otherwise make any number of them. */
const MAX_ANSWERS = 20_000;

/** `names` leads from the root to the element; it becomes a path only where something is amiss. */
function visit(element: XmlElement, names: string[], coverage: Coverage & Unknown, reasonOf: ReasonOf): void {
  let unknown = false;
  let empty = true;
  let blank = true;
  for (const node of element.children) {
    if (node.type === 'mark') continue;
    if (node.type === 'element') {
      empty = false;
      names.push(node.name);
      visit(node, names, coverage, reasonOf);
      names.pop();
      continue;
    }
    const count = node.size;
    if (count === 0) continue;
    blank = false;
    coverage.total += count;
    if (node.fate === 'taken') coverage.taken += count;
    else unknown = !countLeftOut(node, count, names, coverage, reasonOf) || unknown;
  }
  const unmet = empty && blank && !element.seen && reasonOf(names.join('/')) === undefined;
  if (!unknown && !unmet) return;
  const path = names.join('/');
  coverage.unknownElements[path] = (coverage.unknownElements[path] ?? 0) + 1;
}

type Unknown = Pick<RecordCoverage, 'unknownElements'>;

/** Counts text that no reader took; false when no rule says why. */
function countLeftOut(
  node: XmlText,
  count: number,
  names: readonly string[],
  sum: Coverage,
  reasonOf: ReasonOf,
): boolean {
  const path = names.join('/');
  const reason = typeof node.fate === 'string' ? reasonOf(path) : node.fate.leftOut;
  if (reason === undefined) {
    sum.unknown += count;
    return false;
  }
  const key = `${path} — ${reason}`;
  sum.leftOut[key] = (sum.leftOut[key] ?? 0) + count;
  return true;
}

const patterns = new Map<string, RegExp>();

function pathPattern(path: string): RegExp {
  let pattern = patterns.get(path);
  if (!pattern) {
    const source = path.split('/').map((part) => ({ '*': '[^/]+', '**': '.+' })[part] ?? part.replace(/[.]/g, '\\.'));
    pattern = new RegExp(`^${source.join('/')}$`);
    patterns.set(path, pattern);
  }
  return pattern;
}
