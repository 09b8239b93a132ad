import { findField, type QueryNode, type Syntax } from '@quanlian/contract';
import { parseQuery, translateWhatCanBe } from '@quanlian/kernel';

export const JOINTS = ['and', 'or', 'not'] as const;
export type Joint = (typeof JOINTS)[number];

/** A line of the form: how it joins what stands before it, where to look, what for. */
export interface FormRow {
  readonly id: number;
  readonly joint: Joint;
  readonly field: string;
  readonly text: string;
}

/** What a form comes to: a query, or the line that cannot be read. */
export type FormResult =
  | { readonly text: string; readonly lost: readonly string[] }
  | { readonly row: FormRow; readonly message: string };

function clauseOf({ field, text }: FormRow): ReturnType<typeof parseQuery> {
  const kind = findField(field)?.kind;
  const hasWords = kind === 'text' || kind === 'name';
  return parseQuery(hasWords ? `${field}:(${text})` : `${field}:"${text.replaceAll('"', '')}"`, 'simple');
}

function join(before: QueryNode | undefined, joint: Joint, clause: QueryNode): QueryNode {
  const right: QueryNode = joint === 'not' ? { op: 'not', clause } : clause;
  return before === undefined ? right : { op: joint === 'or' ? 'or' : 'and', clauses: [before, right] };
}

/** Writes the lines of a form as a query; each line joins all the lines before it. Lines without text are passed over. */
export function writeForm(rows: readonly FormRow[], syntax: Syntax): FormResult {
  let tree: QueryNode | undefined;
  for (const row of rows) {
    if (row.text.trim() === '') continue;
    const { ast, errors } = clauseOf(row);
    if (ast === null) return { row, message: errors[0]?.message ?? '' };
    tree = join(tree, row.joint, ast);
  }
  return tree === undefined ? { text: '', lost: [] } : translateWhatCanBe(tree, syntax);
}
