import type { Effect } from './case-process.js';

/** Tells a role or relation (`to`, several divided by commas) with a notice of the kind `kind`. */
const tellSomebody: Effect = async ({ trx, stored, params, tell, process }) => {
  await tell(trx, stored, {
    to: String(params['to'] ?? '').split(','),
    kind: String(params['kind'] ?? 'case.moved'),
    parameters: { state: stored.snapshot.state },
    permission: process.permissions.read,
  });
};

/** Effects every process may name. */
export const READY_EFFECTS: Readonly<Record<string, Effect>> = { tell: tellSomebody };
