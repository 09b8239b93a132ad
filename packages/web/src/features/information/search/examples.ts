import type { Language } from '../../../i18n/languages.js';

/** Rules of the simple syntax in the order they are taught; `search:help.rule.*` explains each. */
export const RULES = ['words', 'phrase', 'or', 'not', 'field', 'date', 'class', 'beginning', 'near', 'exact'] as const;
export type Rule = (typeof RULES)[number];

/** One query for each rule, in words of the reader's language. */
export const EXAMPLES: Record<Language, Record<Rule, string>> = {
  zh: {
    words: '电池 隔膜',
    phrase: '"固态电解质"',
    or: '隔膜 或 电解质',
    not: '电池 -铅酸',
    field: '标题:电池 申请人:大学',
    date: '公开日:2020..2024',
    class: '分类号:H01M10',
    beginning: 'semicond*',
    near: '@near/5(电池 隔膜)',
    exact: '="乾燥"',
  },
  en: {
    words: 'battery electrolyte',
    phrase: '"solid electrolyte"',
    or: 'lithium OR sodium',
    not: 'battery -solid',
    field: 'title:battery applicant:university',
    date: 'date:2020..2024',
    class: 'class:H01M10',
    beginning: 'semicond*',
    near: '@near/5(solid electrolyte)',
    exact: '="Co"',
  },
};

/** The examples worth a place on the start page. */
export const START_RULES: readonly Rule[] = ['words', 'phrase', 'field', 'class', 'date'];
