import { setFlagsFromString } from 'node:v8';

/**
 * How much code of other functions the engine copies into one that it compiles, in bytes of its own code: readers are a
 * thousand functions, and compiling them with all they call took a sixth of all time in the first gigabyte.
 */
const SPARING = 100;
/** As the engine has it by itself. */
const USUAL = 920;

const setLimit = (bytes: number): void => setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${bytes}`);

let users = 0;

/** Compiles sparingly as long as somebody reads on threads: what is set counts for all threads of the process. */
export function inlineSparingly(): () => void {
  if (users === 0) setLimit(SPARING);
  users += 1;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    users -= 1;
    if (users === 0) setLimit(USUAL);
  };
}
