import { readdirSync, readFileSync } from 'node:fs';
import { readMapping, type TableMapping } from './mapping.js';

const FOLDER = new URL('../../mappings/', import.meta.url);

/** Mappings that come with the program, by the name that `--mapping` takes. */
export function shippedMappings(): Readonly<Record<string, TableMapping>> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [file.replace(/\.json$/, ''), readMapping(readFileSync(new URL(file, FOLDER), 'utf8'), file)]),
  );
}
