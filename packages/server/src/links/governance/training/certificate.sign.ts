import { createPrivateKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { decrypt, encrypt } from '../../../identity/secret.js';
import type { Actor } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import type { Environment } from '../../../work/environment.js';

/** Signs what certificates say, and checks it with the key it was signed with. */
export interface CertificateSigner {
  sign(payload: string): Promise<{ keyId: string; signature: Buffer }>;
  /** Undefined when the key is not known. */
  check(
    keyId: string,
    payload: string,
    signature: Buffer,
  ): Promise<{ genuine: boolean; publicKey: string } | undefined>;
}

export interface SignerDeps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly system: () => Promise<Actor>;
  /** Derived from the installation's secret for this purpose; the private key is kept encrypted with it. */
  readonly secret: Buffer;
}

interface SigningKey {
  readonly id: string;
  readonly private: KeyObject;
}

/** Always the machine's own chance: a key from a seeded source could be made again by anybody. */
function newKey(): { publicKey: string; privateKey: string } {
  const pair = generateKeyPairSync('ed25519');
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export function createCertificateSigner({ db, environment, system, secret }: SignerDeps): CertificateSigner {
  let current: Promise<SigningKey> | undefined;

  /** The key in use; made the first time one is needed. Of two servers that make one, the first wins. */
  async function findKey(trx: WorkTransaction): Promise<SigningKey> {
    const known = trx.selectFrom('training_signing_key').selectAll().where('retired_at', 'is', null);
    if (!(await known.executeTakeFirst())) {
      const { publicKey, privateKey } = newKey();
      await trx
        .insertInto('training_signing_key')
        .values({
          id: environment.newId(),
          public_key: publicKey,
          private_key: encrypt(secret, privateKey),
          created_at: environment.now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    const { id, private_key } = await known.executeTakeFirstOrThrow();
    return { id, private: createPrivateKey(decrypt(secret, private_key)) };
  }

  return {
    async sign(payload) {
      current ??= withWork(db, await system(), findKey);
      const key = await current.catch((error: unknown) => {
        current = undefined;
        throw error;
      });
      return { keyId: key.id, signature: sign(null, Buffer.from(payload), key.private) };
    },
    async check(keyId, payload, signature) {
      const row = await withWork(db, await system(), (trx) =>
        trx.selectFrom('training_signing_key').select('public_key').where('id', '=', keyId).executeTakeFirst(),
      );
      if (!row) return undefined;
      const genuine = verify(null, Buffer.from(payload), row.public_key, signature);
      return { genuine, publicKey: row.public_key };
    },
  };
}
