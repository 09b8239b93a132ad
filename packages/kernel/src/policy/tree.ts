import { QuanlianError } from '@quanlian/contract';

/** Kinds of organization. City, district and carrier are the three levels of service. */
export const ORGANIZATION_KINDS = [
  'city-office',
  'district-office',
  'carrier',
  'service-point',
  'company',
  'university',
  'bank',
  'agency',
  'fund',
  'authority',
  'examination-centre',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** One organization and the one it stands under; null at a root. */
export interface OrganizationNode {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: OrganizationKind;
}

/** The organizations as a tree (or several). */
export interface OrganizationTree {
  readonly ids: readonly string[];
  kindOf(id: string): OrganizationKind | undefined;
  /** The organization and everything under it; empty for one that does not exist. */
  subtree(id: string): ReadonlySet<string>;
  /** Whether `id` is `top` or stands somewhere under it. */
  isWithin(id: string, top: string): boolean;
}

function checkTree(byId: ReadonlyMap<string, OrganizationNode>): void {
  for (const node of byId.values()) {
    const seen = new Set<string>();
    for (let current: OrganizationNode | undefined = node; current; ) {
      if (seen.has(current.id))
        throw new QuanlianError('organization.invalid', `The organization "${current.id}" stands under itself.`);
      seen.add(current.id);
      if (current.parent === null) break;
      const parent = byId.get(current.parent);
      if (!parent)
        throw new QuanlianError(
          'organization.invalid',
          `The organization "${current.id}" stands under "${current.parent}", which does not exist.`,
        );
      current = parent;
    }
  }
}

/** Builds the tree. Throws `organization.invalid` for ids given twice, unknown parents and circles. */
export function createOrganizationTree(nodes: readonly OrganizationNode[]): OrganizationTree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size !== nodes.length) {
    const doubled = nodes.find((node) => byId.get(node.id) !== node);
    throw new QuanlianError('organization.invalid', `The organization "${doubled?.id}" is given twice.`);
  }
  checkTree(byId);
  const children = new Map<string, string[]>();
  for (const { id, parent } of nodes) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  const subtrees = new Map<string, ReadonlySet<string>>();
  const subtree = (id: string): ReadonlySet<string> => {
    const known = subtrees.get(id);
    if (known) return known;
    const found = new Set<string>(byId.has(id) ? [id] : []);
    // A set yields what is added while it is walked, so this visits the whole subtree.
    for (const current of found) for (const child of children.get(current) ?? []) found.add(child);
    subtrees.set(id, found);
    return found;
  };
  return {
    ids: nodes.map(({ id }) => id),
    kindOf: (id) => byId.get(id)?.kind,
    subtree,
    isWithin(id, top) {
      for (let current = byId.get(id); current; current = byId.get(current.parent ?? '')) {
        if (current.id === top) return true;
        if (current.parent === null) return false;
      }
      return false;
    },
  };
}
