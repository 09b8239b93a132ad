import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { describe, expect, it, vi } from 'vitest';
import { quanlian } from './cli.fixture.js';
import { reportFailure } from './failure.js';

function told(error: unknown, args: readonly string[]): { code: number; text: string } {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = reportFailure(error, args);
  const text = write.mock.calls.map(([piece]) => String(piece)).join('');
  write.mockRestore();
  return { code, text };
}

/** The fault the system gives for a file that cannot be written. */
const fault = (path: string): Promise<unknown> =>
  writeFile(path, '').then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the failure of a command', () => {
  it('is a sentence for a file that the command line names, whatever way', async () => {
    const path = join('/no such folder', 'x.csv');
    const error = await fault(path);
    const expected = {
      code: 1,
      text: `quanlian: There is no such file, or no folder for it: ${path}. Check the path.\n`,
    };
    expect(told(error, ['coverage', '--export', path])).toEqual(expected);
    expect(told(error, ['coverage', `--export=${path}`])).toEqual(expected);
  });

  it('stays a fault of the program for any other file, and a refusal stays its own', async () => {
    const error = await fault('/no such folder/inside');
    expect(told(error, ['stats', '--data', '/no such folder']).text).toMatch(/something failed that should not/);
    expect(told(new QuanlianError('usage.invalid', 'Said so.'), [])).toEqual({ code: 2, text: 'quanlian: Said so.\n' });
  });
});

describe('wrong usage of the register commands', () => {
  it('ends with 2 and says what is accepted, before any corpus is opened', async () => {
    const of = async (...args: string[]) => {
      const { code, err } = await quanlian([...args, '--data', '/no such folder']);
      return [code, err.split('\n')[0]];
    };
    expect(await of('coverage', '--export', 'x.pdf')).toEqual([2, 'quanlian: “x.pdf” does not end in .csv or .xlsx.']);
    expect(await of('coverage', '--authority-file', 'Europe')).toEqual([
      2,
      'quanlian: “Europe” is no office; write its two letters (WIPO ST.3), such as EP.',
    ]);
    const [code, said] = await of('suggest-classes', '--limit', 'many');
    expect([code, said]).toEqual([2, expect.stringMatching(/must be a whole number from 1 to 50/)]);
  });
});
