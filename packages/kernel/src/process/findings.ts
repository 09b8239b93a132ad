/** The names a definition may use. */
export interface KnownNames {
  readonly guards: ReadonlySet<string>;
  readonly effects: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  /** Ids of the rules that give a length of time. */
  readonly rules: ReadonlySet<string>;
}

/** Codes of what can be wrong with a definition. */
export type ProcessFindingCode =
  | 'process.duplicate_id'
  | 'process.initial_state'
  | 'process.no_final_state'
  | 'process.unknown_state'
  | 'process.unknown_guard'
  | 'process.unknown_effect'
  | 'process.unknown_permission'
  | 'process.unknown_role'
  | 'process.unknown_relation'
  | 'process.unknown_rule'
  | 'process.unknown_field'
  | 'process.unknown_paper'
  | 'process.unknown_group'
  | 'process.unknown_transition'
  | 'process.unreachable_state'
  | 'process.dead_end'
  | 'process.no_way_to_end'
  | 'process.final_has_exit'
  | 'process.nobody_may'
  | 'process.join_never_closes'
  | 'process.fork_never_joined'
  | 'process.deadline_starts_from_nothing'
  | 'process.deadline_length'
  | 'process.deadline_never_met'
  | 'process.expiry_impossible';

/** Something wrong with a process definition: a code, a sentence, and the part it is about. */
export interface ProcessFinding {
  readonly code: ProcessFindingCode;
  readonly message: string;
  readonly where: string;
}

/** Takes in a finding. */
export type Report = (code: ProcessFindingCode, where: string, message: string) => void;

const KINDS = {
  'process.unknown_state': 'state',
  'process.unknown_guard': 'guard',
  'process.unknown_effect': 'effect',
  'process.unknown_permission': 'permission',
  'process.unknown_role': 'role',
  'process.unknown_relation': 'relation',
  'process.unknown_rule': 'rule of time',
  'process.unknown_field': 'field',
  'process.unknown_paper': 'kind of paper',
  'process.unknown_group': 'task group',
  'process.unknown_transition': 'step',
} as const satisfies Partial<Record<ProcessFindingCode, string>>;

/** Reports every name used that is not known. */
export function reportUnknown(
  report: Report,
  code: keyof typeof KINDS,
  where: string,
  used: readonly string[] | undefined,
  known: ReadonlySet<string>,
): void {
  for (const name of used ?? [])
    if (!known.has(name)) report(code, where, `"${where}" names the ${KINDS[code]} "${name}", which does not exist.`);
}

/** The names of a list of definitions. */
export function namesOf<T>(list: readonly T[] | undefined, of: (entry: T) => string): Set<string> {
  return new Set((list ?? []).map(of));
}
