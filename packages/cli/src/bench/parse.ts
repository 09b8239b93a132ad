import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generatePatents } from '@quanlian/demo';
import { parsePaths } from '@quanlian/formats';
import { type Bench, summarize, timed } from './measure.js';

const ROUNDS = 5;

function* lines(options: { docs: number; seed: number }): Generator<string> {
  for (const document of generatePatents({ seed: options.seed, count: options.docs })) {
    yield `${JSON.stringify(document)}\n`;
  }
}

/** Reading the generated documents back from one JSON Lines file, threads included, over and over. */
export const benchParse: Bench = async (options, dir) => {
  const file = join(dir, 'documents.jsonl');
  await pipeline(Readable.from(lines(options)), createWriteStream(file));
  const megabytes = (await stat(file)).size / 1e6;
  const rates: number[] = [];
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let read = 0;
    const ms = await timed(async () => {
      for await (const item of await parsePaths([file])) read += item.type === 'document' ? 1 : 0;
    });
    if (read !== options.docs) throw new Error(`${read} of ${options.docs} documents were read`);
    rates.push((read * 1000) / ms);
    speeds.push((megabytes * 1000) / ms);
  }
  return [summarize('patent-document', 'documents/s', rates), summarize('patent-document', 'MB/s', speeds)];
};
