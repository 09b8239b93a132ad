/** A scalar that explains a refusal; the page puts it into its translated sentence. */
export type RefusalParam = string | number | boolean | null | readonly string[];

/**
 * An expected "no": a value, not an exception. `code` is stable and is the key of the translation, `message` is the
 * English sentence, `params` are what the sentence speaks of.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly params: Readonly<Record<string, RefusalParam>>;
}

/** Either a value or the reason why there is none. */
export type Result<Value, Reason = Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Reason };

/** Wraps a value as a success. */
export function accepted<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Builds a refusal; see {@link Refusal} for what each part is for. */
export function refused<Code extends string>(
  code: Code,
  message: string,
  params: Readonly<Record<string, RefusalParam>> = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: { code, message, params } };
}
