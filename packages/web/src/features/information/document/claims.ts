import type { Claim } from '@quanlian/contract';

/** A claim with those that build on it. */
export interface ClaimNode {
  claim: Claim;
  /** Claims it depends on besides its parent, and claims it names that are not there. */
  alsoDependsOn: number[];
  children: ClaimNode[];
}

/** The claim's parent: the first of those it names that is there and does not itself build on this claim. */
function parentOf(claim: Claim, byNumber: ReadonlyMap<number, Claim>, parents: ReadonlyMap<number, number>) {
  return claim.dependsOn.find((wanted) => {
    if (!byNumber.has(wanted)) return false;
    for (let at: number | undefined = wanted; at !== undefined; at = parents.get(at)) {
      if (at === claim.number) return false;
    }
    return true;
  });
}

/**
 * Arranges the claims of one language as a forest by what they depend on. A claim that depends on several stands
 * under the first it names. Every claim appears exactly once, also when sources name missing claims, name a claim
 * itself, or name claims in a circle.
 */
export function claimTree(claims: readonly Claim[]): ClaimNode[] {
  const byNumber = new Map(claims.map((claim) => [claim.number, claim]));
  const parents = new Map<number, number>();
  const nodes = new Map<Claim, ClaimNode>();
  for (const claim of claims) {
    // A number that occurs twice is kept twice, but only its last claim can be built on.
    const parent = byNumber.get(claim.number) === claim ? parentOf(claim, byNumber, parents) : undefined;
    if (parent !== undefined) parents.set(claim.number, parent);
    const alsoDependsOn = claim.dependsOn.filter((number) => number !== parent && number !== claim.number);
    nodes.set(claim, { claim, alsoDependsOn, children: [] });
  }
  const roots: ClaimNode[] = [];
  for (const [claim, node] of nodes) {
    const parent = byNumber.get(claim.number) === claim ? parents.get(claim.number) : undefined;
    const above = parent === undefined ? undefined : nodes.get(byNumber.get(parent) ?? claim);
    (above === undefined ? roots : above.children).push(node);
  }
  return roots;
}

/** Numbers of the claims that others build on. */
export function parentNumbers(nodes: readonly ClaimNode[]): number[] {
  return nodes.flatMap(({ claim, children }) =>
    children.length === 0 ? [] : [claim.number, ...parentNumbers(children)],
  );
}

/** Languages in the order they first occur. */
export const languagesOf = (parts: readonly { lang: string }[]): string[] => [
  ...new Set(parts.map(({ lang }) => lang)),
];
