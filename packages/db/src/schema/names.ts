import type { Moment } from './people.js';

/** Names that an organization takes for one; the first is shown. */
interface NameMergeTable {
  id: string;
  organization_id: string;
  names: string[];
  reason: string;
  merged_by: string | null;
  merged_at: Moment;
}

/** A merge taken back. */
interface NameMergeUndoTable {
  merge_id: string;
  reason: string;
  undone_by: string | null;
  undone_at: Moment;
}

/** An owner below another, as an imported list says. */
interface NameParentTable {
  id: string;
  organization_id: string;
  parent: string;
  child: string;
  from_day: string | null;
  to_day: string | null;
  source: string;
  imported_by: string | null;
  imported_at: Moment;
}

export interface NameTables {
  name_merge: NameMergeTable;
  name_merge_undo: NameMergeUndoTable;
  name_parent: NameParentTable;
}
