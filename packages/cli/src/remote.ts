import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ERROR_CODES, type ErrorBody, type ErrorCode, type LoadJob, QuanlianError } from '@quanlian/contract';
import type { TableMapping } from '@quanlian/formats/mappings';
import { dataFolder, type ServerAddress } from '@quanlian/server';

/** A server that runs on a data folder, spoken to with that folder's token. */
export interface RunningServer {
  readonly url: string;
  /** Sends a file's content and starts its load; `onSent` counts bytes. */
  upload(
    file: { readonly name: string; readonly mapping?: TableMapping | undefined },
    content: Readable,
    size: number | undefined,
    onSent: (bytes: number) => void,
  ): Promise<LoadJob>;
  job(id: string): Promise<LoadJob>;
  stop(id: string): Promise<LoadJob>;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readAddress(file: string): Promise<ServerAddress | undefined> {
  try {
    const { url, pid } = JSON.parse(await readFile(file, 'utf8')) as ServerAddress;
    return isRunning(pid) ? { url, pid } : undefined;
  } catch {
    // No file, or one that a starting server is writing: then no server can be spoken to.
    return undefined;
  }
}

async function readBody(answer: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

const isKnown = (code: string): code is ErrorCode => code in ERROR_CODES;

function answerOf<Answer>(status: number, body: unknown): Answer {
  if (status < 400) return body as Answer;
  const { code, message } = (body as ErrorBody).error;
  throw new QuanlianError(isKnown(code) ? code : 'server.internal', message);
}

/** The server running on a data folder; undefined when there is none. */
export async function findServer(dataDir: string): Promise<RunningServer | undefined> {
  const folder = dataFolder(dataDir);
  const address = await readAddress(folder.server);
  if (!address) return undefined;
  const token = (await readFile(folder.token, 'utf8')).trim();
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (method: string, path: string): Promise<LoadJob> => {
    const answer = await fetch(`${address.url}/api/v1${path}`, { method, headers });
    return answerOf(answer.status, await answer.json());
  };
  return {
    url: address.url,
    job: (id) => ask('GET', `/loads/${id}`),
    stop: (id) => ask('DELETE', `/loads/${id}`),
    async upload({ name, mapping }, content, size, onSent) {
      const asked = new URLSearchParams({ name, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) });
      const sending = request(`${address.url}/api/v1/loads?${asked}`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/octet-stream',
          ...(size === undefined ? {} : { 'content-length': size }),
        },
      });
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        sending.once('response', resolve).once('error', reject);
      });
      let sent = 0;
      content.on('data', (chunk: Buffer) => {
        sent += chunk.length;
        onSent(sent);
      });
      // A refusal may come before all is sent; it then says more than the broken pipe does.
      const piped = pipeline(content, sending).catch((error: unknown) => error);
      const answer = await answered.catch(async (error: unknown) => {
        await piped;
        throw error;
      });
      return answerOf(answer.statusCode ?? 500, await readBody(answer));
    },
  };
}

/** A file's content and size for an upload. */
export async function fileContent(path: string): Promise<{ content: Readable; size: number }> {
  return { content: createReadStream(path), size: (await stat(path)).size };
}
