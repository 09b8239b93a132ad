import type { CorpusState, LoadJob } from '@quanlian/contract';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the server counts about itself. Nothing outside this file knows the library. */
export interface Metrics {
  watch(app: FastifyInstance): void;
  loadEnded(job: LoadJob): void;
  text(corpus: CorpusState): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'quanlian_http_request_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const records = new Counter({
    name: 'quanlian_load_records_total',
    help: 'Records of ended loads, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const loads = new Counter({
    name: 'quanlian_loads_total',
    help: 'Ended loads by state',
    labelNames: ['state', 'origin'],
    registers,
  });
  const documents = new Gauge({ name: 'quanlian_corpus_documents', help: 'Documents in the corpus', registers });
  const sequence = new Gauge({ name: 'quanlian_corpus_sequence', help: 'The newest commit', registers });

  return {
    contentType: registry.contentType,
    watch(app) {
      app.addHook('onResponse', async (request, reply) => {
        // The route's pattern, never the address: numbers of documents would make a label each.
        const route = request.routeOptions.url ?? 'none';
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
      });
    },
    loadEnded({ state, origin, summary }) {
      loads.inc({ state, origin });
      for (const outcome of ['added', 'merged', 'unchanged', 'stale', 'failed'] as const) {
        records.inc({ outcome }, summary[outcome]);
      }
    },
    text(corpus) {
      documents.set(corpus.documents);
      sequence.set(corpus.sequence);
      return registry.metrics();
    },
  };
}
