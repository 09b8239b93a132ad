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
