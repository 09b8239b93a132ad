import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QuanlianError } from '@quanlian/contract';
import { createRuleBook, createWorkingCalendar, type RuleBook, type WorkingCalendar } from '@quanlian/kernel';

/** The rules and the working calendar of the installation. */
export interface Law {
  readonly rules: RuleBook;
  readonly calendar: WorkingCalendar;
  /** The last year whose working days are known. */
  readonly calendarUntil: number;
}

/** The rules that ship with the program lie at the root, at the same depth from the sources and the build. */
const SHIPPED_RULES = fileURLToPath(new URL('../../../../../rules', import.meta.url));

/** What lies beside the rules: rest days, names of countries, codes of legal events, articles that may be cited. */
const NO_RULES = ['calendar', 'names', 'events', 'sources', 'classification'];

async function readFolder(dir: string): Promise<unknown[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(dir, name);
      try {
        return JSON.parse(await readFile(file, 'utf8')) as unknown;
      } catch (cause) {
        throw new QuanlianError('rules.invalid', `The file ${file} cannot be read as JSON.`, { cause });
      }
    }),
  );
}

/**
 * Reads `calendar/*.json` and the rule files of every folder but those that hold other data. Throws `rules.invalid` with the first thing wrong: the
 * program must not start on rules that contradict each other.
 */
export async function loadLaw(directory: string = SHIPPED_RULES): Promise<Law> {
  const entries = await readdir(directory, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const sets = folders.filter((name) => !NO_RULES.includes(name)).sort();
  const files = (await Promise.all(sets.map((name) => readFolder(join(directory, name))))).flat();
  const calendar = createWorkingCalendar(await readFolder(join(directory, 'calendar')));
  return { rules: createRuleBook(files), calendar, calendarUntil: calendar.years.at(-1) ?? 0 };
}
