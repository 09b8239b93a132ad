import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { RegisterState } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { z } from 'zod';
import type { DataFolder } from '../../../data-folder.js';
import { loadRegions } from './regions.js';
import { type DerivationThread, startDerivation } from './register.thread.js';

/** Keeps the derived columns of the corpus (status, families, citation counts, owners) up with what is loaded. */
export interface Register {
  readonly state: RegisterState;
  /** Derives what changed since the last time; one run at a time, a second waits for the first. */
  refresh(): Promise<void>;
  /** Ends a run soon; the next goes on where it stopped. */
  stop(): Promise<void>;
}

export interface RegisterDeps {
  readonly folder: Pick<DataFolder, 'corpus' | 'register' | 'registerTables' | 'eventCodes' | 'districts'>;
  /** The edition of the list that names events; status hangs on it. */
  readonly codeList: () => Promise<string>;
  readonly backend: SearchBackend;
  readonly today: () => string;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

const NoteSchema = z.object({ version: z.literal(2), sequence: z.number().int(), codeList: z.string() });

/** The noted state; null when there is no note that can be read, so that everything is looked at again. */
async function readNote(file: string): Promise<z.infer<typeof NoteSchema> | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  try {
    return NoteSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const IDLE: RegisterState = {
  running: false,
  sequence: null,
  phase: null,
  done: 0,
  total: 0,
  perSecond: null,
  secondsLeft: null,
  startedAt: null,
  endedAt: null,
  error: null,
};

const roundSeconds = (seconds: number): number => Math.max(0, Math.ceil(seconds));

/** The register of a corpus. Nothing runs before `refresh` is called. */
export function createRegister(deps: RegisterDeps): Register {
  const { backend, now, onError, codeList, today } = deps;
  const { corpus, register: file, registerTables: store, eventCodes, districts } = deps.folder;
  let state = IDLE;
  let running: Promise<void> | undefined;
  let thread: DerivationThread | undefined;
  let again = false;
  let stopping = false;

  /** Documents a second of the phase, and what is left of it at that rate. */
  function watch(): (phase: NonNullable<RegisterState['phase']>, done: number, total: number) => void {
    let began = now().getTime();
    return (phase, done, total) => {
      if (phase !== state.phase) began = now().getTime();
      const seconds = (now().getTime() - began) / 1000;
      const perSecond = seconds > 0 && done > 0 ? done / seconds : null;
      const secondsLeft = perSecond === null ? null : roundSeconds((total - done) / perSecond);
      state = { ...state, phase, done, total, perSecond: perSecond && Math.round(perSecond), secondsLeft };
    };
  }

  /** False when the corpus changed meanwhile, so that another run is due. */
  async function run(): Promise<boolean> {
    const { sequence } = await backend.refresh();
    const list = [await codeList(), (await loadRegions(districts)).mark].filter(Boolean).join(' ');
    const note = await readNote(file);
    if (existsSync(store) && (state.sequence ?? note?.sequence) === sequence && note?.codeList === list) {
      state = { ...state, sequence };
      return true;
    }
    state = { ...IDLE, sequence: state.sequence, running: true, startedAt: now().toISOString() };
    thread = startDerivation({ corpus, store, eventCodes, districts, today: today() }, backend, watch());
    const made = await thread.ended;
    if (made === undefined) return true;
    const known = made.newest ?? made.sequence;
    state = { ...state, sequence: known };
    await writeFile(file, `${JSON.stringify({ version: 2, sequence: known, codeList: list })}\n`);
    return made.newest !== undefined;
  }

  async function runAll(): Promise<void> {
    try {
      do {
        again = false;
        if (!(await run())) again = true;
      } while (again && !stopping);
    } catch (error) {
      state = { ...state, error: error instanceof Error ? error.message : String(error) };
      onError(error);
    } finally {
      state = { ...state, running: false, phase: null, secondsLeft: null, endedAt: now().toISOString() };
      running = undefined;
      thread = undefined;
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
      thread?.stop();
      await running;
    },
  };
}
