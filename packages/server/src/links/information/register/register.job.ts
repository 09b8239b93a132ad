import { readFile, writeFile } from 'node:fs/promises';
import type { ColumnUpdate, RegisterState } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { applicationKey, deriveFamilies, familyFacts, legalTimeline, publicationNumber } from '@quanlian/kernel';
import { z } from 'zod';
import { type LegalBasis, type LegalSource, legalSource, rightFacts } from './legal.service.js';

/** Keeps the derived columns of the corpus (legal status, families, citation counts) up with what is loaded. */
export interface Register {
  readonly state: RegisterState;
  /** Derives anew when documents came since the last time; one run at a time, a second waits for the first. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Documents between two breaths: the pages are answered in the same thread. */
const BREATH = 200;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Derived {
  readonly status: ColumnUpdate[];
  readonly family: ColumnUpdate[];
  readonly citedby: ColumnUpdate[];
}

async function derive(
  { backend, basis, today }: RegisterDeps,
  seen: (done: number) => void,
  stopped: () => boolean,
): Promise<Derived | undefined> {
  const families = deriveFamilies();
  const cited = new Map<string, number>();
  const numbers: [id: string, number: string][] = [];
  const applications = new Map<string, LegalSource[]>();
  let done = 0;
  for await (const document of backend.scan({ op: 'all' }, 'oldest')) {
    if (stopped()) return undefined;
    families.add(familyFacts(document));
    const { id, office, number, application, citations = [] } = document;
    for (const one of new Set(
      citations.flatMap((citation) => (citation.id ? (publicationNumber(citation.id) ?? []) : [])),
    )) {
      cited.set(one, (cited.get(one) ?? 0) + 1);
    }
    numbers.push([id, publicationNumber(office + number) ?? office + number]);
    const key = `${office} ${(application && applicationKey(application)) ?? id}`;
    const held = applications.get(key);
    if (held) held.push(legalSource(document));
    else applications.set(key, [legalSource(document)]);
    done++;
    if (done % BREATH === 0) {
      seen(done);
      await breathe();
    }
  }
  seen(done);
  const status: ColumnUpdate[] = [];
  for (const documents of applications.values()) {
    const { spans } = legalTimeline(rightFacts(documents, basis, today()), basis.events);
    const values = spans.map(({ status: value, from }) => ({ value, from }));
    for (const { id } of documents) status.push({ id, values });
    if (status.length % BREATH === 0) await breathe();
  }
  const family = Array.from(families.names(), ([id, value]): ColumnUpdate => ({ id, values: [{ value }] }));
  const citedby = numbers.map(
    ([id, number]): ColumnUpdate => ({ id, values: [{ value: String(cited.get(number) ?? 0) }] }),
  );
  return { status, family, citedby };
}

interface RegisterDeps {
  /** Where the state of the corpus is noted that the columns were derived from. */
  readonly file: string;
  readonly backend: SearchBackend;
  readonly basis: LegalBasis;
  readonly today: () => string;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

const NoteSchema = z.object({ sequence: z.number().int() });

/** The noted state; null when there is no note that can be read, so that everything is derived anew. */
async function readSequence(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  try {
    return NoteSchema.parse(JSON.parse(text)).sequence;
  } catch {
    return null;
  }
}

/** The register of a corpus. Nothing runs before `refresh` is called. */
export function createRegister(deps: RegisterDeps): Register {
  const { backend, now, onError, file } = deps;
  let state: RegisterState = {
    running: false,
    sequence: null,
    done: 0,
    total: 0,
    startedAt: null,
    endedAt: null,
    error: null,
  };
  let running: Promise<void> | undefined;
  let again = false;
  let stopping = false;

  async function run(): Promise<void> {
    const { sequence, documents } = await backend.refresh();
    if ((state.sequence ?? (await readSequence(file))) === sequence) {
      state = { ...state, sequence };
      return;
    }
    state = {
      ...state,
      running: true,
      done: 0,
      total: documents,
      startedAt: now().toISOString(),
      endedAt: null,
      error: null,
    };
    const derived = await derive(
      deps,
      (done) => (state = { ...state, done }),
      () => stopping,
    );
    if (!derived) return;
    let newest = sequence;
    for (const name of ['family', 'citedby', 'status'] as const) {
      newest = (await backend.applyColumns(name, derived[name], sequence)).sequence;
    }
    state = { ...state, sequence: newest };
    await writeFile(file, `${JSON.stringify({ sequence: newest })}\n`);
  }

  async function runAll(): Promise<void> {
    try {
      do {
        again = false;
        await run();
      } while (again && !stopping);
    } catch (error) {
      state = { ...state, error: error instanceof Error ? error.message : String(error) };
      onError(error);
    } finally {
      state = { ...state, running: false, endedAt: now().toISOString() };
      running = undefined;
    }
  }

  return {
    get state() {
      return state;
    },
    refresh() {
      if (running) again = true;
      else running = runAll();
      return running;
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
