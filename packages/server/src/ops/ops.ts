import type { QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { costOf } from '../http/query-budget.js';
import type { AssetStore } from '../links/information/asset.store.js';
import type { LegalBasis } from '../links/information/register/legal.service.js';
import { dayOf } from '../work/environment.js';
import type { WorkBase } from '../work/work.js';
import type { AnswerDeps } from './answer.js';
import { type SchemeSource, schemeOfSymbols } from './classification.js';
import { createOpsClients, type OpsClientRecord, type OpsClients } from './client.store.js';
import { familiesOfRegister } from './families.js';
import { fault } from './faults.js';
import { livesOfRegister } from './legal-life.js';
import { createThrottle, type Throttle, weekStart } from './throttle.js';
import { createTokens, type Tokens } from './tokens.js';
import { createUsage, type Usage } from './usage.js';

/** Everything the face answers from. */
export interface OpsFace {
  readonly clients: OpsClients;
  readonly tokens: Tokens;
  readonly throttle: Throttle;
  readonly usage: Usage;
  readonly tokenSeconds: number;
  readonly answers: Omit<AnswerDeps, 'checkCost'>;
  readonly checkCost: (client: OpsClientRecord) => (query: QueryNode) => void;
  /** Takes up what a client used before, when it signs in. */
  welcome(client: OpsClientRecord): Promise<void>;
  stop(): Promise<void>;
}

export interface OpsDeps {
  readonly work: WorkBase;
  readonly backend: SearchBackend;
  readonly assets: AssetStore;
  /** Most parts of one query. */
  readonly mostPerQuery: number;
  /** The register of classification schemes; without it, what symbols say. */
  readonly schemes?: SchemeSource | undefined;
  /** What the register reads legal lives by; without it, the events of the documents alone. */
  readonly basis?: LegalBasis | undefined;
  readonly onError: (error: unknown) => void;
}

/** Puts the face together. */
export function createOps(deps: OpsDeps): OpsFace {
  const { work, backend, assets, mostPerQuery, onError } = deps;
  const { environment, database } = work;
  const { tokenSeconds, reachable, perMinute, hourBytes, weekBytes } = work.config.ops;
  const clients = createOpsClients(database, environment);
  const now = (): number => environment.now().getTime();
  const today = (): string => dayOf(environment.now());
  const throttle = createThrottle({ perMinute, hourBytes, weekBytes }, now);
  const usage = createUsage(clients, now, onError);
  return {
    clients,
    tokens: createTokens(environment, tokenSeconds),
    throttle,
    usage,
    tokenSeconds,
    answers: {
      backend,
      assets,
      families: familiesOfRegister(backend),
      schemes: deps.schemes ?? schemeOfSymbols,
      lives: deps.basis && livesOfRegister(deps.basis, today),
      today,
      reachable,
    },
    checkCost: () => (query) => {
      if (costOf(query) > mostPerQuery) {
        throw fault('CLIENT.InvalidQuery', 'The query has too many parts to look up; use fewer terms or wildcards.');
      }
    },
    async welcome({ id }) {
      throttle.remember(id, await clients.bytesSince(id, weekStart(environment.now())));
    },
    stop: () => usage.stop(),
  };
}
