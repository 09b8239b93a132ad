import { QuanlianError } from '@quanlian/contract';
import { lookUp } from '../common/look-up.js';
import { NAMED_CHARACTERS } from './entity-table.js';

/** Characters all internal entities of one record together may add, and how deep they may refer to each other. */
const MAX_EXPANSION = 1_000_000;
const MAX_STEPS = 100_000;
const MAX_DEPTH = 16;

let table: Map<string, string> | undefined;

function namedCharacters(): Map<string, string> {
  if (table) return table;
  table = new Map();
  const parts = NAMED_CHARACTERS.trim().split(/\s+/);
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const codes = (parts[i + 1] as string).split('+').map((hex) => Number.parseInt(hex, 16));
    table.set(parts[i] as string, String.fromCodePoint(...codes));
  }
  return table;
}

/**
 * The character an ISO or HTML entity name stands for. DOCDB writes some names in capitals
 * (`SACUTE` for S with acute), so a name in capitals also answers to its usual spelling.
 */
export function namedCharacter(name: string): string | undefined {
  const names = namedCharacters();
  const exact = names.get(name);
  if (exact !== undefined || name !== name.toUpperCase()) return exact;
  const lower = name.toLowerCase();
  return names.get(name.charAt(0) + lower.slice(1)) ?? names.get(lower);
}

export interface EntityResolver {
  /** Text of an entity, or undefined when nothing known defines it. */
  resolve(name: string): string | undefined;
  /** Names that nothing defines, with how often each occurred. */
  readonly unresolved: ReadonlyMap<string, number>;
}

/** Resolves the entities of one record: those its internal DTD subset declares, then the named characters. */
export function createEntityResolver(declared: ReadonlyMap<string, string>): EntityResolver {
  const unresolved = new Map<string, number>();
  let added = 0;
  let steps = 0;
  const expand = (name: string, depth: number): string | undefined => {
    const literal = declared.get(name);
    if (literal === undefined) return namedCharacter(name);
    steps += 1;
    if (depth > MAX_DEPTH) throw refuse(`the entity "${name}" refers to itself or too deeply to others`);
    if (steps > MAX_STEPS) throw refuse(`its entities refer to each other more than ${MAX_STEPS} times`);
    if (literal.includes('<')) throw refuse(`the entity "${name}" holds markup`);
    let text = '';
    let from = 0;
    for (const match of literal.matchAll(/&(#x?[0-9A-Fa-f]+|[A-Za-z_:][\w.:-]*);/g)) {
      text += literal.slice(from, match.index) + reference(match[1] as string, depth);
      from = match.index + match[0].length;
      if (text.length > MAX_EXPANSION) throw refuse(`the entity "${name}" grows beyond ${MAX_EXPANSION} characters`);
    }
    return text + literal.slice(from);
  };
  const reference = (name: string, depth: number): string => {
    if (name.startsWith('#')) return characterReference(name);
    return lookUp(PREDEFINED, name) ?? expand(name, depth + 1) ?? `&${name};`;
  };
  const resolve = (name: string): string | undefined => {
    const text = expand(name, 0);
    if (text === undefined) {
      unresolved.set(name, (unresolved.get(name) ?? 0) + 1);
      return undefined;
    }
    added += text.length;
    if (added > MAX_EXPANSION) throw refuse(`its entities add more than ${MAX_EXPANSION} characters`);
    return text;
  };
  return { resolve, unresolved };
}

const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function characterReference(name: string): string {
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function refuse(what: string): QuanlianError {
  return new QuanlianError('record.entity', `The record was refused because ${what}; remove the entity declarations.`);
}
