import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/quanlian.js', import.meta.url));

/** How a command ended and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command at work; `ended` resolves when it has. */
export interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Resolves with the output so far once standard output or error matches. */
  says(pattern: RegExp): Promise<string>;
}

/** Starts the built command the way a shell does. */
export function start(
  args: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Command {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, ...options.env } });
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const check of waiting) check();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    heard();
  });
  // A command that ends without reading its input closes the pipe under the writer.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Outcome>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
      heard();
    });
  });
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (pattern.test(out) || pattern.test(err)) resolve(out + err);
          else if (child.exitCode !== null)
            reject(new Error(`ended with ${child.exitCode} before ${pattern}: ${out}${err}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
  };
}

export const quanlian = (args: readonly string[], input?: string): Promise<Outcome> =>
  start(args, input === undefined ? {} : { input }).ended;

/** The JSON values of an output, one a line. */
export const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
