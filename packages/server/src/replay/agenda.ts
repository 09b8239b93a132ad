/** One thing that happens in the replayed year. */
interface Appointment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of two at the same instant the one that was made first comes first. */
  readonly order: number;
  readonly run: () => Promise<void>;
}

/** Where a replay is. */
export interface ReplayProgress {
  readonly done: number;
  readonly planned: number;
  /** The replayed instant. */
  readonly at: Date;
}

/** What happens when, in the order of time; what happens may plan more. */
export interface Agenda {
  /** Plans something; what lies after the end is left out, what lies in the past happens next. */
  at(instant: Date, run: () => Promise<void>): void;
  /** Lets everything happen, setting the clock to each instant. */
  run(setClock: (instant: Date) => void, onStep: (progress: ReplayProgress) => void): Promise<number>;
}

const isBefore = (a: Appointment, b: Appointment): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export function createAgenda(end: Date): Agenda {
  const waiting: Appointment[] = [];
  let order = 0;
  let now = Number.NEGATIVE_INFINITY;

  function insert(appointment: Appointment): void {
    let low = 0;
    let high = waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = waiting[middle];
      if (other && isBefore(appointment, other)) low = middle + 1;
      else high = middle;
    }
    // The soonest stands last, where it is taken from.
    waiting.splice(low, 0, appointment);
  }

  return {
    at(instant, run) {
      if (instant > end) return;
      order += 1;
      insert({ at: Math.max(instant.getTime(), now), order, run });
    },
    async run(setClock, onStep) {
      let done = 0;
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        now = next.at;
        const at = new Date(now);
        setClock(at);
        await next.run();
        done += 1;
        onStep({ done, planned: order, at });
      }
      return done;
    },
  };
}
