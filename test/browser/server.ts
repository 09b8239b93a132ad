import { makeDataFolder, startUp } from '../running.js';

const DEMO_DOCUMENTS = 20_000;

/** The passwords of the demo accounts by the names before `@`, as the program prints them once. */
function accountsIn(printed: string): Record<string, string> {
  const lines = printed.matchAll(/^\s+([\w-]+)@demo\.invalid\s+(\S+)\s/gm);
  return Object.fromEntries([...lines].map(([, name = '', password = '']) => [name, password]));
}

/** A program that runs, and who can sign in to it. */
export interface Program {
  readonly url: string;
  readonly accounts: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The program as a user starts it: demo city, own data folder, own port. */
export async function startProgram(): Promise<Program> {
  const data = await makeDataFolder('browser');
  // The accounts are printed after the last document, and the address after them.
  const { url, stop, printed } = await startUp(data, ['--data', data], DEMO_DOCUMENTS, (program) =>
    program.printed().includes(`running at ${program.url}`),
  );
  return { url, accounts: accountsIn(printed()), stop };
}
