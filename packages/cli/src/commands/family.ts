import type { FamilyAnswer } from '@quanlian/contract';
import { familyOf, findDocument } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, table } from '../output.js';

function readable({ id, simple, extended, members, complete }: FamilyAnswer): string {
  const rows = members.map((member) => [
    member.date ?? '',
    member.id,
    member.simple ? 'simple' : 'extended',
    member.ties.map(({ kind, key }) => `${kind} ${key}`).join(', '),
    member.title ?? '',
  ]);
  const head = `${id}  simple family ${simple.name}: ${simple.size}, with all tied to it: ${extended.size}`;
  const more = complete ? '' : '\nThere are more members than are shown.';
  return `${head}\n\n${table([['PUBLISHED', 'DOCUMENT', 'FAMILY', 'TIED BY', 'TITLE'], ...rows])}${more}\n`;
}

/** `quanlian family`: the members of both families and what ties each. */
export async function familyCommand(number: string, options: { data: string; json: boolean }): Promise<void> {
  const answer = await withCorpus(options.data, async (backend) =>
    familyOf(backend, await findDocument(backend, number)),
  );
  await (options.json ? printJson(answer) : print(readable(answer)));
}
