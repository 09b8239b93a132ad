import { type ExportLabels, writeCsv, writeJsonLines, writeParquet, writeXlsx } from '@quanlian/formats';
import type { WriteExport } from './export.routes.js';

const LABELS: Readonly<Record<'zh' | 'en', ExportLabels>> = {
  en: {
    id: 'Publication',
    office: 'Office',
    number: 'Number',
    kind: 'Kind',
    date: 'Publication date',
    type: 'Type',
    title: 'Title',
    applicants: 'Applicants',
    inventors: 'Inventors',
    application: 'Application',
    filed: 'Filing date',
    priority: 'Earliest priority',
    ipc: 'IPC',
    cpc: 'CPC',
    family: 'Family',
    abstract: 'Abstract',
  },
  zh: {
    id: '公开（公告）号',
    office: '受理局',
    number: '号码',
    kind: '文献种类',
    date: '公开（公告）日',
    type: '专利类型',
    title: '发明名称',
    applicants: '申请（专利权）人',
    inventors: '发明人',
    application: '申请号',
    filed: '申请日',
    priority: '最早优先权日',
    ipc: 'IPC分类号',
    cpc: 'CPC分类号',
    family: '同族',
    abstract: '摘要',
  },
};

const SHEETS = { zh: '检索结果', en: 'Result' } as const;

/** Writes a result as CSV, XLSX, JSON Lines or Parquet; titles and abstracts in the reader's language where there is one. */
export const writeExport: WriteExport = (format, documents, lang) => {
  const labels = LABELS[lang];
  const languages = [lang];
  switch (format) {
    case 'csv':
      return writeCsv(documents, { labels, languages });
    case 'xlsx':
      return writeXlsx(documents, { labels, languages, sheet: SHEETS[lang] });
    case 'jsonl':
      return writeJsonLines(documents);
    case 'parquet':
      return writeParquet(documents, { languages });
  }
};
