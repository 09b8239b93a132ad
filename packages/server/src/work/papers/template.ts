import { QuanlianError } from '@quanlian/contract';
import { type BothLanguages, fill, type Language, printable } from '../text.js';

/** A part of a document; texts have places `{name}` and nothing that is evaluated. */
type TemplateBlock =
  | { readonly kind: 'heading'; readonly text: BothLanguages }
  | { readonly kind: 'text'; readonly text: BothLanguages }
  | {
      readonly kind: 'fields';
      readonly fields: readonly { readonly label: BothLanguages; readonly value: BothLanguages }[];
    }
  | { readonly kind: 'table'; readonly columns: readonly BothLanguages[]; readonly rows: string };

/** A document in both languages, as data. */
export interface DocumentTemplate {
  readonly id: string;
  readonly title: BothLanguages;
  readonly blocks: readonly TemplateBlock[];
  /** Under every page: that this is a record of the operator, for one. */
  readonly footer: BothLanguages;
}

/** What a document is made with. */
export interface TemplateValues {
  readonly values: Readonly<Record<string, string | number>>;
  readonly tables?: Readonly<Record<string, readonly (readonly (string | number)[])[]>>;
}

/** A document with every place filled, in one language. */
export interface FilledDocument {
  readonly language: Language;
  readonly title: string;
  readonly footer: string;
  readonly blocks: readonly FilledBlock[];
}

export type FilledBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [string, string])[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Fills a template. Throws `template.invalid` when it asks for what was not given. */
export function fillDocument(
  { title, blocks, footer }: DocumentTemplate,
  { values, tables = {} }: TemplateValues,
  language: Language,
): FilledDocument {
  const say = (text: BothLanguages): string => printable(fill(text[language], values));
  const fillBlock = (block: TemplateBlock): FilledBlock => {
    if (block.kind === 'fields')
      return { kind: 'fields', fields: block.fields.map(({ label, value }) => [say(label), say(value)] as const) };
    if (block.kind !== 'table') return { kind: block.kind, text: say(block.text) };
    const rows = tables[block.rows];
    if (!rows)
      throw new QuanlianError(
        'template.invalid',
        `The document asks for the table “${block.rows}”, which was not given.`,
      );
    if (rows.some((row) => row.length !== block.columns.length))
      throw new QuanlianError(
        'template.invalid',
        `Rows of the table “${block.rows}” do not have ${block.columns.length} cells.`,
      );
    return {
      kind: 'table',
      columns: block.columns.map(say),
      rows: rows.map((row) => row.map((cell) => printable(String(cell)))),
    };
  };
  return { language, title: say(title), footer: say(footer), blocks: blocks.map(fillBlock) };
}
