import { readFile } from 'node:fs/promises';
import type { NameMerge, NameParent, NameProposal, NewNameMerge } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import {
  createAudit,
  createNames,
  createProposals,
  dataFolder,
  MACHINE,
  readNameTree,
  systemActor,
} from '@quanlian/server';
import { print, printJson, printLine, table } from '../output.js';
import { onWork } from './account.server.js';

interface Options {
  readonly data: string;
  readonly json: boolean;
}

/** Names with the work database opened here, as the owner of the data folder. */
function namesIn(database: WorkDatabase) {
  const audit = createAudit(MACHINE);
  return {
    names: createNames({ database, environment: MACHINE, audit }),
    actor: systemActor('owner of the data folder'),
  };
}

const evidenceOf = ({ evidence: { form, inventors, addresses, families } }: NameProposal): string =>
  [
    form === null ? '' : `same normal form (${form})`,
    inventors === 0 ? '' : `inventors in common: ${inventors}`,
    addresses === 0 ? '' : `addresses in common: ${addresses}`,
    families === 0 ? '' : `families in common: ${families}`,
  ]
    .filter(Boolean)
    .join('; ');

/** `quanlian names propose`: names that may be one owner, with what speaks for it. Nothing is merged. */
export async function proposeCommand(words: string | undefined, options: Options & { limit: number }): Promise<void> {
  const answer = await createProposals(dataFolder(options.data).registerTables)(words ?? '', options.limit);
  if (options.json) return printJson(answer);
  if (answer.sequence === null)
    return printLine('The register is not derived yet; start the server on this folder once.');
  const rows = answer.proposals.map((one) => [
    one.names.map(({ name, documents }) => `${name} (${documents})`).join(' | '),
    evidenceOf(one),
  ]);
  await print(`${table([['NAMES', 'EVIDENCE'], ...rows])}\n`);
  await printLine(`${answer.proposals.length} of ${answer.total} proposals; nothing is merged by itself.`);
}

const merged = ({ id, names, reason, author, at, undone }: NameMerge): string[] => [
  id,
  names.join(' | '),
  reason,
  author ?? 'owner of the data folder',
  at.slice(0, 10),
  undone === null ? 'in force' : `undone by ${undone.author ?? 'owner of the data folder'}: ${undone.reason}`,
];

const HEAD = ['ID', 'NAMES', 'REASON', 'BY', 'ON', 'STATE'];
const mergeTable = (merges: readonly NameMerge[]): string => `${table([HEAD, ...merges.map(merged)])}\n`;

/** `quanlian names list`: every merge with author and reason, those undone too. */
export async function listCommand({ data, json }: Options): Promise<void> {
  const merges = await onWork<NameMerge[]>(data, {
    remote: async (ask) => ((await (await ask('GET', '/names/merges')).json()) as { merges: NameMerge[] }).merges,
    async local(work) {
      const { names, actor } = namesIn(work);
      return names.list(actor);
    },
  });
  if (json) return printJson({ merges });
  await (merges.length === 0 ? printLine('No names were merged yet.') : print(mergeTable(merges)));
}

interface ChangeOptions extends Options {
  readonly reason: string;
  readonly by?: string;
  readonly organization?: string;
}

/** `quanlian names merge`: takes names for one in the merged view; the first is what it shows. */
export async function mergeCommand(list: string[], options: ChangeOptions): Promise<void> {
  const { data, json, reason, by, organization } = options;
  const order: NewNameMerge = {
    names: list,
    reason,
    ...(by === undefined ? {} : { by }),
    ...(organization === undefined ? {} : { organizationId: organization }),
  };
  const made = await onWork<NameMerge>(data, {
    remote: async (ask) => (await (await ask('POST', '/names/merges', order)).json()) as NameMerge,
    async local(work) {
      const { names, actor } = namesIn(work);
      return names.merge(actor, order);
    },
  });
  await (json ? printJson(made) : print(mergeTable([made])));
}

/** `quanlian names undo`: takes a merge back; every answer is as before. */
export async function undoCommand(id: string, { data, json, reason, by }: ChangeOptions): Promise<void> {
  const order = { reason, ...(by === undefined ? {} : { by }) };
  const undone = await onWork<NameMerge>(data, {
    remote: async (ask) =>
      (await (await ask('POST', `/names/merges/${encodeURIComponent(id)}/undo`, order)).json()) as NameMerge,
    async local(work) {
      const { names, actor } = namesIn(work);
      return names.undo(actor, id, order);
    },
  });
  await (json ? printJson(undone) : print(mergeTable([undone])));
}

/** `quanlian names tree`: who is below whom, and who says so. */
export async function treeCommand({ data, json }: Options): Promise<void> {
  const rows = await onWork<NameParent[]>(data, {
    remote: async (ask) => ((await (await ask('GET', '/names/tree')).json()) as { rows: NameParent[] }).rows,
    async local(work) {
      const { names, actor } = namesIn(work);
      return names.tree(actor);
    },
  });
  if (json) return printJson({ rows });
  const lines = rows.map(({ parent, child, from, to, source }) => [parent, child, from ?? '', to ?? '', source]);
  await (rows.length === 0
    ? printLine('No list was imported yet.')
    : print(`${table([['PARENT', 'CHILD', 'FROM', 'TO', 'SOURCE'], ...lines])}\n`));
}

/** `quanlian names import`: a corporate tree from CSV or XLSX; rows of a source take the place of its earlier ones. */
export async function importCommand(file: string, options: Options & { organization?: string }): Promise<void> {
  const { data, json, organization } = options;
  const bytes = await readFile(file);
  const place = organization === undefined ? '' : `?organizationId=${encodeURIComponent(organization)}`;
  const rows = await onWork<number>(data, {
    remote: async (ask) =>
      ((await (await ask('POST', `/names/tree/file${place}`, bytes)).json()) as { rows: number }).rows,
    async local(work) {
      const { names, actor } = namesIn(work);
      return names.importTree(actor, await readNameTree(bytes), organization);
    },
  });
  await (json ? printJson({ rows }) : printLine(`${rows} rows are imported.`));
}
