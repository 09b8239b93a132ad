import type { TestProject } from 'vitest/node';
import { startProgram } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that all tests of the suite visit. */
    program: { readonly url: string; readonly accounts: Readonly<Record<string, string>> };
  }
}

/** Starts the program once for the whole suite; loading its demo city takes longer than most tests. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, accounts, stop } = await startProgram();
  provide('program', { url, accounts });
  return stop;
}
