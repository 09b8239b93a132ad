import { QuanlianError, type QueryNode } from '@quanlian/contract';

/** What one query may cost and how fast a client's allowance comes back, in units of about one term's work. */
export interface BudgetLimits {
  readonly mostPerQuery: number;
  readonly capacity: number;
  readonly perSecond: number;
}

const LEAF_COST: Readonly<Partial<Record<QueryNode['op'], number>>> = {
  phrase: 3,
  near: 5,
  prefix: 10,
  class: 5,
  range: 2,
};
/** A word with open letters stands for many; one that is open at its beginning and its end is looked for in all words. */
const PATTERN_COST = 20;
const OPEN_PATTERN_COST = 100;
/** Neighbours are looked for place by place. */
const PROXIMITY_COST = 5;

const sumOf = (clauses: readonly QueryNode[]): number => clauses.reduce((sum, clause) => sum + costOf(clause), 0);

function costOfLeaf(node: QueryNode): number {
  const fields = 'fields' in node && node.fields ? 1 + node.fields.length : 1;
  if (node.op === 'pattern') {
    const isOpen = typeof node.parts[0] !== 'string' && typeof node.parts.at(-1) !== 'string';
    return isOpen ? OPEN_PATTERN_COST : PATTERN_COST;
  }
  if (node.op === 'class') return (LEAF_COST.class ?? 1) + (node.symbols?.length ?? 0) / 10;
  if (node.op === 'near') return fields * (LEAF_COST.near ?? 1) * Math.max(1, node.texts.length);
  return fields * (LEAF_COST[node.op] ?? 1);
}

/** An estimate of a query's work before it runs, from its shape alone. */
export function costOf(node: QueryNode): number {
  switch (node.op) {
    case 'and':
    case 'or':
    case 'xor':
      return 1 + sumOf(node.clauses);
    case 'proximity':
      return PROXIMITY_COST * (1 + sumOf(node.clauses));
    case 'not':
    case 'filter':
    case 'boost':
    case 'modified':
    case 'sorted':
      return 1 + costOf(node.clause);
    case 'ids':
      return 1 + node.ids.length / 10;
    default:
      return costOfLeaf(node);
  }
}

interface Allowance {
  left: number;
  at: number;
}

/** Clients remembered at once; the one that has been silent longest is forgotten first. */
const MOST_CLIENTS = 10_000;

/** A token bucket for each client, filled with query cost. */
export function createQueryBudget(limits: BudgetLimits, now: () => number = Date.now) {
  const allowances = new Map<string, Allowance>();

  function refill(client: string): Allowance {
    const at = now();
    const known = allowances.get(client);
    const earned = known ? ((at - known.at) / 1000) * limits.perSecond : limits.capacity;
    const allowance = { left: Math.min(limits.capacity, (known?.left ?? 0) + earned), at };
    allowances.delete(client);
    allowances.set(client, allowance);
    if (allowances.size > MOST_CLIENTS) allowances.delete(allowances.keys().next().value as string);
    return allowance;
  }

  return {
    /** Takes the cost from the client's allowance; throws `query.too_costly` or `request.too_many`. */
    take(client: string, cost: number): void {
      if (cost > limits.mostPerQuery) {
        const sentence = `The query has about ${Math.round(cost)} parts to look up; ${limits.mostPerQuery} are allowed. Use fewer terms or prefixes.`;
        throw new QuanlianError('query.too_costly', sentence, { path: 'q' });
      }
      const allowance = refill(client);
      if (allowance.left < cost) {
        const seconds = Math.ceil((cost - allowance.left) / limits.perSecond);
        throw new QuanlianError('request.too_many', `Too much was asked at once. Try again in ${seconds} s.`);
      }
      allowance.left -= cost;
    },
  };
}
export type QueryBudget = ReturnType<typeof createQueryBudget>;
