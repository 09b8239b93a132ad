import type { ReplayReport, SearchRecord } from '@quanlian/contract';
import { printQuery } from '@quanlian/kernel';
import { type DocumentTemplate, type FilledDocument, fillDocument } from '../../../work/papers/template.js';
import type { Language } from '../../../work/text.js';

/** Documents that a printed record lists; all are in the JSON. */
const MOST_PRINTED = 2_000;

const field = (zh: string, en: string, value: string) => ({ label: { zh, en }, value: { zh: value, en: value } });

const RECORD: DocumentTemplate = {
  id: 'search-record',
  title: { zh: '检索记录', en: 'Record of a search' },
  footer: {
    zh: '全链检索记录。以同名 JSON 文件为准，可用“quanlian replay”核验与重放。',
    en: 'Quanlian search record. The JSON file is the evidence; “quanlian replay” checks and repeats it.',
  },
  blocks: [
    { kind: 'heading', text: { zh: '检索式', en: 'Query' } },
    { kind: 'text', text: { zh: '{input}', en: '{input}' } },
    {
      kind: 'fields',
      fields: [
        field('语言', 'Language', '{syntax}'),
        field('规范写法', 'In one writing', '{canonical}'),
        field('实际执行（简单语法）', 'As it was answered (simple language)', '{answered}'),
        field('筛选', 'Filters', '{filters}'),
        field('排序', 'Order', '{sort}'),
        field('引用的检索集', 'Sets it stands on', '{sets}'),
      ],
    },
    { kind: 'heading', text: { zh: '结果', en: 'Result' } },
    {
      kind: 'fields',
      fields: [
        field('命中文献数', 'Documents found', '{total}'),
        field('文献库状态（提交序号）', 'State of the corpus (commit)', '{sequence}'),
        field('当时库内文献数', 'Documents held then', '{documents}'),
        field('检索时间（UTC）', 'Made (UTC)', '{made}'),
        field('法律状态日', 'Day of legal status', '{day}'),
        field('程序版本', 'Program', '{program}'),
        field('号码集合 SHA-256', 'SHA-256 of the sorted ids', '{idsHash}'),
        field('前 {ordered} 篇次序 SHA-256', 'SHA-256 of the order of the first {ordered}', '{orderHash}'),
      ],
    },
    { kind: 'heading', text: { zh: '签名', en: 'Signature' } },
    {
      kind: 'fields',
      fields: [
        field('算法', 'Algorithm', 'Ed25519'),
        field('密钥编号', 'Key id', '{keyId}'),
        field('公钥', 'Public key', '{publicKey}'),
        field('签名值', 'Signature', '{signature}'),
      ],
    },
    { kind: 'heading', text: { zh: '命中文献（{listed}）', en: 'Documents found ({listed})' } },
    {
      kind: 'table',
      columns: [
        { zh: '公开（公告）号', en: 'Publication' },
        { zh: '内容摘要值', en: 'Digest of its content' },
      ],
      rows: 'documents',
    },
  ],
};

/** A record as a paper; of a long list the first documents. */
function recordDocument({ signed, documents, signature }: SearchRecord, language: Language): FilledDocument {
  const { query, corpus } = signed;
  const rows = (documents ?? []).slice(0, MOST_PRINTED);
  return fillDocument(
    RECORD,
    {
      values: {
        input: query.input || '*',
        syntax: query.syntax,
        canonical: query.canonical || '*',
        answered: printQuery(query.ast) || '*',
        filters: query.filters.join(', ') || '–',
        sets: query.sets.map(({ name, text }) => `${name}: ${text}`).join('\n') || '–',
        sort: signed.sort,
        total: signed.total,
        sequence: corpus.sequence,
        documents: corpus.documents,
        made: signed.made,
        day: signed.day,
        program: signed.program,
        idsHash: signed.idsHash,
        orderHash: signed.orderHash,
        ordered: signed.ordered,
        keyId: signature.keyId,
        publicKey: signature.publicKey.replace(/-----[A-Z ]+-----|\s/gu, ''),
        signature: signature.value,
        listed: `${rows.length} / ${signed.total}`,
      },
      tables: { documents: rows },
    },
    language,
  );
}

const REPLAY: DocumentTemplate = {
  id: 'replay-report',
  title: { zh: '检索重放报告', en: 'Report of a repeated search' },
  footer: { zh: '全链检索重放报告', en: 'Quanlian report of a repeated search' },
  blocks: [
    { kind: 'text', text: { zh: '{input}', en: '{input}' } },
    {
      kind: 'fields',
      fields: [
        field('密钥编号', 'Key id', '{keyId}'),
        field('当时：提交序号', 'Then: commit', '{thenSequence}'),
        field('当时：文献数', 'Then: documents', '{thenTotal}'),
        field('当时：时间（UTC）', 'Then: time (UTC)', '{thenAt}'),
        field('现在：提交序号', 'Now: commit', '{nowSequence}'),
        field('现在：文献数', 'Now: documents', '{nowTotal}'),
        field('现在：时间（UTC）', 'Now: time (UTC)', '{nowAt}'),
      ],
    },
    { kind: 'heading', text: { zh: '差异', en: 'Differences' } },
    {
      kind: 'table',
      columns: [
        { zh: '变化', en: 'Change' },
        { zh: '公开（公告）号', en: 'Publication' },
      ],
      rows: 'differences',
    },
  ],
};

const CHANGES = {
  added: { zh: '新增', en: 'added' },
  gone: { zh: '移除（库中已无）', en: 'removed (not held any more)' },
  unmatched: { zh: '移除（仍在库中，不再命中）', en: 'removed (held, not found any more)' },
  changed: { zh: '内容变更', en: 'changed' },
} as const;

/** A replay's report as a paper. */
function replayDocument(report: ReplayReport, language: Language): FilledDocument {
  const rows = [
    ...report.added.map((id) => [CHANGES.added[language], id]),
    ...report.removed.map(({ id, inCorpus }) => [CHANGES[inCorpus ? 'unmatched' : 'gone'][language], id]),
    ...report.changed.map((id) => [CHANGES.changed[language], id]),
  ];
  return fillDocument(
    REPLAY,
    {
      values: {
        input: report.query.input || '*',
        keyId: report.keyId,
        thenSequence: report.recorded.sequence,
        thenTotal: report.recorded.total,
        thenAt: report.recorded.at,
        nowSequence: report.now.sequence,
        nowTotal: report.now.total,
        nowAt: report.now.at,
      },
      tables: { differences: rows.slice(0, MOST_PRINTED) },
    },
    language,
  );
}

/** The library that writes PDF is large; it is read when the first paper is made. */
const writePdf = async (document: FilledDocument): Promise<Buffer> =>
  (await import('../../../work/papers/pdf.js')).writePdf(document);

/** A record as PDF. Throws `template.invalid` where the fonts are not installed. */
export const recordPdf = (record: SearchRecord, language: Language): Promise<Buffer> =>
  writePdf(recordDocument(record, language));

/** A replay's report as PDF. Throws `template.invalid` where the fonts are not installed. */
export const replayPdf = (report: ReplayReport, language: Language): Promise<Buffer> =>
  writePdf(replayDocument(report, language));
