import { setTimeout as sleep } from 'node:timers/promises';
import type { RegisterState } from '@quanlian/contract';
import type { TestProject } from 'vitest/node';
import { startProgram } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that all tests of the suite visit. */
    program: { readonly url: string; readonly accounts: Readonly<Record<string, string>> };
  }
}

const PATIENCE_MS = 180_000;

/** Waits until legal status, families and citation counts are derived: before that, what is counted still changes. */
async function settled(url: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const { running, sequence } = (await (await fetch(`${url}/api/v1/register`)).json()) as RegisterState;
    if (!running && sequence !== null) return;
    await sleep(200);
  }
  throw new Error('the register of the demo city was not derived in time');
}

/** Starts the program once for the whole suite; loading its demo city takes longer than most tests. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, accounts, stop } = await startProgram();
  await settled(url);
  provide('program', { url, accounts });
  return stop;
}
