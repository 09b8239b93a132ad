import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = fileURLToPath(new URL('../../native/libxml2-bench.c', import.meta.url));

/** A reader of libxml2 at work on the records of a corpus. */
export interface Libxml2 {
  readonly version: string;
  /** Seconds and processor seconds of each round. */
  measure(mode: 'dom' | 'stream', records: string, processes: number, rounds: number): Promise<Round[]>;
}

export interface Round {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly parsed: number;
  readonly refused: number;
  /** Of those refused: the records with an entity that only a DTD outside them defines, or with a bare ampersand. */
  readonly entities?: number | undefined;
  readonly ampersands?: number | undefined;
}

async function flagsOf(): Promise<{ version: string; flags: string[] }> {
  const config = async (...options: string[]): Promise<string> => {
    try {
      return (await run('xml2-config', options)).stdout.trim();
    } catch {
      const names = options.map((option) => (option === '--version' ? '--modversion' : option));
      return (await run('pkg-config', [...names, 'libxml-2.0'])).stdout.trim();
    }
  };
  return { version: await config('--version'), flags: (await config('--cflags', '--libs')).split(/\s+/) };
}

/**
 * Compiles the small C program that reads records with libxml2. Undefined, with the reason, where the library's
 * headers or a C compiler are missing (Debian: `libxml2-dev` and `gcc`).
 */
export async function buildLibxml2(dir: string): Promise<Libxml2 | string> {
  const program = join(dir, 'libxml2-bench');
  let version: string;
  try {
    const found = await flagsOf();
    version = found.version;
    await run('cc', ['-O2', '-o', program, SOURCE, ...found.flags]);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return `libxml2 is not measured: its headers or a C compiler are missing (${why}). On Debian: apt-get install gcc libxml2-dev`;
  }
  return {
    version,
    async measure(mode, records, processes, rounds) {
      const { stdout } = await run(program, [mode, records, String(processes), String(rounds)]);
      return stdout
        .trim()
        .split('\n')
        .map((line) => {
          const [seconds = 0, processorSeconds = 0, parsed = 0, refused = 0, _, entities, ampersands] = line
            .split(' ')
            .map(Number);
          return { seconds, processorSeconds, parsed, refused, entities, ampersands };
        });
    },
  };
}
