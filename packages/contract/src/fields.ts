/**
 * What kind of value a search field holds, and so which operators it takes:
 * `text` and `name` are words with positions; `keyword` is one exact value; `number` a document number;
 * `date` a calendar date; `class` a classification symbol.
 */
export type FieldKind = 'text' | 'name' | 'keyword' | 'number' | 'date' | 'class';

export interface FieldDefinition {
  readonly name: string;
  readonly kind: FieldKind;
  /** Other names accepted in the simple query syntax, Chinese ones included. */
  readonly aliases: readonly string[];
}

const field = (name: string, kind: FieldKind, ...aliases: string[]): FieldDefinition => ({ name, kind, aliases });

/**
 * Every field a query can name. `text` is any text field: title, abstract, claims, description and
 * the names of applicants, proprietors, assignees and inventors. `applicant` covers applicants,
 * proprietors and assignees.
 */
export const FIELDS = [
  field('text', 'text', 'any', '全文'),
  field('title', 'text', 'ti', '标题', '发明名称', '名称'),
  field('abstract', 'text', 'ab', '摘要'),
  field('claims', 'text', 'cl', '权利要求', '权利要求书'),
  field('description', 'text', 'de', 'desc', '说明书'),
  field('applicant', 'name', 'pa', 'owner', 'assignee', '申请人', '专利权人', '申请（专利权）人'),
  field('inventor', 'name', 'in', '发明人'),
  field('agent', 'name', '代理人', '代理机构'),
  field('id', 'number', 'pn', 'publication', '公开号', '公告号', '公开（公告）号'),
  field('application', 'number', 'ap', '申请号'),
  field('priority', 'number', 'pr', '优先权', '优先权号'),
  field('family', 'number', 'fam', '同族'),
  field('related', 'number', 'parent', '相关申请'),
  field('cites', 'number', 'ct', '引证', '引证文献'),
  field('office', 'keyword', 'country', 'cc', '国别', '受理局'),
  field('kind', 'keyword', '文献类型', '文献种类'),
  field('type', 'keyword', '专利类型'),
  field('lang', 'keyword', 'language', '语言'),
  field('status', 'keyword', '法律状态'),
  field('province', 'keyword', 'state', '省份', '申请人所在省'),
  field('city', 'keyword', '城市', '申请人所在市'),
  field('district', 'keyword', '区县', '申请人所在区县'),
  field('date', 'date', 'pd', '公开日', '公告日', '公开（公告）日'),
  field('filed', 'date', 'ad', '申请日'),
  field('prioritydate', 'date', 'prd', '优先权日'),
  field('field35', 'keyword', 'wipofield', '技术领域'),
  field('industry', 'keyword', 'sei', '战略性新兴产业'),
  field('class', 'class', 'ic', '分类号'),
  field('ipc', 'class', 'IPC分类号'),
  field('cpc', 'class', 'CPC分类号'),
] as const;

/** The field a name or alias stands for, letters compared without case; undefined when there is none. */
export function findField(name: string): FieldDefinition | undefined {
  const wanted = name.toLowerCase();
  return FIELDS.find((f) => f.name === wanted || f.aliases.some((alias) => alias.toLowerCase() === wanted));
}

/**
 * Facets over a result. `year` is the year of publication; `section`, `class`, `subclass` and `group`
 * are the levels of IPC and CPC symbols together, each counted once a document; `status` is a derived column, as are
 * `province` (or state), `city` and `district` of the owners.
 */
export const FACETS = [
  'office',
  'year',
  'applicant',
  'inventor',
  'section',
  'class',
  'subclass',
  'group',
  'lang',
  'kind',
  'type',
  'status',
  'province',
  'city',
  'district',
] as const;
export type FacetName = (typeof FACETS)[number];

/**
 * What can be counted besides the facets of a result page: `month` is that of the first day the date of publication
 * can mean, the others are derived columns (a document without a derived family counts under the family its source
 * names).
 */
export const MORE_FACETS = ['month', 'family', 'holder', 'citedby'] as const;
/**
 * What a table of classes says of a document, not the document itself: its field among the 35 of WIPO, its strategic
 * emerging industry. The table that is current when the question is asked decides.
 */
export const TABLED = ['field35', 'industry'] as const;
export type TabledName = (typeof TABLED)[number];
/** Everything whose values can be counted over a result. */
export const COUNTABLE = [...FACETS, ...MORE_FACETS, ...TABLED] as const;
export type CountableName = (typeof COUNTABLE)[number];

/**
 * Columns that are derived from the corpus and other registers, not read from the documents: legal status, family,
 * owner, how often a document is cited, and where its owners are. Each can be counted too, and a field of the query tree; `citedby`
 * takes a range of whole numbers.
 */
export const COLUMNS = ['status', 'family', 'holder', 'citedby', 'province', 'city', 'district'] as const;
export type ColumnName = (typeof COLUMNS)[number];

/** What a derived column is to say of a document. `from` is the first day a value holds (ISO 8601); none: always. */
export interface ColumnUpdate {
  id: string;
  /**
   * Of these, the values with the latest `from` not after the day asked for hold on it; `unknown` alone says that from
   * then on nothing is known. Empty: forget the document.
   */
  values: { value: string; from?: string | undefined }[];
}

/** The value that stands for "the sources do not say" in facets and in keyword queries. */
export const UNKNOWN_VALUE = 'unknown';
