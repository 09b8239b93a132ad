import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The installation's secret: 32 random bytes in a file that only its owner reads, made at the first start. */
export async function readSecret(file: string): Promise<Buffer> {
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (known.trim()) {
    await chmod(file, 0o600);
    return Buffer.from(known.trim(), 'base64url');
  }
  await mkdir(dirname(file), { recursive: true });
  const secret = randomBytes(32);
  await writeFile(file, `${secret.toString('base64url')}\n`, { mode: 0o600 });
  return secret;
}

/** A key for one purpose; knowing it tells nothing about the secret or another purpose's key. */
export const deriveKey = (secret: Buffer, purpose: string): Buffer =>
  createHmac('sha256', secret).update(`quanlian ${purpose}`).digest();

/** Hides a text that has to be shown to another program again (AES-256-GCM). */
export function encrypt(key: Buffer, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** Throws when the text was changed or hidden with another key. */
export function decrypt(key: Buffer, hidden: string): string {
  const bytes = Buffer.from(hidden, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
