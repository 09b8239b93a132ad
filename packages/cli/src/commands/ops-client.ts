import { OPS_SERVICES, type OpsClient, QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import { createOpsClients, MACHINE } from '@quanlian/server';
import { printJson, printLine, say } from '../output.js';
import { onWork } from './account.server.js';

interface Options {
  readonly data: string;
  readonly json: boolean;
}

export interface IssueOptions extends Options {
  readonly name: string;
  readonly hourMegabytes?: number;
  readonly weekMegabytes?: number;
  readonly perMinute: readonly string[];
}

const MB = 1_000_000;

const clientsOf = (database: WorkDatabase) => createOpsClients(database, MACHINE);

/** `search=30` for each kind of service. */
function readRates(texts: readonly string[]): Partial<Record<(typeof OPS_SERVICES)[number], number>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', most = ''] = /^(\w+)=(\d{1,9})$/.exec(text) ?? [];
      const service = OPS_SERVICES.find((one) => one === name);
      if (service === undefined)
        throw new QuanlianError(
          'usage.invalid',
          `“${text}” is not written service=number with ${OPS_SERVICES.join(', ')}.`,
        );
      return [service, Number(most)];
    }),
  );
}

/** `quanlian ops-client issue`: a client id and secret for a program that speaks OPS. */
export async function issueCommand({
  data,
  json,
  name,
  hourMegabytes,
  weekMegabytes,
  perMinute,
}: IssueOptions): Promise<void> {
  const parts = {
    name,
    hourBytes: hourMegabytes === undefined ? null : Math.round(hourMegabytes * MB),
    weekBytes: weekMegabytes === undefined ? null : Math.round(weekMegabytes * MB),
    perMinute: readRates(perMinute),
  };
  const { client, secret } = await onWork(data, {
    remote: async (ask) =>
      (await (await ask('POST', '/ops/clients', parts)).json()) as { client: OpsClient; secret: string },
    local: (work) => clientsOf(work).issue(parts, { organizationId: null, personId: null }),
  });
  if (json) return printJson({ id: client.id, key: client.key, secret });
  say('This secret is told once.');
  return printLine(`${client.key}  ${secret}`);
}

/** `quanlian ops-client list`. */
export async function listCommand({ data, json }: Options): Promise<void> {
  const clients = await onWork(data, {
    remote: async (ask) => ((await (await ask('GET', '/ops/clients')).json()) as { clients: OpsClient[] }).clients,
    local: (work) => clientsOf(work).list(),
  });
  if (json) return printJson(clients);
  for (const { key, name, revokedAt, lastUsedAt } of clients)
    await printLine(`${key}  ${revokedAt === null ? (lastUsedAt ?? '-') : 'revoked'}  ${name}`);
}

/** `quanlian ops-client revoke`: by key or id. */
export async function revokeCommand(name: string, { data, json }: Options): Promise<void> {
  const missing = () => new QuanlianError('ops.client_not_found', `There is no client “${name}”.`);
  await onWork(data, {
    remote: async (ask) => {
      const { clients } = (await (await ask('GET', '/ops/clients')).json()) as { clients: OpsClient[] };
      const client = clients.find((one) => one.key === name || one.id === name);
      if (!client) throw missing();
      await ask('DELETE', `/ops/clients/${client.id}`);
    },
    local: async (work) => {
      const client = await clientsOf(work).find(name);
      if (!client) throw missing();
      await clientsOf(work).revoke(client.id);
    },
  });
  await (json ? printJson({ revoked: name }) : printLine(`${name} is revoked.`));
}
