import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The shipped rules lie at the root, at the same depth from the sources and the build. */
const SHIPPED_RULES = fileURLToPath(new URL('../../../../../../rules', import.meta.url));

/** How status and places are derived by this program; raised when the same events or addresses come to mean something else. */
const DERIVATION = 4;

/** Names everything that legal status hangs on beside the documents: the rules and tables, and how they are applied. */
export async function basisFingerprint(directory: string = SHIPPED_RULES): Promise<string> {
  const hash = createHash('sha256').update(String(DERIVATION));
  for (const name of (await readdir(directory, { recursive: true })).filter((one) => one.endsWith('.json')).sort())
    hash.update(name).update(await readFile(join(directory, name)));
  return hash.digest('hex');
}
