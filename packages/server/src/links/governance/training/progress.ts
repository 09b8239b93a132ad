import type { Completion, ProgressState, TestResult } from '@quanlian/contract';

/** What a version asks of those who complete it. */
export interface Demands {
  readonly sessions: number;
  readonly attendancePercent: number;
  readonly questions: number;
}

/** What somebody did in a batch. */
export interface Done {
  readonly withdrawn: boolean;
  readonly attended: number;
  readonly attempts: number;
  readonly passed: boolean;
}

/** Whether enough sessions were attended. Counted in whole sessions: 80 % of 3 sessions are 3. */
export const attendanceMet = ({ sessions, attendancePercent }: Demands, { attended }: Done): boolean =>
  attended * 100 >= attendancePercent * sessions;

/** Whether the test was passed; a course without questions has none. */
export const testMet = ({ questions }: Demands, { passed }: Done): boolean => questions === 0 || passed;

/** How far somebody is. */
export function progressOf(demands: Demands, done: Done): ProgressState {
  if (done.withdrawn) return 'withdrawn';
  const begun = done.attended > 0 || done.attempts > 0;
  if (begun && attendanceMet(demands, done) && testMet(demands, done)) return 'completed';
  return begun ? 'in-progress' : 'not-started';
}

/** The people of a batch by how far they are; `enrolled` leaves out those who withdrew. */
export function completionOf(states: readonly ProgressState[]): Completion {
  const count = (wanted: ProgressState): number => states.filter((state) => state === wanted).length;
  const withdrawn = count('withdrawn');
  return {
    enrolled: states.length - withdrawn,
    completed: count('completed'),
    inProgress: count('in-progress'),
    notStarted: count('not-started'),
    withdrawn,
  };
}

/** Points for answers: all points of a question for exactly its right options, else none. */
export function scoreOf(
  points: readonly number[],
  key: readonly (readonly number[])[],
  answers: readonly (readonly number[])[],
): { points: number; of: number } {
  let scored = 0;
  for (const [index, worth] of points.entries()) {
    const right = new Set(key[index] ?? []);
    const given = new Set(answers[index] ?? []);
    if (right.size > 0 && given.size === right.size && [...given].every((place) => right.has(place))) scored += worth;
  }
  return { points: scored, of: points.reduce((sum, worth) => sum + worth, 0) };
}

/** The result as it is shown; the share is rounded to a tenth, passing is decided on whole points. */
export function resultOf(
  { points, of }: { points: number; of: number },
  passPercent: number,
  attempt: number,
  allowed: number,
): TestResult {
  const passed = points * 100 >= passPercent * of;
  const percent = Math.round((points * 1000) / of) / 10;
  return { attempt, points, of, percent, passed, attemptsLeft: passed ? 0 : Math.max(0, allowed - attempt) };
}
