import type { QueryNode, Syntax } from '@quanlian/contract';
import { printCnipa } from './cnipa/print.js';
import { printCommand } from './command/print.js';
import { printCql } from './cql12/print.js';
import { normalizeQuery } from './normal.js';
import { printOps } from './ops/print.js';
import type { PrintedQuery } from './shared/print.js';
import { printQuery } from './simple/print.js';

/** A query in another language, or what of it has no meaning there. */
export type Translation = { readonly text: string } | { readonly problems: readonly string[] };

const PRINTERS: Readonly<Record<Syntax, (ast: QueryNode) => PrintedQuery>> = {
  simple: (ast) => ({ text: printQuery(ast), problems: [] }),
  cql: printOps,
  cql12: printCql,
  command: printCommand,
  cnipa: printCnipa,
};

/** Writes a query in a language: reading the text gives the query's meaning again, or every part that it lacks is named. */
export function translateQuery(ast: QueryNode, syntax: Syntax): Translation {
  const { text, problems } = PRINTERS[syntax](normalizeQuery(ast));
  if (problems.length === 0) return { text };
  return { problems: problems.map((name) => `The language “${syntax}” has no writing for ${name}.`) };
}
