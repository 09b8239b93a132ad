import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { QuanlianError } from '@quanlian/contract';

/** Addresses that are not the open internet: IANA's special-purpose registries for IPv4 and IPv6. */
const INSIDE = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INSIDE.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(address, prefix, 'ipv6');

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an IP address is of this machine or of a network that is not the open internet. */
export function isInsideAddress(address: string): boolean {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped) return INSIDE.check(mapped, 'ipv4');
  const family = isIP(address);
  if (family === 0) return true;
  return family === 4 ? INSIDE.check(address, 'ipv4') : INSIDE.check(address, 'ipv6');
}

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For addresses an operator named for the own network, and for tests. */
  readonly allowPrivateAddress?: boolean;
  readonly timeoutMs?: number;
  readonly mostBytes?: number;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly text: string;
}

function refuse(sentence: string): never {
  throw new QuanlianError('webhook.refused', sentence);
}

function readUrl(text: string, allowPrivate: boolean): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    refuse('This is not a web address.');
  }
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    refuse('Only addresses that begin with https:// are called.');
  if (url.username || url.password) refuse('An address with a name and password in it is not called.');
  return url;
}

/** The one address of a host that is called; every address the name has must be allowed. */
async function resolve(url: URL, allowPrivate: boolean): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(host, { all: true }).catch(() => refuse(`The name ${host} is not known.`));
  if (!allowPrivate && found.some(({ address }) => isInsideAddress(address)))
    refuse(`${host} is an address of this machine or of a private network, which is not called.`);
  return found[0] ?? refuse(`The name ${host} has no address.`);
}

/** Throws `webhook.refused` for an address that would not be called. */
export async function requireCallable(text: string, allowPrivate: boolean): Promise<void> {
  await resolve(readUrl(text, allowPrivate), allowPrivate);
}

/**
 * Calls another server: never one of this machine or a private network unless that is allowed, at the address that
 * was looked at, following no redirect, with bounds on time and size. Throws `webhook.refused`, or the network's error.
 */
export async function callOut(text: string, options: OutgoingRequest): Promise<OutgoingAnswer> {
  const {
    method,
    body,
    headers = {},
    allowPrivateAddress = false,
    timeoutMs = 10_000,
    mostBytes = 1024 * 1024,
  } = options;
  const url = readUrl(text, allowPrivateAddress);
  const pinned = await resolve(url, allowPrivateAddress);
  const ask = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((done, fail) => {
    const request = ask(
      url,
      {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        // The name is not asked again: what was checked is what is called.
        lookup: (_host, wanted, answer) => {
          if (wanted.all) (answer as unknown as (e: null, all: object[]) => void)(null, [pinned]);
          else answer(null, pinned.address, pinned.family);
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > mostBytes) request.destroy(new Error('the answer is too long'));
          else chunks.push(chunk);
        });
        response.once('end', () =>
          done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
        response.once('error', fail);
      },
    );
    request.once('error', fail);
    request.end(body);
  });
}
