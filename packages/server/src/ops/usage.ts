import type { OpsService } from '@quanlian/contract';
import type { OpsClients, OpsUsage } from './client.store.js';

const HOUR_MS = 3_600_000;
const FLUSH_MS = 10_000;

/** Gathers what clients use and writes it down every few seconds and at the end. */
export function createUsage(
  clients: Pick<OpsClients, 'addUsage'>,
  now: () => number,
  onError: (error: unknown) => void,
) {
  let pending = new Map<string, { -readonly [Key in keyof OpsUsage]: OpsUsage[Key] }>();

  async function flush(): Promise<void> {
    const taken = pending;
    pending = new Map();
    await clients.addUsage([...taken.values()]).catch(onError);
  }

  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  return {
    add(clientId: string, service: OpsService, bytes: number): void {
      const hour = Math.floor(now() / HOUR_MS) * HOUR_MS;
      const key = `${clientId} ${hour} ${service}`;
      const known = pending.get(key);
      if (known === undefined) pending.set(key, { clientId, hour: new Date(hour), service, requests: 1, bytes });
      else {
        known.requests += 1;
        known.bytes += bytes;
      }
    },
    flush,
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush();
    },
  };
}
export type Usage = ReturnType<typeof createUsage>;
