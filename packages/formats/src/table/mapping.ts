import { QuanlianError } from '@quanlian/contract';
import { z } from 'zod';

/** A column by its name in the first line, with the text that separates several values in one cell. */
const ColumnSchema = z.union([
  z.string().min(1),
  z.strictObject({ column: z.string().min(1), split: z.string().min(1).optional() }),
]);

const FIELDS = {
  /** Office, number and kind in one cell: `US 2015/0129711 A1`, `CN105353263A`. */
  publication: ColumnSchema.optional(),
  office: ColumnSchema.optional(),
  number: ColumnSchema.optional(),
  kind: ColumnSchema.optional(),
  date: ColumnSchema.optional(),
  application: ColumnSchema.optional(),
  applicationDate: ColumnSchema.optional(),
  family: ColumnSchema.optional(),
  title: ColumnSchema.optional(),
  abstract: ColumnSchema.optional(),
  applicants: ColumnSchema.optional(),
  inventors: ColumnSchema.optional(),
  assignees: ColumnSchema.optional(),
  agents: ColumnSchema.optional(),
  ipc: ColumnSchema.optional(),
  cpc: ColumnSchema.optional(),
  citations: ColumnSchema.optional(),
  /** Literature cited. */
  literature: ColumnSchema.optional(),
  proprietors: ColumnSchema.optional(),
  priorities: ColumnSchema.optional(),
  uspc: ColumnSchema.optional(),
  claims: ColumnSchema.optional(),
  description: ColumnSchema.optional(),
};

/** True for a label of the WHATWG Encoding Standard. */
export function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

/**
 * How the columns of a table become a document. Columns that no field names go to `extra` by their own name.
 * `dates` is the order of day, month and year where they are not ISO 8601; `office` stands for all rows.
 */
export const TableMappingSchema = z
  .strictObject({
    name: z.string().min(1),
    delimiter: z.string().length(1).optional(),
    /** The encoding of a table that is not in UTF-8, such as `gb18030` or `windows-1252`. */
    encoding: z.string().refine(isEncoding, 'it is no encoding; write for example gb18030').optional(),
    dates: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
    lang: z.string().min(2).default('und'),
    office: z
      .string()
      .regex(/^[A-Z]{2}$/, 'an office is two capital letters')
      .optional(),
    fields: z.strictObject(FIELDS),
  })
  .refine(({ fields }) => fields.publication !== undefined || fields.number !== undefined, {
    message: 'a table needs a column for "publication" or "number"',
    path: ['fields'],
  })
  .refine(
    ({ fields, office }) => fields.publication !== undefined || fields.office !== undefined || office !== undefined,
    {
      message: 'a column "number" needs an "office" beside it',
      path: ['office'],
    },
  );

export type TableMapping = z.infer<typeof TableMappingSchema>;
export type TableField = keyof TableMapping['fields'];
/** What a column can be said to mean, in the order in which people are asked. */
export const TABLE_FIELDS = Object.keys(FIELDS) as TableField[];

/** Checks a mapping file; throws `usage.invalid` that names the wrong key. */
export function readMapping(text: string, file: string): TableMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new QuanlianError('usage.invalid', `The mapping file ${file} is not JSON.`, { cause });
  }
  const checked = TableMappingSchema.safeParse(json);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const place = issue?.path.join('.') || 'the file';
  throw new QuanlianError('usage.invalid', `The mapping file ${file} is wrong at ${place}: ${issue?.message ?? ''}.`);
}
