import { readFile } from 'node:fs/promises';
import { QuanlianError } from '@quanlian/contract';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';

const ProviderSchema = z.strictObject({
  /** Address of the issuer; its configuration is read from `/.well-known/openid-configuration` below it. */
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** What the sign-in page calls it. */
  title: z.string().min(1),
  /** For an issuer inside the office's own network. */
  allowPrivateAddress: z.boolean().default(false),
});

const MB = 1_000_000;
const rate = (most: number) => z.number().int().min(0).max(1_000_000_000).default(most);
const bytes = () => z.number().min(0).max(1_000_000_000).default(0);

/** The EPO-OPS-compatible face. Quotas are in megabytes of answers for each client; zero sets none. */
const OpsSchema = z
  .strictObject({
    tokenSeconds: z.number().int().min(1).max(86_400).default(1199),
    /** Hits of a query that can be paged through; zero sets no end. */
    reachable: z.number().int().min(0).default(0),
    hourMegabytes: bytes(),
    weekMegabytes: bytes(),
    /** Requests of each client in sixty seconds, by kind of service. */
    perMinute: z
      .strictObject({
        images: rate(6000),
        inpadoc: rate(6000),
        other: rate(60_000),
        retrieval: rate(60_000),
        search: rate(6000),
      })
      .prefault({}),
  })
  .prefault({})
  .transform(({ hourMegabytes, weekMegabytes, ...rest }) => ({
    ...rest,
    hourBytes: hourMegabytes * MB,
    weekBytes: weekMegabytes * MB,
  }));

/** Most requests that may come with one API key, whatever the key itself says; zero sets no bound. */
const KeysSchema = z.strictObject({ perMinute: rate(0), perDay: rate(0) }).prefault({});

const ConfigSchema = z.strictObject({
  signIn: z
    .strictObject({
      /** Whether everything needs sign-in, and other machines may be served. */
      required: z.boolean().default(false),
      /** The address people use, when a proxy with HTTPS stands before the server. */
      publicUrl: z.url().optional(),
      sessionHours: z.number().int().min(1).max(720).default(12),
      providers: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), ProviderSchema).default({}),
    })
    .prefault({}),
  mail: z
    .strictObject({
      host: z.string().min(1),
      port: z.number().int().min(1).max(65_535).default(587),
      /** TLS from the first byte; otherwise STARTTLS when the server offers it. */
      secure: z.boolean().default(false),
      /** Refuse to send without TLS. */
      requireTls: z.boolean().default(true),
      user: z.string().optional(),
      password: z.string().optional(),
      from: z.string().min(3),
    })
    .optional(),
  webhooks: z.strictObject({ allowPrivateAddress: z.boolean().default(false) }).prefault({}),
  ops: OpsSchema,
  keys: KeysSchema,
  papers: z
    .strictObject({
      largestBytes: z
        .number()
        .int()
        .min(1024)
        .default(50 * 1024 * 1024),
    })
    .prefault({}),
});

/** What the operator decided, from `config.toml` in the data folder. */
export type WorkConfig = z.infer<typeof ConfigSchema>;
export type ProviderConfig = z.infer<typeof ProviderSchema>;
export type MailConfig = NonNullable<WorkConfig['mail']>;

export const DEFAULT_CONFIG: WorkConfig = ConfigSchema.parse({});

function describe(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('; ');
}

/** Reads a configuration. Throws `config.invalid` naming every part that does not fit. */
function parseConfig(text: string, file = 'config.toml'): WorkConfig {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const where = error instanceof TomlError ? ` at line ${error.line}, column ${error.column}` : '';
    throw new QuanlianError('config.invalid', `${file} is not well-formed TOML${where}.`, { cause: error });
  }
  const result = ConfigSchema.safeParse(value);
  if (result.success) return result.data;
  throw new QuanlianError('config.invalid', `${file} cannot be used: ${describe(result.error)}.`);
}

/** The configuration of a data folder; the defaults when it has none. */
export async function readConfig(file: string): Promise<WorkConfig> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return parseConfig(text, file);
}
