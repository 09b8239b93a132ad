import { isUtf8 } from 'node:buffer';
import { QuanlianError } from '@quanlian/contract';
import type { Repair } from '../common/reader.js';
import { decodeRecord, isUtf8Label } from '../split/encoding.js';
import { parseFast } from './fast.js';
import type { ParsedXml } from './limits.js';
import { parseFully, parseXml } from './parse.js';

export interface RepairedXml extends ParsedXml {
  /** Names of the rules that made the record well-formed. */
  readonly repairs: readonly string[];
}

/**
 * Parses a record as it lies in its file; one that is not well-formed is tried again after each rule known for its
 * format. The error of a record that stays broken is that of its own text, so that its place is true.
 */
export function parseRecord(
  bytes: Uint8Array,
  encoding: string | undefined,
  rules: readonly Repair[] = [],
): RepairedXml {
  const isPlain = isUtf8Label(encoding) && isUtf8(bytes);
  const fast = isPlain ? parseFast(bytes) : undefined;
  if (fast) return { ...fast, repairs: [] };
  const text = decodeRecord(bytes, encoding);
  try {
    return { ...(isPlain ? parseFully(text) : parseXml(text)), repairs: [] };
  } catch (error) {
    if (!(error instanceof QuanlianError) || error.code !== 'record.malformed') throw error;
    const mended = tryRules(text, rules);
    if (mended) return mended;
    throw error;
  }
}

function tryRules(text: string, rules: readonly Repair[]): RepairedXml | undefined {
  let mended = text;
  const used: string[] = [];
  for (const { name, apply } of rules) {
    const next = apply(mended);
    if (next === mended) continue;
    mended = next;
    used.push(name);
    try {
      return { ...parseXml(mended), repairs: used };
    } catch (error) {
      if (!(error instanceof QuanlianError) || error.code !== 'record.malformed') throw error;
    }
  }
  return undefined;
}
