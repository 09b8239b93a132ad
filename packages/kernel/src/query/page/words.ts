import { FIELDS, type FieldDefinition, findField, type Syntax } from '@quanlian/contract';
import { cnipaField, NAME_OF } from '../cnipa/fields.js';
import { ALIAS_OF, commandIndex } from '../command/fields.js';
import { OPS_INDEXES, opsIndex } from '../ops/indexes.js';

/** A field as a language writes it before or behind a value. */
export interface FieldWriting {
  /** The field of the corpus. */
  readonly field: FieldDefinition;
  /** What is typed: `title:`, `ti=`, `.TI.`, `发明名称=`. */
  readonly text: string;
}

const OPERATORS: Readonly<Record<Syntax, readonly string[]>> = {
  simple: ['OR', 'NOT', '@near/5()', '@next/5()', '@like("")', '@set()'],
  cql: ['and', 'or', 'not', 'prox/unit=word/distance<=5', 'any', 'all', 'within'],
  cql12: ['and', 'or', 'not', 'prox/unit=word/distance<=5', 'any', 'all', 'within', 'sortBy'],
  command: ['AND', 'OR', 'NOT', 'XOR', 'ADJ3', 'NEAR5', 'WITH', 'SAME'],
  cnipa: ['AND', 'OR', 'NOT', 'XOR', '3W', '5D', 'S', 'P'],
};

/** The operators a language has, as they are typed. */
export const operatorsOf = (syntax: Syntax): readonly string[] => OPERATORS[syntax];

function opsNames(): FieldWriting[] {
  return [...OPS_INDEXES.values()]
    .filter((index, at, all) => all.indexOf(index) === at)
    .flatMap(({ name, fields: [first = ''] }) => {
      const field = findField(first);
      return field ? [{ field, text: `${name}=` }] : [];
    });
}

/** Every field of the corpus that a language can name, as it is typed. */
export function fieldsOf(syntax: Syntax): FieldWriting[] {
  if (syntax === 'cql') return opsNames();
  return FIELDS.flatMap((field): FieldWriting[] => {
    if (syntax === 'simple') return [{ field, text: `${field.name}:` }];
    if (syntax === 'cql12') return [{ field, text: `${field.name} = ` }];
    const name = syntax === 'command' ? ALIAS_OF.get(field.name) : NAME_OF[field.name];
    if (name === undefined) return [];
    if (syntax === 'cnipa') return [{ field, text: `${name}=` }];
    return [{ field, text: field.kind === 'date' ? `@${name}>=` : `${name}/` }];
  });
}

/** The field of the corpus that the end of a text is a value of; undefined when no field stands there. */
export function fieldBefore(text: string, syntax: Syntax): FieldDefinition | undefined {
  const signs = syntax === 'simple' ? /([\p{L}\p{N}._-]+)[:：]\(?"?$/u : /([\p{L}\p{N}._()（）-]+)\s*[=/]\s*\(?"?$/u;
  const name = signs.exec(text.slice(-60))?.[1];
  if (name === undefined) return undefined;
  if (syntax === 'cql') return findField(opsIndex(name)?.fields[0] ?? '');
  if (syntax === 'command') return commandIndex(name)?.fields[0];
  return syntax === 'cnipa' ? cnipaField(name)?.fields[0] : findField(name);
}
