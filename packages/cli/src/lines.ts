import { createInterface } from 'node:readline';

/** The arguments if there are any, else the lines of standard input. */
export async function* inputs(args: readonly string[]): AsyncGenerator<string> {
  if (args.length > 0) {
    yield* args;
    return;
  }
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

/** A line that is a JSON object as that object; every other line as its text. */
export function textOrObject(line: string): string | object {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : line;
  } catch {
    return line;
  }
}
