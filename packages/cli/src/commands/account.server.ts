import { readFile } from 'node:fs/promises';
import { ERROR_CODES, type ErrorBody, type ErrorCode, QuanlianError } from '@quanlian/contract';
import { connect, type WorkDatabase } from '@quanlian/db';
import { dataFolder } from '@quanlian/server';
import { say } from '../output.js';
import { findServer } from '../remote.js';

/** Asks a running server, with the token of its data folder. A body of bytes is sent as it is, another as JSON. */
export type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<Response>;

async function refusalOf(answer: Response): Promise<QuanlianError> {
  const { code, message } = ((await answer.json()) as ErrorBody).error;
  return new QuanlianError(code in ERROR_CODES ? (code as ErrorCode) : 'server.internal', message);
}

/**
 * Does something to the work of a data folder: through the server that runs on it, else with the database opened
 * here, because only one program at a time may have it.
 */
export async function onWork<Answer>(
  dataDir: string,
  ways: { readonly remote: (ask: Ask) => Promise<Answer>; readonly local: (work: WorkDatabase) => Promise<Answer> },
): Promise<Answer> {
  const server = await findServer(dataDir);
  if (server) {
    const token = (await readFile(dataFolder(dataDir).token, 'utf8')).trim();
    return ways.remote(async (method, path, body) => {
      const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
      const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': type } : {}) };
      const content = body ? { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) } : {};
      const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...content });
      if (!answer.ok) throw await refusalOf(answer);
      return answer;
    });
  }
  const onError = (error: Error) => say(`quanlian: a connection to the work database broke: ${error.message}`);
  const work = await connect({ dataDir: dataFolder(dataDir).root, url: process.env['DATABASE_URL'], onError });
  try {
    return await ways.local(work);
  } finally {
    await work.close();
  }
}
