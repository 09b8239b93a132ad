import { hash, verify } from '@node-rs/argon2';
import { QuanlianError } from '@quanlian/contract';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const SHORTEST = 10;
const LONGEST = 200;
const LONG_ENOUGH = 16;

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

function weakness(password: string, email: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST) return `It needs at least ${SHORTEST} characters.`;
  if (length > LONGEST) return `It may have at most ${LONGEST} characters.`;
  if (new Set(password).size < 5) return 'It repeats too few characters.';
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  if (name.length > 3 && password.toLowerCase().includes(name)) return 'It contains the name of the e-mail address.';
  const kinds = CLASSES.filter((kind) => kind.test(password)).length;
  if (length < LONG_ENOUGH && kinds < 3)
    return `Under ${LONG_ENOUGH} characters it needs three of: small letters, capital letters, digits, other characters.`;
  return undefined;
}

/** Throws `password.weak` with the rule that is not met. */
export function requireStrong(password: string, email: string): void {
  const reason = weakness(password, email);
  if (reason)
    throw new QuanlianError('password.weak', `This password is not accepted. ${reason}`, { path: 'password' });
}
