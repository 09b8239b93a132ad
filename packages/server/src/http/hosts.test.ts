import { describe, expect, it } from 'vitest';
import { isAllowedHost, isLoopback, requireServable } from './hosts.js';

describe('the host to listen on', () => {
  it.each(['127.0.0.1', '127.9.9.9', 'localhost', 'LOCALHOST', '::1', '[::1]'])('may be %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org', '1270.0.0.1', ''])(
    'may not be “%s”',
    (host) => {
      const refused = expect.objectContaining({ code: 'server.host_refused' });
      expect(() => requireServable(host, { signInRequired: false, demoAccounts: false })).toThrow(refused);
      expect(() => requireServable(host, { signInRequired: true, demoAccounts: true })).toThrow(refused);
      expect(() => requireServable(host, { signInRequired: true, demoAccounts: false })).not.toThrow();
    },
  );
  it('may not be reached through a proxy either while nobody has to sign in', () => {
    const rules = { signInRequired: false, demoAccounts: false, publicUrl: 'https://ip.example.org' };
    expect(() => requireServable('127.0.0.1', rules)).toThrow(expect.objectContaining({ code: 'server.host_refused' }));
    expect(() => requireServable('127.0.0.1', { ...rules, signInRequired: true })).not.toThrow();
  });
});

describe('the Host header', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'LocalHost:80'])('may be %s', (header) => {
    expect(isAllowedHost(header, '127.0.0.1')).toBe(true);
  });
  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    'evil.example:8080',
    'localhost@evil.example',
    'localhost:8080:80',
    '127.0.0.1/x',
    '::1',
  ])('may not be %s', (header) => {
    expect(isAllowedHost(header, '127.0.0.1')).toBe(false);
  });
  it('may be the address the server was told to listen on', () => {
    expect(isAllowedHost('127.0.0.7:8080', '127.0.0.7')).toBe(true);
    expect(isAllowedHost('127.0.0.7:8080', '127.0.0.1')).toBe(false);
  });
});
