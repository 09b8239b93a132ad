import { generateCity, generatePatents } from '@quanlian/demo';
import type { LoadItem, LoadPosition, LoadSource } from '@quanlian/server';
import { DEMO_COUNT, DEMO_KEY, DEMO_SEED } from './demo-identity.js';

/** Breathing space for the server after so many documents made on its thread. */
const PAUSE_EVERY = 50;

async function* readDemo(after: LoadPosition | undefined, signal: AbortSignal): AsyncGenerator<LoadItem> {
  let record = -1;
  for (const document of generatePatents({ seed: DEMO_SEED, count: DEMO_COUNT })) {
    if (signal.aborted) return;
    record += 1;
    if (record % PAUSE_EVERY === 0) await new Promise((resolve) => setImmediate(resolve));
    if (after !== undefined && record <= after.record) continue;
    yield { kind: 'document', document, at: { file: DEMO_KEY, record } };
    yield { kind: 'progress', bytesDone: record + 1 };
  }
}

/** The generated patents as something to load; one unit of progress is one document. */
export const demoSource: LoadSource = { bytesTotal: DEMO_COUNT, fingerprint: () => DEMO_KEY, read: readDemo };

export const demoCity = () => generateCity(DEMO_SEED);
