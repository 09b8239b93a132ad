import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOut, isInsideAddress } from './outgoing.js';

let url: string;
const server = createServer((request, response) => {
  if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  else if (request.url === '/long') response.end(Buffer.alloc(2 * 1024 * 1024));
  else response.end(`${request.method} ${request.headers.host}`);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b:1::1',
    'not an address',
  ])('%s is inside', (address) => expect(isInsideAddress(address)).toBe(true));
  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s is outside', (address) =>
    expect(isInsideAddress(address)).toBe(false),
  );
});

describe('a call to another server', () => {
  const get = { method: 'GET' } as const;
  it.each([
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'http://1.1.1.1/',
    'https://user:pass@1.1.1.1/',
    'file:///etc/passwd',
    'nonsense',
  ])('is refused to %s', async (address) => {
    await expect(callOut(address, get)).rejects.toMatchObject({ code: 'webhook.refused' });
  });
  it('reaches an address inside when that is allowed, by the name it was asked with', async () => {
    const answer = await callOut(`${url}/`, { ...get, allowPrivateAddress: true });
    expect(answer).toEqual({ status: 200, text: `GET ${new URL(url).host}` });
  });
  it('follows no redirect and takes no endless answer', async () => {
    expect((await callOut(`${url}/away`, { ...get, allowPrivateAddress: true })).status).toBe(302);
    await expect(callOut(`${url}/long`, { ...get, allowPrivateAddress: true })).rejects.toThrow('too long');
  });
});
