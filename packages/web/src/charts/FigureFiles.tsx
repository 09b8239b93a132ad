import { useMutation } from '@tanstack/react-query';
import { saveFile, toCsv } from '../app/saveFile.js';
import { ErrorNotice } from '../app/states/ErrorNotice.js';
import type { Cell } from '../app/xlsx.js';
import { useLanguage } from '../i18n/useLanguage.js';

export type Lines = readonly (readonly Cell[])[];

interface Props {
  /** What the figures are of; it names the buttons for who cannot see where they stand. */
  title: string;
  /** Name of the files, without their endings. */
  file: string;
  /** The head and the rows of the table, all of them. */
  lines: () => Lines | Promise<Lines>;
  /** The picture as the text of an SVG file; without it there is a table alone. */
  svg?: (() => string | Promise<string>) | undefined;
}

/** The figures of a table or chart as files. */
export function FigureFiles({ title, file, lines, svg }: Props) {
  const { t } = useLanguage();
  const { error, isPending, mutate } = useMutation({ mutationFn: (save: () => Promise<void>) => save() });
  const saveCsv = async () => saveFile(`${file}.csv`, toCsv(await lines()), 'text/csv');
  const saveXlsx = async () => {
    const { toXlsx, XLSX_TYPE } = await import('../app/xlsx.js');
    saveFile(`${file}.xlsx`, toXlsx(title, await lines()), XLSX_TYPE);
  };
  const button = (name: string, label: string, save: () => Promise<void>) => (
    <button
      type="button"
      className="text-button note"
      aria-label={label}
      disabled={isPending}
      onClick={() => mutate(save)}
    >
      {name}
    </button>
  );
  return (
    <>
      {button('CSV', t('work:saveCsv', { title }), saveCsv)}
      {button('XLSX', t('work:saveXlsx', { title }), saveXlsx)}
      {svg === undefined
        ? null
        : button('SVG', t('facets:saveSvg', { title }), async () =>
            saveFile(`${file}.svg`, await svg(), 'image/svg+xml'),
          )}
      {error === null ? null : <ErrorNotice error={error} />}
    </>
  );
}
