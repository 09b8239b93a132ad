import { type NameMerge, type NameParent, type NameUndo, type NewNameMerge, QuanlianError } from '@quanlian/contract';
import { type Actor, requireIn } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import type { WorkBase } from '../../../work/work.js';
import { type NamesView, namesView } from './merged-view.js';

/** Merges listed, newest first; enough for the work of years. */
const MOST_LISTED = 5000;

export type Names = ReturnType<typeof createNames>;

/** The only organization at the top, for which the owner of the data folder acts; undefined when there are several. */
async function topOf(trx: WorkTransaction): Promise<string | undefined> {
  const tops = await trx.selectFrom('organization').select('id').where('parent_id', 'is', null).execute();
  return tops.length === 1 ? tops[0]?.id : undefined;
}

/** Whose judgement a change is. The owner of the data folder may name a person; everybody else acts for himself. */
async function authorOf(trx: WorkTransaction, actor: Actor, by: string | undefined): Promise<string | null> {
  if (by === undefined) return actor.userId;
  if (actor.kind !== 'system')
    throw new QuanlianError('access.denied', 'Only the owner of the data folder names another as author.');
  const found = await trx.selectFrom('person').select('id').where('email', '=', by.toLowerCase()).executeTakeFirst();
  if (found === undefined)
    throw new QuanlianError('request.invalid', `Nobody has an account under ${by}.`, { path: 'by' });
  return found.id;
}

/** The organization a change is made for: the one named, else that of the actor's own role. */
async function organizationOf(trx: WorkTransaction, actor: Actor, named: string | undefined): Promise<string> {
  const own = actor.kind === 'system' ? await topOf(trx) : actor.memberships[0]?.organizationId;
  const organization = named ?? own;
  if (organization === undefined)
    throw new QuanlianError('request.invalid', 'Say for which organization the names are merged.', {
      path: 'organizationId',
    });
  requireIn(actor, 'research.edit', organization);
  return organization;
}

const conflict = (sentence: string, path: string): QuanlianError =>
  new QuanlianError('name_merge.conflict', sentence, { path });

async function mergesIn(trx: WorkTransaction, organizations: readonly string[] | undefined): Promise<NameMerge[]> {
  let query = trx
    .selectFrom('name_merge')
    .leftJoin('name_merge_undo', 'name_merge_undo.merge_id', 'name_merge.id')
    .leftJoin('person as author', 'author.id', 'name_merge.merged_by')
    .leftJoin('person as undoer', 'undoer.id', 'name_merge_undo.undone_by')
    .select([
      'name_merge.id as id',
      'name_merge.organization_id as organization',
      'name_merge.names as names',
      'name_merge.reason as reason',
      'name_merge.merged_at as at',
      'author.name as author',
      'name_merge_undo.reason as undoReason',
      'name_merge_undo.undone_at as undoneAt',
      'undoer.name as undoer',
    ])
    .orderBy('name_merge.merged_at', 'desc')
    .limit(MOST_LISTED);
  if (organizations !== undefined) query = query.where('name_merge.organization_id', 'in', [...organizations]);
  return (await query.execute()).map((row) => ({
    id: row.id,
    organizationId: row.organization,
    names: row.names,
    reason: row.reason,
    author: row.author ?? null,
    at: row.at.toISOString(),
    undone:
      row.undoneAt === null
        ? null
        : { author: row.undoer ?? null, at: row.undoneAt.toISOString(), reason: row.undoReason ?? '' },
  }));
}

/**
 * Merges of names. They belong to an organization and change no document and no column: who asks for the merged view
 * gets it worked out from them, everybody else the names as sources give them.
 */
