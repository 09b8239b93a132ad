/** An index of OPS CQL: the corpus fields it looks in, or none when the corpus does not hold what it covers. */
export interface OpsIndex {
  /** The short name, by which the canonical text writes it. */
  readonly name: string;
  readonly fields: readonly string[];
  /** Whether a word may begin with a wildcard here. */
  readonly leading: boolean;
  /** Whether symbols take `/low`, `/high` and `/same`. */
  readonly scheme: boolean;
}

const TEXT = ['title', 'abstract'] as const;
const NAMES = ['inventor', 'applicant'] as const;

const entry = (names: string, fields: readonly string[], more: Partial<OpsIndex> = {}): [string, OpsIndex][] => {
  const list = names.split(' ');
  const index = { name: list[0] ?? '', fields, leading: false, scheme: false, ...more };
  return list.map((name) => [name, index]);
};

/**
 * Every index of published-data search, EPO OPS reference guide 1.3.20. Those without fields parse and are refused
 * by name when the query runs: citations by who cited, classes by level, value or combination.
 */
export const OPS_INDEXES: ReadonlyMap<string, OpsIndex> = new Map([
  ...entry('ti title', ['title'], { leading: true }),
  ...entry('ab abstract', ['abstract'], { leading: true }),
  ...entry('ta titleandabstract', TEXT, { leading: true }),
  ...entry('in inventor', ['inventor']),
  ...entry('pa applicant', ['applicant']),
  ...entry('ia inventorandapplicant', NAMES),
  ...entry('txt', [...TEXT, ...NAMES]),
  ...entry('pn publicationnumber spn', ['id']),
  // The guide spells the long form of `ap` like this.
  ...entry('ap applicantnumber applicationnumber sap', ['application']),
  ...entry('pr prioritynumber spr', ['priority']),
  ...entry('num', ['id', 'application', 'priority']),
  ...entry('pd publicationdate', ['date']),
  ...entry('ct citation', ['cites']),
  ...entry('ex', []),
  ...entry('op', []),
  ...entry('rf', []),
  ...entry('oc', []),
  ...entry('famn', ['family']),
  ...entry('cpc', ['cpc'], { scheme: true }),
  ...entry('cpci', [], { scheme: true }),
  ...entry('cpca', [], { scheme: true }),
  ...entry('cpcc', [], { scheme: true }),
  ...entry('ipc ic', ['ipc']),
  ...entry('ci', []),
  ...entry('cn', []),
  ...entry('ai', []),
  ...entry('an', []),
  ...entry('a', []),
  ...entry('c', []),
  ...entry('cl', ['class']),
]);

/** The index that a name stands for, letters compared without case. */
export const opsIndex = (name: string): OpsIndex | undefined => OPS_INDEXES.get(name.toLowerCase());

/** What an installation may set; the defaults are what the office's own service does. */
export interface OpsSettings {
  /** Letters and digits that must stand before the first `*`, so that it does not open half the register. */
  readonly minimumStem: number;
  /** Most terms on one index, and in all; absent means no limit. */
  readonly mostTermsPerIndex?: number | undefined;
  readonly mostTerms?: number | undefined;
}

export const OPS_SETTINGS: OpsSettings = { minimumStem: 3 };

export const OPS_SIGNS = { any: '*', optional: '?', one: '#' } as const;
