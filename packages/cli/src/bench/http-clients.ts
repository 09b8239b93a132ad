import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { seededRandom } from './measure.js';

/** What clients are to ask, and for how long. */
export interface ClientsOrder {
  readonly url: string;
  /** Everything of a request's path but the question. */
  readonly path: string;
  readonly words: readonly string[];
  readonly seed: number;
  readonly clients: number;
  readonly seconds: number;
}

/** What they saw: how long each request took (ms) and what the clients themselves computed. */
export interface ClientsReport {
  readonly waits: readonly number[];
  readonly seconds: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
}

const TWO_WORDS = 0.5;

function answered(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} was answered with ${answer.statusCode}`));
      });
    }).on('error', reject);
  });
}

/** Several clients, each of which asks again as soon as it has its answer: one word or two, drawn by the seed. */
async function ask({ url, path, words, seed, clients, seconds }: ClientsOrder): Promise<ClientsReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const random = seededRandom(seed);
  const word = (): string => words[Math.floor(random() * words.length)] ?? '';
  const waits: number[] = [];
  let bytes = 0;
  const used = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const question = random() < TWO_WORDS ? `${word()} ${word()}` : word();
      const before = performance.now();
      const taken = await answered(`${url}${path}&q=${encodeURIComponent(question)}`, agent);
      bytes += taken;
      waits.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  const { user, system } = process.cpuUsage(used);
  return { waits, seconds: (performance.now() - start) / 1000, bytes, cpuSeconds: (user + system) / 1e6 };
}

// A process of its own, so that the clients hold up no thread of the server.
process.on('message', (order: ClientsOrder) => {
  ask(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
