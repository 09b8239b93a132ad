import { resolve } from 'node:path';
import type { TableMapping } from '@quanlian/formats/mappings';

/** The name under which standard input is loaded. */
export const STDIN = '-';

export const absolute = (paths: readonly string[]): string[] =>
  paths.map((path) => (path === STDIN ? path : resolve(path)));

/** What a load of these paths is known by, so that the same load started again goes on where it was. */
export const pathKey = (paths: readonly string[], format: string, mapping?: TableMapping): string =>
  `paths:${format}:${mapping ? `${JSON.stringify(mapping)}:` : ''}${absolute(paths).join('\0')}`;
