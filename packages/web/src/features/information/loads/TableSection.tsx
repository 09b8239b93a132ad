import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Draft, draftOf, mappingOf, type TablePreview } from './mapping.js';
import { TableColumns } from './TableColumns.js';
import { TableResults } from './TableResults.js';
import { fetchMappings, previewTable, uploadFile } from './upload.js';

/** A table that was chosen, and what is known of it. */
interface Chosen {
  file: File;
  preview: TablePreview;
  draft: Draft;
}

const DATES = ['ymd', 'dmy', 'mdy'] as const;
/** Encodings in which tables are met, beside those that files tell themselves. */
const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1252', 'windows-1251'];
const LANGUAGES = ['en', 'zh', 'de', 'fr', 'ja', 'ko', 'es'];

/** The encoding of a text; a table that tells its own, such as a workbook, needs none. */
function EncodingChoice({ encoding, decode }: { encoding: string; decode: (encoding: string) => void }) {
  const { t } = useLanguage();
  const others = encoding === '' || ENCODINGS.includes(encoding) ? [] : [encoding];
  return (
    <label>
      {t('loads:table.encoding')}{' '}
      <select value={encoding} onChange={({ target }) => decode(target.value)}>
        <option value="">{t('loads:table.encodingTold')}</option>
        {[...ENCODINGS, ...others].map((label) => (
          <option key={label}>{label}</option>
        ))}
      </select>
    </label>
  );
}

interface SettingsProps {
  chosen: Chosen;
  change: (draft: Draft) => void;
  /** Reads the columns again in another encoding. */
  decode: (encoding: string) => void;
}

function Settings({ chosen, change, decode }: SettingsProps) {
  const { t } = useLanguage();
  const { data } = useQuery({ queryKey: ['mappings'], queryFn: ({ signal }) => fetchMappings(signal) });
  const { draft, preview } = chosen;
  return (
    <div className="row table-load__settings">
      <label>
        {t('loads:table.shipped')}{' '}
        <select
          defaultValue=""
          onChange={({ target }) => {
            const mapping = data?.mappings[target.value];
            if (mapping) change(draftOf(preview, mapping.fields, mapping));
          }}
        >
          <option value="">{t('loads:table.own')}</option>
          {Object.keys(data?.mappings ?? {}).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <EncodingChoice encoding={draft.encoding} decode={decode} />
      <label>
        {t('loads:table.dates')}{' '}
        <select
          value={draft.dates}
          onChange={({ target }) => change({ ...draft, dates: DATES.find((one) => one === target.value) ?? 'ymd' })}
        >
          {DATES.map((order) => (
            <option key={order} value={order}>
              {t(`loads:table.order.${order}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('loads:table.lang')}{' '}
        <select value={draft.lang} onChange={({ target }) => change({ ...draft, lang: target.value })}>
          {LANGUAGES.map((lang) => (
            <option key={lang}>{lang}</option>
          ))}
        </select>
      </label>
      <label>
        {t('loads:table.office')}{' '}
        <input
          size={3}
          maxLength={2}
          value={draft.office}
          onChange={({ target }) => change({ ...draft, office: target.value.toUpperCase() })}
        />
      </label>
    </div>
  );
}

/** What a preview says of a table by itself. */
const columnsOf = (preview: TablePreview): Pick<Draft, 'columns' | 'encoding'> => {
  const { columns, encoding } = draftOf(preview, preview.guess);
  return { columns, encoding };
};

/** A chosen table: what its columns mean, what becomes of its first rows, and the load. */
function Mapping({ chosen, change, close }: { chosen: Chosen; change: (chosen: Chosen) => void; close: () => void }) {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const { file, draft } = chosen;
  const mapping = mappingOf(file.name, draft);
  const look = useMutation({
    mutationFn: () => previewTable(file, mapping),
    onSuccess: (preview) => change({ ...chosen, preview }),
  });
  const load = useMutation({
    mutationFn: () => uploadFile(file, () => undefined, mapping),
    onSuccess: close,
    onSettled: () => queries.invalidateQueries({ queryKey: ['loads'] }),
  });
  // Another encoding gives the columns other names, so that what was said of them is asked anew.
  const decode = useMutation({
    mutationFn: (encoding: string) => previewTable(file, undefined, encoding === '' ? undefined : encoding),
    onSuccess: (preview) => change({ file, preview, draft: { ...draft, ...columnsOf(preview) } }),
  });
  const error = look.error ?? load.error ?? decode.error;
  const changeDraft = (next: Draft) => change({ ...chosen, draft: next, preview: { ...chosen.preview, results: [] } });
  return (
    <>
      <h3>{file.name}</h3>
      <Settings chosen={chosen} change={changeDraft} decode={decode.mutate} />
      <TableColumns preview={chosen.preview} draft={draft} change={changeDraft} />
      <p className="row">
        <button type="button" className="button" disabled={look.isPending} onClick={() => look.mutate()}>
          {t('loads:table.look')}
        </button>
        <button type="button" className="button button--main" disabled={load.isPending} onClick={() => load.mutate()}>
          {t('loads:table.load')}
        </button>
        <button type="button" className="button button--small" onClick={close}>
          {t('common:close')}
        </button>
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
      <TableResults results={chosen.preview.results} />
    </>
  );
}

/** Loads a table by saying what its columns mean: choose, map, look at the first documents, load. */
export function TableSection() {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<Chosen>();
  const id = useId();
  const open = useMutation({
    mutationFn: (file: File) => previewTable(file),
    onSuccess: (preview, file) => setChosen({ file, preview, draft: draftOf(preview, preview.guess) }),
  });
  return (
    <section className="section table-load" aria-labelledby="tables">
      <h2 id="tables">{t('loads:table.title')}</h2>
      <p className="prose">{t('loads:table.text')}</p>
      <p>
        <input
          id={id}
          className="seen-by-readers-only drop__input"
          type="file"
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,.xlsx"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) open.mutate(file);
          }}
        />
        <label className="button" htmlFor={id}>
          {t('loads:table.choose')}
        </label>
      </p>
      {open.error === null ? null : <ErrorNotice error={open.error} />}
      {chosen === undefined ? null : <Mapping chosen={chosen} change={setChosen} close={() => setChosen(undefined)} />}
    </section>
  );
}
