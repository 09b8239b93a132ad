import type { Both, CasePage, Simulation } from '@quanlian/contract';
import {
  availableTransitions,
  type CaseEvent,
  type Clock,
  clocks,
  diagram,
  mayAct,
  PERMISSIONS,
  type ProcessActor,
  type ProcessContext,
  ROLE_IDS,
  simulate,
  taskNeeds,
} from '@quanlian/kernel';
import { sql } from 'kysely';
import { type Actor, isAllowed } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { dayOf, type Environment } from '../environment.js';
import type { CaseProcess } from './case-process.js';
import { caseRow } from './case-row.js';
import { selectCases } from './cases.list.repo.js';
import { readEvents } from './cases.repo.js';
import { findCase } from './cases.service.js';
import { readDoneKeys } from './clocks.repo.js';
import { readComments } from './comments.js';
import { type CaseContent, readContent } from './content.js';
import type { Law } from './law.js';
import { namesOf, paperNames } from './names.repo.js';
import type { ProcessRegistry } from './process.registry.js';
import { readFacts, stepContext } from './step-context.js';
import { policyItem, type StoredCase } from './stored-case.js';

/** What pages of cases show. Throws `case.not_found` unless the case may be read. */
export interface CaseViews {
  page(trx: WorkTransaction, actor: Actor, id: string): Promise<CasePage>;
  /** "What happens if": nothing is stored. */
  simulate(trx: WorkTransaction, actor: Actor, id: string, steps: readonly AskedStep[]): Promise<Simulation>;
}

/** A step that might be taken. */
interface AskedStep extends CaseContent {
  readonly do: { readonly transition: string } | { readonly task: string };
  readonly at: string;
  readonly reason?: string | undefined;
  /** As if whoever may take the step took it. */
  readonly byWhoeverMay?: boolean | undefined;
}

interface ViewDeps {
  readonly environment: Environment;
  readonly law: Law;
  readonly registry: ProcessRegistry;
}

interface Viewed {
  readonly stored: StoredCase;
  readonly process: CaseProcess;
  readonly context: ProcessContext;
}

type Names = ReadonlyMap<string, string>;
const person = (id: string, names: Names) => ({ id, name: names.get(id) ?? null });

function clockView(clock: Clock, { rules }: Law, done: ReadonlySet<string>): CasePage['clocks'][number] {
  const { basis, escalations, steps, ...rest } = clock;
  const rule = basis ? rules.version(basis.ruleId, basis.version) : undefined;
  return {
    ...rest,
    basis,
    basisTitle: rule?.ok ? rule.value.title : null,
    steps: steps.map((step) => ({ ...step })),
    escalations: escalations.map((entry) => ({ ...entry, tell: [...entry.tell], done: done.has(entry.key) })),
  };
}

function fieldViews({ stored, process }: Viewed): CasePage['fields'] {
  return (process.definition.fields ?? []).map(({ name, title, type, options, amendable }) => ({
    name,
    title,
    type,
    options: options ? [...options] : null,
    amendable: amendable ?? false,
    value: stored.snapshot.fields[name] ?? null,
  }));
}

function eventTitle(event: CaseEvent, { definition }: CaseProcess): Both | null {
  if (event.type === 'moved') return definition.transitions.find(({ id }) => id === event.transition)?.title ?? null;
  if (event.type !== 'task-done') return null;
  const [group, rest] = event.task.split('/');
  const task = rest?.split('#')[0];
  const tasks = definition.taskGroups?.find(({ id }) => id === group)?.tasks;
  return tasks?.find(({ id }) => id === task)?.title ?? null;
}

function timeline(events: readonly CaseEvent[], process: CaseProcess, names: Names): CasePage['timeline'] {
  return events.map((event) => ({
    sequence: event.sequence,
    type: event.type,
    at: event.at,
    by: person(event.by.id, names),
    onBehalfOf: event.by.onBehalfOf === null ? null : person(event.by.onBehalfOf, names),
    transition: event.type === 'moved' ? event.transition : null,
    title: eventTitle(event, process),
    from: event.type === 'moved' ? event.from : null,
    to: event.type === 'moved' ? event.to : event.type === 'opened' ? event.state : null,
    reason: event.type === 'moved' || event.type === 'amended' ? event.reason : null,
    fields: { ...event.fields },
    papers: event.papers.map(({ id, kind }) => ({ id, kind })),
  }));
}

function taskViews({ stored, process, context }: Viewed): CasePage['tasks'] {
  return stored.snapshot.tasks.map(({ id, group, task, status, closedAt }) => {
    const tasks = process.definition.taskGroups?.find((one) => one.id === group)?.tasks;
    const definition = tasks?.find((one) => one.id === task);
    return {
      id,
      title: definition?.title ?? { zh: task, en: task },
      status,
      mayClose: status === 'open' && definition !== undefined && mayAct(definition.who, stored.snapshot, context.actor),
      closedAt,
      needs: definition ? taskNeeds(definition, stored.snapshot) : { fields: [], papers: [], mayFill: [] },
    };
  });
}

