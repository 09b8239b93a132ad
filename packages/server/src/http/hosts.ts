import { QuanlianError } from '@quanlian/contract';

/** Host names a browser on this machine uses for it. */
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/** Whether an address or name means this machine alone: 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

/** Throws `server.host_refused` for an address that other machines could reach: nobody signs in yet. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new QuanlianError(
    'server.host_refused',
    `The server listens on this machine only until sign-in exists, so the host “${host}” is refused. ` +
      'Leave --host out or name 127.0.0.1, ::1 or localhost; from another machine use an SSH tunnel.',
  );
}

/** The name in a Host header without its port; undefined when the header is not well-formed. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s/@\\]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** Whether a Host header names this server. Ports are not compared: a tunnel has its own. */
export function isAllowedHost(header: string | undefined, ownHost: string): boolean {
  const name = hostName(header);
  return (
    name !== undefined && (LOOPBACK_NAMES.includes(name) || name === ownHost.replace(/^\[|\]$/g, '').toLowerCase())
  );
}
