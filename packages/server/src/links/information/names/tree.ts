import { type NameParent, NameParentSchema, QuanlianError } from '@quanlian/contract';

/** Cells of lines of comma-separated values (RFC 4180); a quoted cell may hold commas, quotes and line ends. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim() !== '')) rows.push(row);
    [row, cell] = [[], ''];
  };
  const clean = text.replace(/^\ufeff/, '');
  for (let i = 0; i < clean.length; i++) {
    const one = clean[i];
    if (quoted) {
      if (one !== '"') cell += one;
      else if (clean[i + 1] === '"') {
        cell += one;
        i++;
      } else quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === ',') {
      row.push(cell);
      cell = '';
    } else if (one === '\n') endRow();
    else if (one !== '\r') cell += one;
  }
  endRow();
  return rows;
}

const HEADS: Readonly<Record<keyof NameParent, readonly string[]>> = {
  parent: ['parent', '母公司', '上级'],
  child: ['child', '子公司', '下级'],
  from: ['from', '自', '起始日'],
  to: ['to', '至', '截止日'],
  source: ['source', '来源'],
};

/**
 * Reads a list of who is below whom: a line of heads (parent, child, from, to, source, or their Chinese names, in any
 * order), then a line each. Refuses `request.invalid` naming the line, and a name below itself by any way.
 */
export function readNameTree(text: string): NameParent[] {
  const [heads = [], ...lines] = readCsv(text);
  const at = (key: keyof NameParent): number =>
    heads.findIndex((head) => HEADS[key].includes(head.trim().toLowerCase()));
  for (const key of ['parent', 'child', 'source'] as const) {
    if (at(key) < 0)
      throw new QuanlianError('request.invalid', `The first line has no column “${key}” (${HEADS[key].join(', ')}).`);
  }
  const rows = lines.map((line, index) => {
    const cell = (key: keyof NameParent): string => line[at(key)]?.trim() ?? '';
    const parsed = NameParentSchema.safeParse({
      parent: cell('parent'),
      child: cell('child'),
      from: cell('from') || null,
      to: cell('to') || null,
      source: cell('source'),
    });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new QuanlianError('request.invalid', `Line ${index + 2}, ${issue?.path.join('.')}: ${issue?.message}.`);
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
