/** The demo city is the same everywhere: one seed, one size. */
export const DEMO_SEED = 2026;
export const DEMO_COUNT = 20_000;
export const DEMO_KEY = `demo:${DEMO_SEED}:${DEMO_COUNT}`;
