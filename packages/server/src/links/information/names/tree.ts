import { type NameParent, NameParentSchema, QuanlianError } from '@quanlian/contract';
import { readTable, type TableColumn } from '@quanlian/formats/tables';

const COLUMNS: readonly (TableColumn & { readonly key: keyof NameParent })[] = [
  { key: 'parent', names: ['parent', '母公司', '上级'], required: true, asWritten: true },
  { key: 'child', names: ['child', '子公司', '下级'], required: true, asWritten: true },
  { key: 'from', names: ['from', '自', '起始日'], required: false },
  { key: 'to', names: ['to', '至', '截止日'], required: false },
  { key: 'source', names: ['source', '来源'], required: true },
];

/**
 * Reads a list of who is below whom, CSV or XLSX: a line of heads (parent, child, from, to, source, or their Chinese
 * names, in any order), then a line each. Refuses `table.invalid`, `request.invalid` naming the line, and a name below
 * itself by any way.
 */
export async function readNameTree(table: Buffer | string): Promise<NameParent[]> {
  const rows = (await readTable(table, COLUMNS)).map(({ line, cells }) => {
    const { parent, child, from, to, source } = cells;
    const parsed = NameParentSchema.safeParse({ parent, child, from: from || null, to: to || null, source });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new QuanlianError('request.invalid', `Line ${line}, ${issue?.path.join('.')}: ${issue?.message}.`);
  });
  checkCycles(rows);
  return rows;
}

function checkCycles(rows: readonly NameParent[]): void {
  const parents = new Map<string, string[]>();
  for (const { parent, child } of rows) parents.set(child, [...(parents.get(child) ?? []), parent]);
  const safe = new Set<string>();
  const visit = (name: string, below: readonly string[]): void => {
    if (safe.has(name)) return;
    if (below.includes(name))
      throw new QuanlianError(
        'request.invalid',
        `“${name}” would stand below itself: ${[...below, name].join(' < ')}.`,
      );
    for (const parent of parents.get(name) ?? []) visit(parent, [...below, name]);
    safe.add(name);
  };
  for (const name of parents.keys()) visit(name, []);
}
