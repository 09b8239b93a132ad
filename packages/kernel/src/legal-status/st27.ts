import type { LegalStatus } from '@quanlian/contract';

/** The categories of WIPO ST.27 (revision of October 2024), by letter. */
export const ST27_CATEGORIES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  A: { en: 'Application filed', zh: '提交申请' },
  B: { en: 'Application discontinued', zh: '申请终止' },
  C: { en: 'Application revived', zh: '申请恢复' },
  D: { en: 'Search or examination requested or started', zh: '检索或审查' },
  E: { en: 'Review before grant requested', zh: '授权前复查' },
  F: { en: 'Right granted', zh: '授予权利' },
  G: { en: 'Protection beyond the term granted', zh: '延长保护' },
  H: { en: 'Right ceased', zh: '权利终止' },
  K: { en: 'Right revived', zh: '权利恢复' },
  L: { en: 'Review of the right requested', zh: '请求复查权利' },
  M: { en: 'Right maintained', zh: '维持权利' },
  N: { en: 'Application or right terminated', zh: '申请或权利消灭' },
  P: { en: 'Document modified', zh: '文件修改' },
  Q: { en: 'Document published', zh: '文件公布' },
  R: { en: 'Change of party recorded', zh: '权利人变更' },
  S: { en: 'Licence recorded', zh: '许可登记' },
  T: { en: 'Procedure adjusted', zh: '程序调整' },
  U: { en: 'Fee paid or not paid', zh: '缴费' },
  V: { en: 'Appeal requested', zh: '请求上诉或复审' },
  W: { en: 'Other event', zh: '其他事项' },
  Y: { en: 'Event corrected or deleted', zh: '事项更正或删除' },
};

/** The parts of an ST.27 event code, `State-PrevStage-CurrStage-KeyEvent-DetailEvent-Indicator-NationalCode`. */
export interface St27Code {
  /** `A` active, `N` inactive, `E` ended, `U` unchanged by the event. */
  readonly state: 'A' | 'N' | 'E' | 'U';
  /** 0 none, 1 filing, 2 search and examination, 3 challenge before grant, 4 grant, 5 challenge after grant, 6 end. */
  readonly previousStage: string;
  readonly stage: string;
  readonly key: string;
  readonly detail: string;
  readonly indicator: string;
  readonly national: string;
}

const SHAPE = /^([ANEU])-([0-6x])-([0-6x])-([A-Z]\d\d)-([A-Z]\d\d)-([a-z]{3})-(.+)$/;

/** Reads an ST.27 event code; undefined when the text is none. */
export function readSt27(text: string): St27Code | undefined {
  const parts = SHAPE.exec(text.trim());
  if (!parts) return undefined;
  const [, state, previousStage, stage, key, detail, indicator, national] = parts as unknown as string[];
  return { state: state as St27Code['state'], previousStage, stage, key, detail, indicator, national } as St27Code;
}

/** The detailed events that say how a right or application ended (WIPO ST.27, as Korean data use them). */
const ENDS: Readonly<Record<string, LegalStatus>> = {
  B11: 'withdrawn',
  B12: 'withdrawn',
  B13: 'withdrawn',
  B15: 'refused',
  H13: 'lapsed',
  H14: 'expired',
};

/** What a category says by itself about the status after the event; undefined when it changes nothing. */
export function statusOfCategory(category: string, detail?: string): LegalStatus | undefined {
  const ending = detail === undefined ? undefined : ENDS[detail];
  switch (category) {
    case 'A':
    case 'C':
      return 'pending';
    case 'F':
    case 'K':
      return 'in-force';
    case 'B':
    case 'H':
    case 'N':
      return ending ?? 'ended';
    default:
      return undefined;
  }
}

/** The status after an event with a full code: its category first, then the state letter with the stage. */
export function statusOfCode(code: St27Code): LegalStatus | undefined {
  const byCategory = statusOfCategory(code.key.charAt(0), code.detail);
  if (byCategory !== undefined || code.state === 'U') return byCategory;
  if (code.state === 'N' || code.state === 'E') return 'ended';
  return undefined;
}
