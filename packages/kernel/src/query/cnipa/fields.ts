import type { ProximityUnit } from '@quanlian/contract';
import { FIELDS, type FieldDefinition, findField } from '@quanlian/contract';

/** What a Chinese field name looks in: fields of the corpus, or nothing it holds. */
export interface CnipaField {
  readonly name: string;
  readonly fields: readonly FieldDefinition[];
}

/** Names beside those of the fields themselves: `name field field`, several names with a stroke between. */
const MORE_NAMES: readonly (readonly [string, string])[] = [
  ['关键词', 'title abstract claims'],
  ['发明名称/名称/标题', 'title'],
  ['说明书全文', 'description'],
  ['申请(专利权)人/权利人/专利权人/当前权利人', 'applicant'],
  ['发明(设计)人/设计人', 'inventor'],
  ['代理机构/代理师', 'agent'],
  ['公开(公告)号/申请公布号/授权公告号/文献号', 'id'],
  ['优先权号/优先权', 'priority'],
  ['公开(公告)日/申请公布日/授权公告日', 'date'],
  ['公开国/公开国家/国家/国省代码', 'office'],
  ['文献种类/文献类型', 'kind'],
  ['发明类型/专利类型', 'type'],
  ['法律状态', 'status'],
  ['IPC/IPC分类/国际分类号', 'ipc'],
  ['CPC/CPC分类', 'cpc'],
  ['分类号/专利分类号', 'class'],
];

/** Names searchers use that the corpus has no field for; they parse, and search refuses them by name. */
const FOREIGN = [
  '主分类号',
  '外观设计洛迦诺分类号',
  '洛迦诺分类号',
  'FI分类号',
  'F-TERM分类号',
  'ECLA分类号',
  '申请人地址',
  '申请人邮编',
  '申请人国别',
  '优先权国',
  'PCT国际申请号',
  'PCT国际公布号',
  'PCT国际申请日',
  'PCT国际公布日',
  'PCT进入国家阶段日期',
  '审查员',
  '被引证文献号',
  '许可类型',
  '外观设计简要说明',
] as const;

/** Letters without case, brackets in one width. */
const folded = (name: string): string => name.normalize('NFKC').toUpperCase();

const NAMES: ReadonlyMap<string, CnipaField> = new Map([
  ...FOREIGN.map((name): [string, CnipaField] => [folded(name), { name, fields: [] }]),
  ...FIELDS.flatMap((field) =>
    [field.name, ...field.aliases].map((name): [string, CnipaField] => [folded(name), { name, fields: [field] }]),
  ),
  ...MORE_NAMES.flatMap(([names, fields]) =>
    names.split('/').map((name): [string, CnipaField] => {
      return [folded(name), { name, fields: fields.split(' ').flatMap((known) => findField(known) ?? []) }];
    }),
  ),
]);

/** The field of a name in Chinese or in letters, in any width. */
export const cnipaField = (name: string): CnipaField | undefined => NAMES.get(folded(name));

/** The longest name; longer texts before a sign are not looked up. */
export const LONGEST_NAME = Math.max(...[...NAMES.keys()].map((name) => name.length));

/** How the canonical text names each field of the corpus. */
export const NAME_OF: Readonly<Record<string, string>> = {
  text: '全文',
  title: '发明名称',
  abstract: '摘要',
  claims: '权利要求',
  description: '说明书',
  applicant: '申请(专利权)人',
  inventor: '发明人',
  agent: '代理人',
  id: '公开(公告)号',
  application: '申请号',
  priority: '优先权号',
  family: '同族',
  related: '相关申请',
  cites: '引证文献',
  office: '公开国',
  kind: '文献种类',
  type: '专利类型',
  lang: '语言',
  status: '法律状态',
  province: '申请人所在省',
  city: '申请人所在市',
  district: '申请人所在区县',
  date: '公开(公告)日',
  filed: '申请日',
  prioritydate: '优先权日',
  field35: '技术领域',
  industry: '战略性新兴产业',
  class: '分类号',
  ipc: 'IPC分类号',
  cpc: 'CPC分类号',
};

/** What a nearness letter means. */
interface LetterMeaning {
  readonly unit: ProximityUnit;
  readonly ordered: boolean;
}

/** What the office's published help leaves open and an installation may set. */
export interface CnipaSettings {
  /** What stands for a blank between two terms. */
  readonly blank: 'and' | 'or';
  /** The nearness letters; for W and D a number before the letter counts the words that may stand between. */
  readonly letters: Readonly<Record<string, LetterMeaning>>;
}

export const CNIPA_SETTINGS: CnipaSettings = {
  blank: 'and',
  letters: {
    W: { unit: 'word', ordered: true },
    D: { unit: 'word', ordered: false },
    S: { unit: 'sentence', ordered: false },
    P: { unit: 'paragraph', ordered: false },
    F: { unit: 'field', ordered: false },
  },
};

export const CNIPA_SIGNS = { any: '+', optional: '?', one: '#' } as const;
