import type { CaseSnapshot, PolicyItem } from '@quanlian/kernel';

/** A case with what the store keeps beside its snapshot. */
export interface StoredCase {
  readonly id: string;
  readonly organizationId: string;
  readonly ownerId: string | null;
  readonly isPublic: boolean;
  readonly title: string;
  /** The row of another table the case is about. */
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly snapshot: CaseSnapshot;
  /** People the case is given to: those named in its parties. */
  readonly assignees: readonly string[];
}

/** What the policy looks at. */
export type CaseStanding = Omit<StoredCase, 'snapshot' | 'title' | 'subject'>;

/** The kind under which cases stand in `assignment`, in papers and in the audit log. */
export const CASE_KIND = 'case';

/** The case as the policy judges it. */
export function policyItem(stored: CaseStanding): PolicyItem {
  const { id, organizationId: organization, ownerId: owner, assignees, isPublic } = stored;
  return { id, organization, owner, assignees, public: isPublic };
}
