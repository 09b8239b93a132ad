import type { NoticeText } from '../notices/texts.js';

/** What people are told about any case. */
export const CASE_NOTICES: Readonly<Record<string, NoticeText>> = {
  'case.moved': {
    title: { zh: '{title}：有新进展', en: '{title}: a step was taken' },
    text: { zh: '“{title}”进入新的环节（{state}）。', en: '“{title}” has moved on ({state}).' },
  },
  'case.escalated': {
    title: { zh: '{title}：{clock} 期限提醒', en: '{title}: deadline {clock}' },
    text: {
      zh: '“{title}”的期限“{clock}”最后一天为 {due}，请及时办理。',
      en: 'The deadline “{clock}” of “{title}” has {due} as its last day. Please see to it.',
    },
  },
};
