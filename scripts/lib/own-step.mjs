import { execFileSync } from 'node:child_process';
import { ALLOCATION } from './allocation.mjs';

/** Each step of a bench runs in a process of its own, so that its memory and its time are its own. */
export function runOwn(step, args) {
  const code = `import('${new URL('../../packages/cli/dist/bench/', import.meta.url)}${step.file}').then(async (m) => process.stdout.write(JSON.stringify((await m.${step.name}(JSON.parse(process.argv[1]), JSON.parse(process.argv[2] ?? 'null'))) ?? null)))`;
  return JSON.parse(
    execFileSync(process.execPath, ['-e', code, ...args.map((one) => JSON.stringify(one))], {
      encoding: 'utf8',
      env: { ...process.env, ...ALLOCATION },
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

/** The values of a file with a line of JSON each. */
export const parseLines = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
