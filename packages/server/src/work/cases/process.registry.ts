import { type Both, QuanlianError } from '@quanlian/contract';
import { PERMISSIONS, ROLE_IDS, type RuleBook, rulesOfTime, validateProcess } from '@quanlian/kernel';
import type { CaseProcess } from './case-process.js';
import { READY_EFFECTS } from './effects.js';
import { READY_GUARDS } from './guards.js';
import { CASE_NOTICES } from './notices.js';

/** The processes of the program. */
export interface ProcessRegistry {
  /** Newest versions, in the order they were given. */
  readonly current: readonly CaseProcess[];
  /** All versions. */
  readonly all: readonly CaseProcess[];
  /** The newest version; throws `request.invalid` for a process that does not exist. */
  newest(id: string): CaseProcess;
  /** The version a case runs by; throws `process.invalid` when the program no longer has it. */
  of(id: string, version: number): CaseProcess;
}

function checkDoubles(processes: readonly CaseProcess[]): void {
  const seen = new Set<string>();
  for (const { definition } of processes) {
    const key = `${definition.id} version ${definition.version}`;
    if (seen.has(key)) throw new QuanlianError('process.invalid', `The process ${key} is given twice.`);
    seen.add(key);
  }
}

/** Notices that effects send must have words, or the step that sends them would fail. */
function checkNotices({ definition, notices = {} }: CaseProcess): void {
  const uses = [
    ...definition.transitions.flatMap(({ effects = [] }) => effects),
    ...(definition.deadlines ?? []).flatMap(({ onExpiry }) => onExpiry?.effects ?? []),
  ];
  for (const { name, params } of uses) {
    const kind = String(params?.['kind'] ?? 'case.moved');
    if (name !== 'tell' || kind in CASE_NOTICES || kind in notices) continue;
    const sentence = `${definition.id}: It sends the notice "${kind}", which has no words.`;
    throw new QuanlianError('process.invalid', sentence);
  }
}

/**
 * Takes the processes of the program after checking every one of them. Throws `process.invalid` with the first thing
 * wrong, so that a server does not start on a process that would hold cases fast.
 */
export function createProcessRegistry(options: {
  readonly processes: readonly CaseProcess[];
  readonly rules: RuleBook;
}): ProcessRegistry {
  const { processes, rules } = options;
  checkDoubles(processes);
  const findings = processes.flatMap(({ definition, guards = {}, effects = {} }) =>
    validateProcess(definition, {
      guards: new Set([...Object.keys(READY_GUARDS), ...Object.keys(guards)]),
      effects: new Set([...Object.keys(READY_EFFECTS), ...Object.keys(effects)]),
      permissions: new Set(PERMISSIONS),
      roles: new Set(ROLE_IDS),
      rules: rulesOfTime(rules),
    }),
  );
  const first = findings[0];
  if (first) {
    const more = findings.length > 1 ? ` (${findings.length - 1} more)` : '';
    throw new QuanlianError('process.invalid', `${first.message}${more}`);
  }
  processes.forEach(checkNotices);
  const newest = new Map<string, CaseProcess>();
  for (const process of processes) {
    const known = newest.get(process.definition.id);
    if (!known || known.definition.version < process.definition.version) newest.set(process.definition.id, process);
  }
  return {
    current: [...newest.values()],
    all: processes,
    newest(id) {
      const process = newest.get(id);
      if (!process) throw new QuanlianError('request.invalid', `There is no process "${id}".`, { path: 'process' });
      return process;
    },
    of(id, version) {
      const process = processes.find((one) => one.definition.id === id && one.definition.version === version);
      if (process) return process;
      throw new QuanlianError(
        'process.invalid',
        `A case runs by "${id}" version ${version}, which this version of the program does not have.`,
      );
    },
  };
}

/** The words of a state; a state an old version had keeps its id. */
export function stateTitle({ definition }: CaseProcess, state: string): Both {
  return definition.states.find(({ id }) => id === state)?.title ?? { zh: state, en: state };
}
