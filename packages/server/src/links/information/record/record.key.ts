import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { QuanlianError, type RecordKey } from '@quanlian/contract';

/** The key that records are signed with, and what of it is shown. */
export interface SigningKey {
  readonly private: KeyObject;
  readonly shown: RecordKey;
}

const KEY_ID_DIGITS = 16;

/** What is shown of a public key. Throws `replay.refused` when the text holds no Ed25519 key. */
export function describeKey(pem: string): RecordKey {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is a key of ${key.asymmetricKeyType}`);
    const der = key.export({ type: 'spki', format: 'der' });
    const keyId = createHash('sha256').update(der).digest('hex').slice(0, KEY_ID_DIGITS);
    return { algorithm: 'Ed25519', keyId, publicKey: key.export({ type: 'spki', format: 'pem' }).toString() };
  } catch (error) {
    throw new QuanlianError('replay.refused', 'The public key is no Ed25519 key in PEM form.', { cause: error });
  }
}

async function makeKey(file: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await mkdir(dirname(file), { recursive: true });
  try {
    // Of two programs that start at once, the first writes the key and the other reads it.
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFile(file, 'utf8');
    throw error;
  }
}

/** The installation's own key, in a file that only its owner reads, made the first time it is needed. */
export async function readSigningKey(file: string): Promise<SigningKey> {
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const pem = known ?? (await makeKey(file));
  await chmod(file, 0o600);
  return { private: createPrivateKey(pem), shown: describeKey(pem) };
}
