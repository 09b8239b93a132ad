import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A case of a conformance file: what goes in, what should come out, and the rest as the file gives it. */
export interface Case {
  readonly id: string;
  readonly expected: unknown;
  readonly [key: string]: unknown;
}

const FOLDER = process.env['QUANLIAN_CONFORMANCE'];

/** The cases of a file in the folder that QUANLIAN_CONFORMANCE names; undefined, with a notice, when there is none. */
export function casesOf(file: string): readonly Case[] | undefined {
  const path = FOLDER === undefined ? undefined : join(FOLDER, file);
  if (path !== undefined && existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Case[];
  process.stdout.write(`Skipped: set QUANLIAN_CONFORMANCE to the folder that holds ${file}.\n`);
  return undefined;
}

/** What came of the cases, counted by group. */
export function createTally(title: string) {
  const groups = new Map<string, { cases: number; agreed: number; open: string[] }>();
  return {
    /** Counts a case; `agreed` is whether the product does what the case expects. */
    note(group: string, id: string, agreed: boolean): void {
      const row = groups.get(group) ?? { cases: 0, agreed: 0, open: [] };
      row.cases++;
      if (agreed) row.agreed++;
      else row.open.push(id);
      groups.set(group, row);
    },
    /** Prints the table of agreement. */
    print(): void {
      const width = Math.max(...[...groups.keys()].map((name) => name.length));
      const lines = [...groups].map(([name, { cases, agreed, open }]) => {
        const numbers = `${String(agreed).padStart(4)} of ${String(cases).padStart(4)}`;
        return `${name.padEnd(width)}  ${numbers}${open.length > 0 ? `  open: ${open.join(' ')}` : ''}`;
      });
      process.stdout.write(`\n${title}\n${lines.join('\n')}\n`);
    },
  };
}

/** Letters and digits of a text, in capitals. */
export const lettersAndDigits = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
