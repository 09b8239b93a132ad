import type { Syntax } from '@quanlian/contract';
import { parseQuery, readClass, readNumber } from '@quanlian/kernel';
import { inputs, textOrObject } from '../lines.js';
import { printJson } from '../output.js';

/** `quanlian number`: one JSON line for each number. */
export async function numberCommand(texts: readonly string[]): Promise<void> {
  for await (const line of inputs(texts)) await printJson(readNumber(textOrObject(line)));
}

/** `quanlian class`: one JSON line for each symbol. */
export async function classCommand(texts: readonly string[]): Promise<void> {
  for await (const line of inputs(texts)) await printJson(readClass(textOrObject(line)));
}

/** `quanlian query`: one JSON line for each query. */
export async function queryCommand(texts: readonly string[], options: { syntax: Syntax }): Promise<void> {
  for await (const line of inputs(texts)) await printJson(parseQuery(line, options.syntax));
}
