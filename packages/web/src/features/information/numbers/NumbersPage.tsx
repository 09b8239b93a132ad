import type { ListedNumber, NumberReading } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { apiUrl, errorFrom, WRITE_HEADERS } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { saveFile } from '../../../app/saveFile.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import '../query/query.css';

const LARGEST_FILE = 900_000;
const FORMATS = ['csv', 'xlsx'] as const;

async function fetchReport(text: string, format: (typeof FORMATS)[number], lang: string): Promise<Blob> {
  const headers = { ...WRITE_HEADERS, 'content-type': 'application/json' };
  const body = JSON.stringify({ text, format, lang });
  const answer = await fetch(apiUrl('/numbers/report'), { method: 'POST', headers, body });
  if (!answer.ok) throw errorFrom(answer.status, await answer.json().catch(() => undefined));
  return answer.blob();
}

const readingsOf = (number: ListedNumber): readonly NumberReading[] =>
  number.candidates.length > 0 ? number.candidates : [number];

function ReadingCells({ reading }: { reading: NumberReading }) {
  const { t } = useLanguage();
  const { docdb, epodoc, original, display } = reading.forms;
  return (
    <>
      <td>{t(`query:numbers.type.${reading.type}`)}</td>
      {[docdb, epodoc, original, display].map((form, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: four columns in a fixed order
        <td key={at} className="code">
          {form ?? '–'}
        </td>
      ))}
    </>
  );
}

function NumberRows({ number }: { number: ListedNumber }) {
  const { t } = useLanguage();
  const readings = readingsOf(number);
  const [first, ...others] = readings;
  return (
    <>
      <tr className={number.valid ? undefined : 'clauses__empty'}>
        <th scope="row" rowSpan={readings.length} className="code">
          {number.input}
        </th>
        {first ? <ReadingCells reading={first} /> : null}
        <td rowSpan={readings.length}>
          {number.warnings.map(({ code, message }) => (
            <p key={code} className="note" lang="en">
              {message}
            </p>
          ))}
          {readings.length > 1 ? (
            <p className="note">{t('query:numbers.several', { readings: readings.length })}</p>
          ) : null}
        </td>
        <td rowSpan={readings.length} className="code">
          {number.found.length === 0 ? <span className="note">{t('query:numbers.notHere')}</span> : null}
          {number.found.map((id) => (
            <div key={id}>
              <Link to="/publications/$id" params={{ id }}>
                {id}
              </Link>
            </div>
          ))}
        </td>
      </tr>
      {withKeys(others, ({ type, forms }) => `${type}${forms.docdb}`).map(({ key, item }) => (
        <tr key={key}>
          <ReadingCells reading={item} />
        </tr>
      ))}
    </>
  );
}

function Report({ text, numbers }: { text: string; numbers: readonly ListedNumber[] }) {
  const { t, tag, language } = useLanguage();
  const [error, setError] = useState<unknown>();
  const wrong = numbers.filter(({ valid }) => !valid).length;
  const found = numbers.filter((number) => number.found.length > 0).length;
  const save = async (format: (typeof FORMATS)[number]) => {
    setError(undefined);
    try {
      saveFile(`quanlian-numbers.${format}`, await fetchReport(text, format, language), 'application/octet-stream');
    } catch (caught) {
      setError(caught);
    }
  };
  const figures = { all: numbers.length, wrong, found };
  return (
    <>
      <p role="status">
        {t('query:numbers.summary', {
          all: formatNumber(figures.all, tag),
          wrong: formatNumber(figures.wrong, tag),
          found: formatNumber(figures.found, tag),
        })}
      </p>
      <div className="row note">
        {FORMATS.map((format) => (
          <button key={format} type="button" className="text-button" onClick={() => void save(format)}>
            {t(`search:export.${format}`)}
          </button>
        ))}
      </div>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <ScrollFrame label={t('query:numbers.column.input')}>
        <table>
          <thead>
            <tr>
              {(['input', 'kind', 'docdb', 'epodoc', 'original', 'display', 'problem', 'found'] as const).map(
                (name) => (
                  <th key={name} scope="col">
                    {t(`query:numbers.column.${name}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {withKeys(numbers, ({ input }) => input).map(({ key, item }) => (
              <NumberRows key={key} number={item} />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </>
  );
}

/** Reads a list of numbers in any writing and says what each means, what is wrong with it and whether it is here. */
export function NumbersPage() {
  const { t } = useLanguage();
  const id = useId();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ text: string; numbers: ListedNumber[] }>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  usePageTitle(t('query:numbers.title'));

  const takeFile = async (file: File) => {
    if (file.size > LARGEST_FILE) setError(new Error(t('query:numbers.tooLarge')));
    else setText(await file.text());
  };
  const read = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const { numbers } = await sendApi<{ numbers: ListedNumber[] }>('POST', '/numbers', { text });
      setAnswer({ text, numbers });
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <>
      <h1>{t('query:numbers.title')}</h1>
      <p className="quiet">{t('query:numbers.lead')}</p>
      <form onSubmit={(event) => void read(event)}>
        <label htmlFor={`${id}-list`}>{t('query:numbers.list')}</label>
        <textarea
          id={`${id}-list`}
          className="numbers__list"
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row">
          <button type="submit" className="button button--main" disabled={busy || text.trim() === ''}>
            {t('query:numbers.read')}
          </button>
          <label htmlFor={`${id}-file`}>{t('query:numbers.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".txt,.csv,text/plain,text/csv"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void takeFile(file);
            }}
          />
        </div>
      </form>
      {error === undefined ? null : <ErrorNotice error={error} />}
      {answer === undefined ? null : <Report text={answer.text} numbers={answer.numbers} />}
    </>
  );
}
