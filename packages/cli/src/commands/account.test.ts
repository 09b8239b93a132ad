import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, jsonLines, quanlian, start } from '../cli.fixture.js';

let dir: string;
let server: Command;
let url: string;
const at = (name: string): string => join(dir, name);
const addressIn = (text: string): string => /http:\/\/[\d.:]+/.exec(text)?.[0] ?? '';

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-account-'));
  server = start(['up', '--no-demo', '--port', '0', '--data', at('data')]);
  url = addressIn(await server.says(/is running at/));
});
afterAll(async () => {
  server.child.kill('SIGINT');
  await server.ended;
  await rm(dir, { recursive: true, force: true });
});

const post = (address: string, path: string, body: object) =>
  fetch(`${address}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address, 'x-quanlian': '1' },
    body: JSON.stringify(body),
  });

describe('the owner of the data folder', () => {
  it('makes the first account, backs everything up beside the server, and puts it back elsewhere', async () => {
    const add = ['account', 'add', 'boss@example.org', '--name', '主任', '--data', at('data'), '--json'];
    const early = await quanlian(add);
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining('--city') });
    const made = jsonLines((await quanlian([...add, '--city', '澜江市知识产权局'])).out)[0] as { password: string };
    const signIn = { email: 'boss@example.org', password: made.password };
    expect((await post(url, '/identity/sign-in', signIn)).status).toBe(200);

    const verified = await quanlian(['verify', 'audit', '--data', at('data'), '--json']);
    expect(verified.code).toBe(0);
    expect(jsonLines(verified.out)[0]).toMatchObject({ ok: true, chains: 2, entries: 2 });

    const backup = ['backup', at('b.tar.gz'), '--data', at('data')];
    expect(await quanlian(backup)).toMatchObject({ code: 0 });
    expect((await stat(at('b.tar.gz'))).mode & 0o777).toBe(0o600);
    expect(await quanlian(backup)).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
    expect(await quanlian(['restore', at('b.tar.gz'), '--data', at('data')])).toMatchObject({ code: 1 });
    expect(await quanlian(['restore', at('b.tar.gz'), '--data', at('other')])).toMatchObject({ code: 0 });
    // Without a server the command opens the folder itself.
    const reset = await quanlian(['account', 'reset', 'boss@example.org', '--data', at('other'), '--json']);
    expect(jsonLines(reset.out)[0]).toMatchObject({ email: 'boss@example.org' });
    expect(await quanlian(['verify', 'audit', '--data', at('other')])).toMatchObject({ code: 0 });
    expect(await readFile(join(at('other'), 'secret'), 'utf8')).toBe(
      await readFile(join(at('data'), 'secret'), 'utf8'),
    );
  });

  it('serves other machines only where sign-in is required, and then nothing without it', async () => {
    const open = await quanlian(['up', '--no-demo', '--host', '0.0.0.0', '--port', '0', '--data', at('net')]);
    expect(open).toMatchObject({ code: 1, err: expect.stringContaining('[signIn]') });
    await writeFile(join(at('net'), 'config.toml'), '[signIn]\nrequired = true\n');
    const strict = start(['up', '--no-demo', '--host', '0.0.0.0', '--port', '0', '--data', at('net')]);
    const port = /:(\d+)/.exec(addressIn(await strict.says(/is running at/)))?.[1];
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/search?q=x`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/api/v1/identity/sign-in`)).status).toBe(200);
    strict.child.kill('SIGINT');
    await strict.ended;
    await writeFile(join(at('net'), 'config.toml'), '[signIn]\nneeded = true\n');
    const wrong = await quanlian(['up', '--no-demo', '--port', '0', '--data', at('net')]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('needed') });
  });
});
