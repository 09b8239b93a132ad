import { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';
import type { ByteWriter, SchemaElement } from 'hyparquet-writer';
import { documentCells, EXPORT_COLUMNS } from './columns.js';

/** Rows that are held and written together. */
const GROUP_ROWS = 5000;
/** The whole document, for whoever wants more than the columns. */
const WHOLE = 'document';

/** Columns are named in plain letters whatever the reader's language: programs read them. */
const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: EXPORT_COLUMNS.length + 1 },
  ...[...EXPORT_COLUMNS, WHOLE].map(
    (name): SchemaElement => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }),
  ),
];

/** The bytes written since the last call. */
function take(writer: ByteWriter): Buffer {
  const bytes = Buffer.from(writer.getBytes());
  writer.index = 0;
  return bytes;
}

/**
 * Documents as Apache Parquet (Snappy), a group of rows at a time, so that a result of any size passes through little
 * memory. Every cell is text; one that a document does not have is null. The column `document` holds it whole, as JSON.
 */
export function writeParquet(
  documents: AsyncIterable<PatentDocument>,
  { languages = [] }: { readonly languages?: readonly string[] } = {},
): Readable {
  const bytes = async function* (): AsyncGenerator<Buffer> {
    // Read when the first result goes out in this form; most servers never need it.
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
    const writer = new ByteWriter();
    const file = new ParquetWriter({ writer, schema: SCHEMA, createdBy: 'quanlian' });
    // The beginning of the file goes out before the first group is full, so that whoever waits sees that it comes.
    yield take(writer);
    let columns: (string | null)[][] = SCHEMA.slice(1).map(() => []);
    const flush = async (): Promise<Buffer> => {
      const columnData = columns.map((data, at) => ({ name: SCHEMA[at + 1]?.name ?? '', data }));
      await file.write({ columnData, rowGroupSize: GROUP_ROWS });
      columns = SCHEMA.slice(1).map(() => []);
      return take(writer);
    };
    for await (const document of documents) {
      const cells = [...documentCells(document, languages), JSON.stringify(document)];
      for (const [at, cell] of cells.entries()) columns[at]?.push(cell === '' ? null : cell);
      if (columns[0]?.length === GROUP_ROWS) yield await flush();
    }
    if (columns[0]?.length) yield await flush();
    file.finish();
    yield take(writer);
  };
  return Readable.from(bytes());
}
