import type { LeftOutRules } from './reader.js';

/** A way of element names from the root of a format's records, met in one record or thousands and thought over once. */
export interface ElementPath {
  /** The names, with `/` between them. */
  readonly path: string;
  /** Why elements here are left out by rule; undefined when no rule names them. */
  readonly reason: string | undefined;
  /** The way on to a child. */
  child(name: string): ElementPath;
  /** How text left out here for a reason is called in reports. */
  keyOf(reason: string): string;
}

/** Paths remembered for a format; hostile records could otherwise make any number of them. */
const MAX_PATHS = 20_000;

const known = new WeakMap<LeftOutRules, (name: string) => ElementPath>();

/** The path of a record's root element under the rules of its format. */
export function rootPath(rules: LeftOutRules, name: string): ElementPath {
  let root = known.get(rules);
  if (!root) {
    root = createPaths(rules);
    known.set(rules, root);
  }
  return root(name);
}

function createPaths(rules: LeftOutRules): (name: string) => ElementPath {
  const matchers = rules.map(([path, reason]) => ({ pattern: pathPattern(path), reason }));
  let count = 0;
  const finder = (prefix: string): ((name: string) => ElementPath) => {
    const paths = new Map<string, ElementPath>();
    return (name) => {
      const before = paths.get(name);
      if (before) return before;
      const made = make(prefix + name);
      if (count < MAX_PATHS) {
        paths.set(name, made);
        count += 1;
      }
      return made;
    };
  };
  const make = (path: string): ElementPath => {
    const reason = matchers.find(({ pattern }) => pattern.test(path))?.reason;
    const keys = new Map<string, string>();
    return {
      path,
      reason,
      child: finder(`${path}/`),
      keyOf: (why) => {
        const key = keys.get(why) ?? `${path} — ${why}`;
        if (keys.size < MAX_KEYS) keys.set(why, key);
        return key;
      },
    };
  };
  return finder('');
}

/** Reasons remembered for a path. Readers know a handful. */
const MAX_KEYS = 16;

function pathPattern(path: string): RegExp {
  const source = path.split('/').map((part) => ({ '*': '[^/]+', '**': '.+' })[part] ?? part.replace(/[.]/g, '\\.'));
  return new RegExp(`^${source.join('/')}$`);
}
