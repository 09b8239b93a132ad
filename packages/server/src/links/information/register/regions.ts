import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { createRegionReader, type DistrictRow, districtPlaces, type RegionReader } from '@quanlian/kernel';
import { z } from 'zod';

const RowSchema = z.object({
  code: z.string().regex(/^[1-9]\d{5}$/, 'the code has six digits (GB/T 2260)'),
  zh: z.string().min(2).max(40),
  en: z.string().max(80).optional(),
});

/** The lines of a table: code, Chinese name, and an English name or none; a first line without a code is its heads. */
function readTable(name: string, text: string): DistrictRow[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.flatMap((line, index): DistrictRow[] => {
    const [code = '', zh = '', en = ''] = line.split(/[,\t]/).map((cell) => cell.trim());
    if (line.trim() === '' || (index === 0 && !/^\d/.test(code))) return [];
    const parsed = RowSchema.safeParse({ code, zh, ...(en === '' ? {} : { en }) });
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    throw new QuanlianError(
      'rules.invalid',
      `The table of districts ${name}, line ${index + 1}: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
  });
}

/**
 * Reads addresses with the tables (`*.csv`) of a folder beside the places that the program knows. `mark` names what they
 * hold, and is empty when there are none. Refuses `rules.invalid` naming the file and the line.
 */
export async function loadRegions(folder: string): Promise<{ readonly reader: RegionReader; readonly mark: string }> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.csv')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const rows = texts.flatMap((text, i) => readTable(names[i] ?? '', text));
  const mark = names.length === 0 ? '' : createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 16);
  return { reader: createRegionReader(districtPlaces(rows)), mark };
}
