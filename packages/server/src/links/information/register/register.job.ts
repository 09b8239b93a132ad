import { readFile, writeFile } from 'node:fs/promises';
import type { ColumnUpdate, LegalEvent, PatentDocument, RegisterState } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { applicationKey, deriveFamilies, familyFacts, legalTimeline, publicationNumber } from '@quanlian/kernel';
import { z } from 'zod';
import { type LegalBasis, rightFacts } from './legal.service.js';

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

/** What a document says of its application's legal life, kept until all its publications were seen. */
type Slim = Pick<
  PatentDocument,
  'id' | 'office' | 'number' | 'kind' | 'date' | 'type' | 'application' | 'events' | 'sources'
>;

const slim = ({ id, office, number, kind, date, type, application, events, sources }: PatentDocument): Slim => ({
  id,
  office,
  number,
  ...(kind === undefined ? {} : { kind }),
  ...(date === undefined ? {} : { date }),
  ...(type === undefined ? {} : { type }),
  ...(application === undefined ? {} : { application }),
  ...(events === undefined ? {} : { events: events.map(bare) }),
  sources: sources.slice(-1),
});

/** An event without the words, which no status hangs on. */
const bare = ({ text: _, ...event }: LegalEvent): LegalEvent => event;

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
  const applications = new Map<string, Slim[]>();
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
    if (held) held.push(slim(document));
    else applications.set(key, [slim(document)]);
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

const NoteSchema = z.object({ sequence: z.number().int(), codeList: z.string().default('') });

/** The noted state; null when there is no note that can be read, so that everything is derived anew. */
async function readNote(file: string): Promise<z.infer<typeof NoteSchema> | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  try {
    return NoteSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The register of a corpus. Nothing runs before `refresh` is called. */
export function createRegister(deps: RegisterDeps): Register {
  const { backend, basis, now, onError, file } = deps;
  /** The list of event codes that the columns were derived with. */
  let derivedWith: string | undefined;
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
    const codeList = await basis.codeList();
    const note = await readNote(file);
    if ((state.sequence ?? note?.sequence) === sequence && (derivedWith ?? note?.codeList) === codeList) {
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
    derivedWith = codeList;
    await writeFile(file, `${JSON.stringify({ sequence: newest, codeList })}\n`);
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
