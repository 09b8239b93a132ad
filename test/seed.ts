import fc from 'fast-check';

/** One seed for all property tests, so that a proof can be repeated; QUANLIAN_SEED tries another. */
const SEED = Number(process.env['QUANLIAN_SEED'] ?? 20_260_101);

fc.configureGlobal({ seed: SEED });
