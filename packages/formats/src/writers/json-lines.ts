import { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';

/** Whole documents, one a line, in the form the `patent-document` reader takes back. */
export function writeJsonLines(documents: AsyncIterable<PatentDocument>): Readable {
  const lines = async function* (): AsyncGenerator<Buffer> {
    for await (const document of documents) yield Buffer.from(`${JSON.stringify(document)}\n`, 'utf8');
  };
  return Readable.from(lines());
}
