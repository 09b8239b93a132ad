import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { type ArchiveLimits, refused } from './limits.js';
import type { Member } from './zip.js';

/** The members of a tar archive as they come; links, devices and names that point outside are refused. */
export async function* tarMembers(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
): AsyncGenerator<Member> {
  const source = Readable.from(packed);
  const archive = extract();
  source.on('error', (error) => archive.destroy(error));
  source.pipe(archive);
  let count = 0;
  try {
    for await (const entry of archive) {
      const { name: member, type } = entry.header;
      count += 1;
      if (count > limits.entries) throw refused(name, `it has more than ${limits.entries} members`);
      const why = whyNot(member, type);
      if (type === 'directory') entry.resume();
      else if (why) {
        entry.resume();
        yield { name: member, refusal: refused(`${name}!${member}`, why) };
      } else {
        yield {
          name: member.replace(/^\.\//, ''),
          chunks: entryChunks(entry as AsyncIterable<Uint8Array>),
          packed: entry.header.size ?? 0,
        };
        entry.resume();
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'QuanlianError') throw error;
    throw refused(name, 'it is no sound tar archive or is cut short', error);
  } finally {
    source.destroy();
    archive.destroy();
  }
}

function whyNot(member: string, type: string | null | undefined): string | undefined {
  if (type === 'symlink' || type === 'link') return 'it is a link, and links are not followed';
  if (type && type !== 'file' && type !== 'contiguous-file' && type !== 'directory')
    return `it is of the kind "${type}"`;
  const outside = member.startsWith('/') || /^[A-Za-z]:/.test(member) || member.split(/[\\/]/).includes('..');
  return outside ? 'its name points outside the archive' : undefined;
}

/** Left early, the rest of the member is read past: breaking it off would break off the archive. */
async function* entryChunks(entry: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = entry[Symbol.asyncIterator]();
  let ended = false;
  try {
    while (!ended) {
      const next = await iterator.next();
      if (next.done) ended = true;
      else yield next.value;
    }
  } finally {
    while (!ended) ended = (await iterator.next()).done === true;
  }
}
