import { QuanlianError } from '@quanlian/contract';
import { TABLE_LIMITS } from '@quanlian/formats/tables';
import { z } from 'zod';
import type { Api } from './api.js';

/** How a table comes as a file: its bytes are the body. */
export const FILE_TYPE = 'application/octet-stream';

/** Lets routes of this scope take a table as a file; what is larger than a table may be is refused while it comes. */
export function takesTables(app: Api): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FILE_TYPE, { parseAs: 'buffer', bodyLimit: TABLE_LIMITS.bytes }, (_request, body, done) =>
    done(null, body),
  );
}

/** The file of a request. */
export function tableOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw new QuanlianError('request.invalid', `Send the file itself as the body, with the content type ${FILE_TYPE}.`);
}

export const FileBody = z.unknown().meta({ type: 'string', format: 'binary' });