export function createNames({
  database: { db },
  environment,
  audit,
}: Pick<WorkBase, 'database' | 'environment' | 'audit'>) {
  /** Organizations whose merges hold for an actor; for the program itself all. */
  const ownOf = (actor: Actor): string[] | undefined =>
    actor.kind === 'system' ? undefined : actor.memberships.map(({ organizationId }) => organizationId);

  const list = async (actor: Actor): Promise<NameMerge[]> => {
    const own = ownOf(actor);
    return own?.length === 0 ? [] : withWork(db, actor, (trx) => mergesIn(trx, own));
  };

  return {
    list,
    async view(actor: Actor): Promise<NamesView> {
      return namesView((await list(actor)).filter(({ undone }) => undone === null));
    },
    async merge(actor: Actor, { names, reason, organizationId, by }: NewNameMerge): Promise<NameMerge> {
      const distinct = [...new Set(names)];
      if (distinct.length < 2)
        throw new QuanlianError('request.invalid', 'Name at least two different names.', { path: 'names' });
      return withWork(
        db,
        actor,
        async (trx) => {
          const organization = await organizationOf(trx, actor, organizationId);
          const author = await authorOf(trx, actor, by);
          const active = (await mergesIn(trx, [organization])).filter(({ undone }) => undone === null);
          const taken = distinct.find((name) => active.some((one) => one.names.includes(name)));
          if (taken !== undefined)
            throw conflict(
              `“${taken}” is merged already; undo that merge first, or add its names to this one.`,
              'names',
            );
          const id = environment.newId();
          const at = environment.now();
          await trx
            .insertInto('name_merge')
            .values({
              id,
              organization_id: organization,
              names: distinct,
              reason,
              merged_by: author,
              merged_at: at,
            })
            .execute();
          const subject = { kind: 'name-merge', id };
          audit.append(trx, {
            organizationId: organization,
            action: 'names.merge',
            subject,
            after: { names: distinct },
            why: reason,
          });
          const made = (await mergesIn(trx, [organization])).find((one) => one.id === id);
          if (made === undefined) throw new Error('the merge just made is not there');
          return made;
        },
        { isolation: 'serializable' },
      );
    },
    undo(actor: Actor, id: string, { reason, by }: NameUndo): Promise<NameMerge> {
      return withWork(db, actor, async (trx) => {
        const found = (await mergesIn(trx, ownOf(actor))).find((one) => one.id === id);
        if (found === undefined)
          throw new QuanlianError('name_merge.not_found', 'There is no such merge of names within your reach.', {
            path: 'id',
          });
        requireIn(actor, 'research.edit', found.organizationId);
        if (found.undone !== null) throw conflict('This merge was undone already.', 'id');
        const author = await authorOf(trx, actor, by);
        const at = environment.now();
        await trx
          .insertInto('name_merge_undo')
          .values({ merge_id: id, reason, undone_by: author, undone_at: at })
          .execute();
        const subject = { kind: 'name-merge', id };
        audit.append(trx, {
          organizationId: found.organizationId,
          action: 'names.undo',
          subject,
          before: { names: found.names },
          why: reason,
        });
        const now = (await mergesIn(trx, ownOf(actor))).find((one) => one.id === id);
        if (now === undefined) throw new Error('the merge just undone is not there');
        return now;
      });
    },
    async tree(actor: Actor): Promise<NameParent[]> {
      const own = ownOf(actor);
      if (own?.length === 0) return [];
      return withWork(db, actor, async (trx) => {
        let query = trx.selectFrom('name_parent').selectAll().orderBy('parent').orderBy('child').orderBy('from_day');
        if (own !== undefined) query = query.where('organization_id', 'in', own);
        const rows = await query.execute();
        return rows.map(({ parent, child, from_day, to_day, source }) => ({
          parent,
          child,
          from: from_day,
          to: to_day,
          source,
        }));
      });
    },
    /** Takes rows in; those of a source take the place of what that source said before. */
    importTree(actor: Actor, rows: readonly NameParent[], organizationId?: string): Promise<number> {
      return withWork(db, actor, async (trx) => {
        const organization = await organizationOf(trx, actor, organizationId);
        const sources = [...new Set(rows.map(({ source }) => source))];
        if (sources.length > 0) {
          await trx
            .deleteFrom('name_parent')
            .where('organization_id', '=', organization)
            .where('source', 'in', sources)
            .execute();
        }
        const at = environment.now();
        for (const { parent, child, from, to, source } of rows) {
          await trx
            .insertInto('name_parent')
            .values({
              id: environment.newId(),
              organization_id: organization,
              parent,
              child,
              from_day: from,
              to_day: to,
              source,
              imported_by: actor.userId,
              imported_at: at,
            })
            .execute();
        }
        const subject = { kind: 'name-tree', id: organization };
        audit.append(trx, {
          organizationId: organization,
          action: 'names.tree',
          subject,
          after: { sources, rows: rows.length },
        });
        return rows.length;
      });
    },
  };
}
