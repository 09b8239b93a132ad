const SUPERSCRIPT = pairs('0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻–⁻=⁼(⁽)⁾nⁿiⁱ');
const SUBSCRIPT = pairs('0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋–₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ');

function pairs(text: string): ReadonlyMap<string, string> {
  const characters = [...text];
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < characters.length; i += 2) map.set(characters[i] as string, characters[i + 1] as string);
  return map;
}

/** Superscript text: Unicode superscripts when every character has one, else `^(…)`. */
export function superscript(text: string): string {
  return script(text, SUPERSCRIPT, '^');
}

/** Subscript text: Unicode subscripts when every character has one, else `_(…)`. */
export function subscript(text: string): string {
  return script(text, SUBSCRIPT, '_');
}

function script(text: string, table: ReadonlyMap<string, string>, sign: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return text === '' ? '' : ' ';
  const mapped = [...trimmed].map((character) => table.get(character));
  if (mapped.every((character) => character !== undefined)) return mapped.join('');
  // Signs that are raised by themselves (™, °, quotes) read better without brackets.
  return /^[™®©°′″”’*†‡]+$/u.test(trimmed) ? trimmed : `${sign}(${trimmed})`;
}
