import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quanlian, start } from './cli.fixture.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-cli-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('wrong usage ends with 2 and says why on standard error', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['conjure']],
    ['an unknown option', ['stats', '--colour']],
    ['a missing argument', ['show']],
    ['too many arguments', ['show', 'a', 'b']],
    ['an option without its value', ['search', 'a', '--limit']],
    ['a value that is no number', ['search', 'a', '--limit', 'ten']],
    ['an unknown sort', ['search', 'a', '--sort', 'best']],
    ['an unknown syntax', ['query', '--syntax', 'sql', 'a']],
    ['an unknown facet', ['search', 'a', '--facet', 'colour']],
    ['a port out of range', ['up', '--port', '70000']],
    ['an unknown bench', ['bench', 'everything']],
    ['two ways of paging', ['search', 'a', '--offset', '1', '--cursor', 'x']],
  ])('for %s', async (_what, args) => {
    const { code, out, err } = await quanlian(args);
    expect([code, out]).toEqual([2, '']);
    expect(err.trim()).not.toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('a refusal ends with 1 and a sentence on standard error', () => {
  it.each([
    ['a data folder without a corpus', ['stats'], /There is no corpus/],
    ['a path that does not exist', ['load', '/nowhere/at/all.xml'], /There is no file or folder/],
    ['a host that others could reach', ['up', '--host', '0.0.0.0'], /this machine only/],
    ['a query that cannot be read', ['search', 'date:never'], /no date/],
    ['a filter that makes no sense', ['search', 'a', '--filter', 'colour:red'], /name:value/],
  ])('for %s', async (_what, args, sentence) => {
    const { code, out, err } = await quanlian([...args, '--data', join(dir, 'none')]);
    expect(out).toBe('');
    expect(err).toMatch(/^quanlian: .+\.\n$/s);
    expect(err).toMatch(sentence);
    expect([1, 2]).toContain(code);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('for a bound on memory that is none', async () => {
    for (const env of [{ QUANLIAN_MEMORY_MIB: 'much' }, { QUANLIAN_MEMORY_MIB: '64' }]) {
      const { code, err } = await start(['load', '-', '--data', join(dir, 'bound')], { env }).ended;
      expect(code).toBe(2);
      expect(err).toMatch(/QUANLIAN_MEMORY_MIB is “(much|64)”; it is a whole number of MiB from 128/);
    }
  });

  it('names the port that is taken and leaves nothing running', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const port = String((holder.address() as { port: number }).port);
    const { code, err } = await quanlian(['up', '--no-demo', '--port', port, '--data', join(dir, 'taken')]);
    holder.close();
    expect(code).toBe(1);
    expect(err).toContain(`Port ${port} is in use`);
  });
});

describe('the command line', () => {
  it('prints help and version on standard output', async () => {
    const help = await quanlian(['--help']);
    expect([help.code, help.err]).toEqual([0, '']);
    for (const name of [
      'up',
      'load',
      'parse',
      'show',
      'search',
      'stats',
      'check',
      'number',
      'class',
      'query',
      'bench',
    ]) {
      expect(help.out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect((await quanlian(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const command = start(['number'], { input: 'EP1000000B1\n'.repeat(20_000) });
    await command.says(/EP1000000B1/);
    command.child.stdout?.destroy();
    const { code, err } = await command.ended;
    expect([code, err]).toEqual([0, '']);
  });
});