function diagramView({ stored, process }: Viewed): CasePage['diagram'] {
  const { nodes, edges } = diagram(process.definition, stored.snapshot.path);
  return { nodes: [...nodes], edges: edges.map((edge) => ({ ...edge, taken: [...edge.taken] })) };
}

function actionViews({ stored, process, context }: Viewed): CasePage['actions'] {
  return availableTransitions(process.definition, stored.snapshot, context).map(({ refusals, needs, ...rest }) => ({
    ...rest,
    refusals: refusals.map((refusal) => ({ ...refusal, params: { ...refusal.params } })),
    needs: {
      fields: [...needs.fields],
      papers: [...needs.papers],
      reason: needs.reason,
      mayFill: [...needs.mayFill],
      mayName: [...needs.mayName],
    },
  }));
}

async function paperViews(trx: WorkTransaction, { stored, process }: Viewed): Promise<CasePage['papers']> {
  const { papers } = stored.snapshot;
  const names = await paperNames(
    trx,
    papers.map(({ id }) => id),
  );
  return papers.map(({ id, kind, hash }) => ({
    id,
    kind,
    kindTitle: process.definition.papers?.find((one) => one.kind === kind)?.title ?? { zh: kind, en: kind },
    sha256: hash,
    name: names.get(id) ?? null,
  }));
}

async function page(deps: ViewDeps, trx: WorkTransaction, actor: Actor, id: string): Promise<CasePage> {
  const { environment, law, registry } = deps;
  const { stored, process } = await findCase(trx, actor, id, registry);
  const facts = await readFacts(trx, process, stored);
  const viewed: Viewed = { stored, process, context: stepContext({ ...deps, actor, stored, process, facts }) };
  const { snapshot } = stored;
  const events = await readEvents(trx, id);
  const done = await readDoneKeys(trx, id);
  const names = await namesOf(trx, [
    ...events.flatMap(({ by }) => [by.id, by.onBehalfOf ?? '']),
    ...Object.values(snapshot.parties).flat(),
  ]);
  const [row] = await selectCases(trx, sql<boolean>`c.id = ${id}::uuid`, { limit: 1 });
  if (!row) throw new Error('a case that was just read is gone');
  const now = environment.now();
  const { permissions, definition } = process;
  const may = (permission: typeof permissions.read) => isAllowed(actor, permission, policyItem(stored));
  return {
    case: caseRow(row, registry, dayOf(now)),
    fields: fieldViews(viewed),
    parties: Object.entries(snapshot.parties).map(([relation, ids]) => ({
      relation,
      members: ids.map((member) => person(member, names)),
    })),
    diagram: diagramView(viewed),
    clocks: clocks(definition, snapshot, now.toISOString(), law.calendar).map((clock) => clockView(clock, law, done)),
    timeline: timeline(events, process, names),
    papers: await paperViews(trx, viewed),
    paperKinds: [...(definition.papers ?? [])],
    comments: await readComments(trx, id),
    tasks: taskViews(viewed),
    actions: actionViews(viewed),
    may: {
      amend: may(permissions.amend),
      comment: may(permissions.comment),
      addPaper: may(permissions.addPaper),
    },
  };
}

/** Somebody with every role and relation, under the name of whoever asks. */
function whoeverMay(actor: ProcessActor, { snapshot }: StoredCase): ProcessActor {
  const organizations = Object.values(snapshot.parties).flat();
  return { ...actor, organizations, roles: ROLE_IDS, permissions: PERMISSIONS };
}

export function createCaseViews(deps: ViewDeps): CaseViews {
  const { law, registry } = deps;
  return {
    page: (trx, actor, id) => page(deps, trx, actor, id),
    async simulate(trx, actor, id, steps) {
      const { stored, process } = await findCase(trx, actor, id, registry);
      const facts = await readFacts(trx, process, stored);
      const context = stepContext({ ...deps, actor, stored, process, facts });
      const asked = [];
      for (const { fields, papers, parties, reason, byWhoeverMay, ...step } of steps) {
        const content = await readContent(trx, actor, id, { fields, papers, parties });
        const as = byWhoeverMay ? { actor: whoeverMay(context.actor, stored) } : {};
        asked.push({ ...step, ...content, ...as, ...(reason ? { reason } : {}) });
      }
      const outcomes = simulate(process.definition, stored.snapshot, asked, context);
      return {
        outcomes: outcomes.map(({ result, snapshot, clocks: after }) => ({
          ok: result.ok,
          refusal: result.ok ? null : { ...result.refusal, params: { ...result.refusal.params } },
          state: snapshot.state,
          version: snapshot.version,
          clocks: after.map((clock) => clockView(clock, law, new Set())),
        })),
      };
    },
  };
}
