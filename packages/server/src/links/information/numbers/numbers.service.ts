import type { ListedNumber, NumberReading, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { readNumber } from '@quanlian/kernel';

/** Documents named beside one number; a number with more is a family, not a document. */
const MOST_FOUND = 20;
const AT_ONCE = 8;

const readingsOf = (answer: { candidates: readonly NumberReading[] } & NumberReading): readonly NumberReading[] =>
  answer.candidates.length > 0 ? answer.candidates : [answer];

const bareOf = ({ office, number }: NumberReading): string | undefined =>
  office === null || number === null ? undefined : office + number;

/** Documents whose application has one of the readings' numbers. */
async function applicationsOf(backend: SearchBackend, readings: readonly NumberReading[]): Promise<string[]> {
  const clauses = readings
    .filter(({ type }) => type === 'application')
    .flatMap((reading): QueryNode[] => {
      const value = bareOf(reading);
      return value === undefined ? [] : [{ op: 'value', field: 'application', value }];
    });
  if (clauses.length === 0) return [];
  const result = await backend.search({ query: { op: 'or', clauses }, sort: 'oldest', limit: MOST_FOUND });
  return result.hits.map(({ id }) => id);
}

async function publicationsOf(backend: SearchBackend, readings: readonly NumberReading[]): Promise<string[]> {
  const texts = readings
    .filter(({ type }) => type !== 'application' && type !== 'priority')
    .flatMap((reading) => {
      const bare = bareOf(reading);
      return bare === undefined ? [] : [bare + (reading.kind ?? '')];
    });
  return texts.length === 0 ? [] : (await backend.resolve(texts)).flat();
}

async function listNumber(backend: SearchBackend, input: string): Promise<ListedNumber> {
  const answer = readNumber(input);
  const readings = readingsOf(answer);
  const found = [...(await publicationsOf(backend, readings)), ...(await applicationsOf(backend, readings))];
  return { ...answer, input, found: [...new Set(found)].slice(0, MOST_FOUND) };
}

/** Reads every number of a list and looks it up, in order. */
export async function* listNumbers(backend: SearchBackend, texts: readonly string[]): AsyncGenerator<ListedNumber> {
  for (let at = 0; at < texts.length; at += AT_ONCE) {
    yield* await Promise.all(texts.slice(at, at + AT_ONCE).map((text) => listNumber(backend, text)));
  }
}

/** The numbers of a pasted text or a file: one a line, or several parted by tabs, semicolons or Chinese commas. */
export function splitNumbers(text: string): string[] {
  return text
    .split(/[\r\n\t;；、，]+/u)
    .map((one) => one.replace(/^[\uFEFF"'\s]+|["'\s]+$/gu, ''))
    .filter((one) => one !== '');
}

const HEADINGS = {
  zh: ['输入', '读法', '类型', '局', '号码', '种类', 'DOCDB', 'EPODOC', '原始写法', '显示写法', '问题', '库内文献'],
  en: [
    'Input',
    'Reading',
    'Type',
    'Office',
    'Number',
    'Kind',
    'DOCDB',
    'EPODOC',
    'Original',
    'Display',
    'Problems',
    'Documents here',
  ],
} as const;

export const numberHeadings = (lang: 'zh' | 'en'): readonly string[] => HEADINGS[lang];

/** The rows of a repair report: one for each reading of each number. */
export async function* numberRows(numbers: AsyncIterable<ListedNumber>): AsyncGenerator<string[]> {
  for await (const number of numbers) {
    const problems = number.warnings.map(({ message }) => message).join(' ');
    const readings = readingsOf(number);
    for (const [at, { type, office, number: digits, kind, forms }] of readings.entries()) {
      const { docdb, epodoc, original, display } = forms;
      const parts = [type, office, digits, kind, docdb, epodoc, original, display].map((part) => part ?? '');
      yield [number.input, `${at + 1}/${readings.length}`, ...parts, problems, number.found.join(' ')];
    }
  }
}
