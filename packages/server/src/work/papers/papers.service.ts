import type { Readable } from 'node:stream';
import { type NewPaper, type Paper, QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { type Actor, reachOf, requireAllowed } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import type { Environment } from '../environment.js';
import { inReach } from '../reach.js';
import type { PaperStore } from './paper.store.js';
import { sniffFile } from './sniff.js';

/** Attachments: files with a name and a purpose, of an organization, often of a thing. */
export interface PaperService {
  add(actor: Actor, parts: NewPaper, content: Readable): Promise<Paper>;
  list(
    actor: Actor,
    of: { organizationId?: string; subjectKind?: string; subjectId?: string; limit: number },
  ): Promise<Paper[]>;
  get(actor: Actor, id: string): Promise<Paper>;
  content(actor: Actor, id: string): Promise<{ paper: Paper; size: number; content: Readable }>;
  remove(actor: Actor, id: string, why: string): Promise<void>;
}

interface Deps {
  readonly db: Kysely<WorkSchema>;
  readonly audit: Audit;
  readonly environment: Environment;
  readonly store: PaperStore;
}

function selectPapers(trx: WorkTransaction, actor: Actor) {
  return trx
    .selectFrom('paper')
    .innerJoin('paper_content as c', (join) =>
      join.onRef('c.organization_id', '=', 'paper.organization_id').onRef('c.sha256', '=', 'paper.sha256'),
    )
    .selectAll('paper')
    .select(['c.media_type', 'c.size'])
    .where('paper.removed_at', 'is', null)
    .where(
      inReach(reachOf(actor, 'paper.read'), {
        organization: 'paper.organization_id',
        owner: 'paper.added_by',
        assigned: { kind: { column: 'paper.subject_kind' }, id: 'paper.subject_id' },
      }),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof selectPapers>['execute']>>[number];

const shown = (row: Row): Paper => ({
  id: row.id,
  organizationId: row.organization_id,
  name: row.name,
  kind: row.kind,
  mediaType: row.media_type as Paper['mediaType'],
  size: Number(row.size),
  sha256: row.sha256,
  subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : null,
  addedBy: row.added_by,
  addedAt: row.added_at.toISOString(),
});

const missing = () => new QuanlianError('paper.not_found', 'There is no such paper, or your roles do not reach it.');

/** Who works on the thing a paper belongs to. */
async function assigneesOf(trx: WorkTransaction, { subjectKind, subjectId }: NewPaper): Promise<string[]> {
  if (!subjectKind || !subjectId) return [];
  const rows = await trx
    .selectFrom('assignment')
    .select('person_id')
    .where('subject_kind', '=', subjectKind)
    .where('subject_id', '=', subjectId)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** Names come from other machines: no path, no control characters. */
const cleanName = (name: string): string =>
  name
    .replace(/^.*[/\\]/, '')
    .replace(/\p{C}/gu, '')
    .trim() || 'paper';

function adding({ db, audit, environment, store }: Deps): Pick<PaperService, 'add'> {
  return {
    async add(actor, parts, content) {
      const { organizationId, kind, subjectKind, subjectId } = parts;
      const name = cleanName(parts.name);
      const id = environment.newId();
      const check = (assignees: readonly string[]) =>
        requireAllowed(actor, 'paper.add', { id, organization: organizationId, owner: actor.userId, assignees });
      // Asked before the file is taken in, and again below with what is true then.
      await withWork(db, actor, async (trx) => check(await assigneesOf(trx, parts)));
      const file = await store.receive(content);
      try {
        const mediaType = await sniffFile(file.path, name);
        await store.keep(file, organizationId);
        return await withWork(db, actor, async (trx) => {
          check(await assigneesOf(trx, parts));
          const { sha256, size } = file;
          const at = environment.now();
          const organization = { organization_id: organizationId, sha256 };
          await trx
            .insertInto('paper_content')
            .values({ ...organization, size: BigInt(size), media_type: mediaType, stored_at: at })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
          const subject = { subject_kind: subjectKind ?? null, subject_id: subjectId ?? null };
          const row = { id, ...organization, ...subject, name, kind, added_by: actor.userId, added_at: at };
          await trx.insertInto('paper').values(row).execute();
          audit.append(trx, {
            organizationId,
            action: 'paper.add',
            subject: { kind: 'paper', id },
            after: { sha256, size, mediaType, kind, subject: subjectId ? { kind: subjectKind, id: subjectId } : null },
            personal: { name },
            personId: actor.userId,
          });
          return shown({ ...row, removed_at: null, media_type: mediaType, size: BigInt(size) });
        });
      } finally {
        await file.drop();
      }
    },
  };
}

export function createPapers(deps: Deps): PaperService {
  const { db, audit, environment, store } = deps;
  const find = (actor: Actor, id: string) =>
    withWork(db, actor, async (trx) => {
      const row = await selectPapers(trx, actor).where('paper.id', '=', id).executeTakeFirst();
      if (!row) throw missing();
      return shown(row);
    });
  return {
    ...adding(deps),
    get: find,
    list: (actor, { organizationId, subjectKind, subjectId, limit }) =>
      withWork(db, actor, async (trx) => {
        let query = selectPapers(trx, actor);
        if (organizationId) query = query.where('paper.organization_id', '=', organizationId);
        if (subjectKind) query = query.where('paper.subject_kind', '=', subjectKind);
        if (subjectId) query = query.where('paper.subject_id', '=', subjectId);
        return (await query.orderBy('paper.added_at', 'desc').orderBy('paper.id').limit(limit).execute()).map(shown);
      }),
    async content(actor, id) {
      const paper = await find(actor, id);
      return { paper, ...(await store.open(paper.organizationId, paper.sha256)) };
    },
    remove: (actor, id, why) =>
      withWork(db, actor, async (trx) => {
        const row = await selectPapers(trx, actor).where('paper.id', '=', id).executeTakeFirst();
        if (!row) throw missing();
        requireAllowed(actor, 'paper.add', { id, organization: row.organization_id, owner: row.added_by });
        await trx.updateTable('paper').set({ removed_at: environment.now() }).where('id', '=', id).execute();
        const subject = { kind: 'paper', id };
        audit.append(trx, {
          organizationId: row.organization_id,
          action: 'paper.remove',
          subject,
          before: { sha256: row.sha256 },
          why,
        });
      }),
  };
}
