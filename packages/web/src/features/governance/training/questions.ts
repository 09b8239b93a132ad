import type { KeyedQuestion } from '@quanlian/contract';
import { ApiError } from '../../../app/api/client.js';

const notRead = (line: number, what: string): ApiError =>
  new ApiError('request.invalid', `Line ${line} of the questions: ${what}`, 0);

/** "Chinese | English"; a text in one language stands for both. */
function wordsOf(text: string): { zh: string; en: string } {
  const [zh = text, en = zh] = text.split('|').map((part) => part.trim());
  return { zh, en };
}

interface Draft {
  readonly line: number;
  readonly text: { zh: string; en: string };
  readonly points: number;
  readonly options: { zh: string; en: string }[];
  readonly right: number[];
}

function finished({ line, text, points, options, right }: Draft): KeyedQuestion {
  if (options.length < 2) throw notRead(line, 'a question needs two options or more.');
  if (right.length === 0) throw notRead(line, 'mark the right options with “+”.');
  return { kind: right.length > 1 ? 'multiple' : 'single', text, options, points, right };
}

const QUESTION = /^\?\s*(.+?)(?:\s*\((\d+)\))?$/;
const OPTION = /^([+-])\s*(.+)$/;

/**
 * The questions of a test as people write them: a line `? Chinese | English (points)` for a question, one point when
 * none are named, and below it its options, `+` before each right one and `-` before the others. A question with
 * several right options takes several answers. Throws `ApiError` naming the line.
 */
export function readQuestions(text: string): KeyedQuestion[] {
  const drafts: Draft[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    if (line.startsWith('?')) {
      const [, words = '', points = '1'] = QUESTION.exec(line) ?? [];
      if (words === '') throw notRead(index + 1, 'the question has no text.');
      drafts.push({ line: index + 1, text: wordsOf(words), points: Number(points), options: [], right: [] });
      return;
    }
    const [, sign, words = ''] = OPTION.exec(line) ?? [];
    const draft = drafts.at(-1);
    if (sign === undefined || draft === undefined)
      throw notRead(index + 1, 'a line begins with “?” for a question, “+” for a right option or “-” for another.');
    if (sign === '+') draft.right.push(draft.options.length);
    draft.options.push(wordsOf(words));
  });
  return drafts.map(finished);
}
