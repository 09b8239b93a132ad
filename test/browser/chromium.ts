import { type Browser, chromium } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The Chromium that comes with the dependencies unpacks its libraries only when it believes to run in the
 * environment it was made for, and looks for them in the folder named here.
 */
async function bundledChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: bundled } = await import('@sparticuz/chromium');
  const executablePath = await bundled.executablePath();
  return { executablePath, env: { LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] ?? '' } };
}

/** Starts a real headless Chromium: the one named by `CHROMIUM_PATH`, else the one the dependencies bring. */
export async function launchChromium(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH'];
  const { executablePath, env } = named ? { executablePath: named, env: {} } : await bundledChromium();
  return chromium.launch({ executablePath, args: [...ARGS, '--headless=shell'], env: { ...process.env, ...env } });
}
