import { QuanlianError } from '@quanlian/contract';

/** Host names a browser on this machine uses for it. */
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/** Whether an address or name means this machine alone: 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

/** What decides whether other machines may be served. */
export interface ServingRules {
  readonly signInRequired: boolean;
  /** Whether accounts of the demo city can sign in, whose passwords were printed. */
  readonly demoAccounts: boolean;
  /** The address people use when a proxy stands before the server. */
  readonly publicUrl?: string | undefined;
}

/** Whether other machines reach the server, by its own address or through a proxy. */
export const isReachable = (host: string, publicUrl: string | undefined): boolean =>
  !isLoopback(host) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname));

/**
 * Throws `server.host_refused` when other machines could reach the server, by its address or through a proxy, while
 * sign-in is not required or an account of the demo city is enabled.
 */
export function requireServable(host: string, { signInRequired, demoAccounts, publicUrl }: ServingRules): void {
  if (!isReachable(host, publicUrl)) return;
  if (!signInRequired)
    throw new QuanlianError(
      'server.host_refused',
      `The server listens on this machine only while sign-in is not required, so the host “${host}” is refused. ` +
        'Leave --host out or name 127.0.0.1, ::1 or localhost; to serve other machines set “required = true” under ' +
        '[signIn] in config.toml of the data folder.',
    );
  if (demoAccounts)
    throw new QuanlianError(
      'server.host_refused',
      'Accounts of the demo city are enabled, and they are for this machine only. Run “quanlian account disable-demo” first.',
    );
}

/** The name in a Host header without its port; undefined when the header is not well-formed. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s/@\\]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** Whether a Host header names this server. Ports are not compared: a tunnel has its own. */
export function isAllowedHost(header: string | undefined, ...ownHosts: readonly string[]): boolean {
  const name = hostName(header);
  const own = ownHosts.map((host) => host.replace(/^\[|\]$/g, '').toLowerCase());
  return name !== undefined && (LOOPBACK_NAMES.includes(name) || own.includes(name));
}
