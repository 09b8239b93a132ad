import type { WorkDatabase } from '@quanlian/db';
import { createAccounts, createAudit, MACHINE, type MadeAccount, type NewAccount } from '@quanlian/server';
import { printJson, printLine, say } from '../output.js';
import { onWork } from './account.server.js';

interface Options {
  readonly data: string;
  readonly json: boolean;
}

export interface AddOptions extends Options {
  readonly name: string;
  readonly role: string;
  readonly organization?: string;
  readonly city?: string;
}

const accountsOf = (database: WorkDatabase) =>
  createAccounts({ database, environment: MACHINE, audit: createAudit(MACHINE) });

async function tell(made: MadeAccount, json: boolean): Promise<void> {
  if (json) return printJson(made);
  say('This password is told once; it is to be changed at the first sign-in.');
  return printLine(`${made.email}  ${made.password}`);
}

/** `quanlian account add`: somebody who can sign in, made by the owner of the data folder. */
export async function addCommand(email: string, options: AddOptions): Promise<void> {
  const { name, role, organization, city } = options;
  const account: NewAccount = { email, name, role, organization, city };
  const made = await onWork(options.data, {
    remote: async (ask) => (await (await ask('POST', '/identity/accounts', account)).json()) as MadeAccount,
    local: (work) => accountsOf(work).add(account),
  });
  await tell(made, options.json);
}

/** `quanlian account reset`: a new password for somebody who lost it. */
export async function resetCommand(email: string, options: Options): Promise<void> {
  const made = await onWork(options.data, {
    remote: async (ask) => (await (await ask('POST', '/identity/accounts/reset', { email })).json()) as MadeAccount,
    local: (work) => accountsOf(work).reset(email),
  });
  await tell(made, options.json);
}

/** `quanlian account disable-demo`: before other machines are served. */
export async function disableDemoCommand(options: Options): Promise<void> {
  const disabled = await onWork(options.data, {
    remote: async (ask) =>
      ((await (await ask('POST', '/identity/accounts/disable-demo')).json()) as { disabled: number }).disabled,
    local: (work) => accountsOf(work).disableDemo(),
  });
  await (options.json ? printJson({ disabled }) : printLine(`${disabled} accounts of the demo city are out of use.`));
}
